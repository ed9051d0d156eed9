package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.StageCount;

/**
 * Maps the codes of one record after another, as {@link MapCodes} says, for a step that has the
 * records at hand. A DoFn keeps one as a field; {@link MapCodes#recordMapper} makes it.
 */
public final class RecordMapper implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MapsInUse maps;
  @Nullable private final CodeMaps before;
  private final TranslationPolicy policy;
  @Nullable private final PayloadHash pseudonyms;
  private final Outcomes ofRecords;
  private final Outcomes ofCodings;
  @Nullable private transient MapDiff changes;
  @Nullable private transient CodeMap inUse;
  private transient FhirTranslator translator;
  private transient Outcomes.Tally records;
  private transient Outcomes.Tally codings;

  RecordMapper(
      MapsInUse maps,
      @Nullable CodeMaps before,
      TranslationPolicy policy,
      @Nullable PayloadHash pseudonyms,
      Outcomes ofRecords,
      Outcomes ofCodings) {
    this.maps = maps;
    this.before = before;
    this.policy = policy;
    this.pseudonyms = pseudonyms;
    this.ofRecords = ofRecords;
    this.ofCodings = ofCodings;
  }

  /**
   * Loads the maps; to be called in {@code @Setup}.
   *
   * @throws IOException if a file of maps cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public void setUp() throws InvalidMapException, IOException {
    records = ofRecords.tally();
    codings = ofCodings.tally();
    if (maps.isFixed()) {
      use(maps.fixed());
    }
  }

  /** Forgets what a bundle that failed has counted; to be called in {@code @StartBundle}. */
  public void startBundle() {
    records.clear();
    codings.clear();
    maps.startBundle();
  }

  MapsInUse maps() {
    return maps;
  }

  @SuppressWarnings("ReferenceEquality")
  void use(CodeMap latest) throws InvalidMapException, IOException {
    if (latest != inUse) {
      inUse = latest;
      translator = new FhirTranslator(latest, policy);
      changes = before == null ? null : MapDiff.between(before.load(), latest);
    }
  }

  /**
   * Maps one record.
   *
   * @param record FHIR JSON
   * @param rejected takes what cannot be used
   * @return null for a record that is rejected, or not affected
   */
  @Nullable
  public TranslatedRecord map(InputRecord record, OutputReceiver<Rejected> rejected) {
    records.in();
    TranslatedRecord translated;
    try {
      translated = translator.translate(record.bytes(), changes);
    } catch (RejectedException e) {
      ofRecords.reject(rejected, e, record);
      return null;
    }
    if (translated == null) {
      records.out(MapCodes.UNAFFECTED);
      return null;
    }
    records.out();
    for (CodingInResource each : translated.codings()) {
      codings.in();
      codings.out(each.translation().outcome().code());
    }
    return pseudonyms == null ? translated : pseudonymized(translated, pseudonyms);
  }

  private static TranslatedRecord pseudonymized(TranslatedRecord record, PayloadHash pseudonyms) {
    List<CodingInResource> codings =
        record.codings().stream()
            .map(
                coding ->
                    coding.resourceId().isEmpty()
                        ? coding
                        : coding.withResourceId(pseudonyms.pseudonym(coding.resourceId())))
            .toList();
    return new TranslatedRecord(record.json(), codings);
  }

  /** Begins a piece of work whose counts are {@link #tell told}. */
  public void begin() {
    ofRecords.begin();
    ofCodings.begin();
  }

  /**
   * Emits what was counted since {@link #begin}.
   *
   * @param counted takes the counts of the stage
   */
  public void tell(OutputReceiver<StageCount> counted) {
    flush();
    ofRecords.tell(counted);
    ofCodings.tell(counted);
  }

  /**
   * Tells the runner what was counted; to be called before the end of each bundle.
   *
   * @throws IllegalStateException if a file of the maps was written over meanwhile, so that what
   *     was mapped does not count
   */
  public void flush() {
    maps.finishBundle();
    records.flush();
    codings.flush();
  }
}
