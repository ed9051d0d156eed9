package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Adds target codings to FHIR JSON, beside the source codings in the same CodeableConcept.
 *
 * <p>Input: records of one resource or Bundle each, bounded or unbounded, in any windows. Output
 * {@link #RECORDS}: the records with target codings added and nothing else changed, each on one
 * line; {@link #TRANSLATIONS}: one for every coding of these records. Both are emitted at once, in
 * the record's window and with its timestamp; nothing is late. A coding that has been added already
 * is not added again.
 *
 * <p>A record that is not JSON in UTF-8 or not a resource is rejected as a whole, and its codings
 * are not counted. Codes have no units.
 *
 * <p>Source of the rules: FHIR R4, "JSON Representation of Resources"; FHIR R4 and R5, ConceptMap;
 * see {@link FhirTranslator}.
 *
 * <pre>{@code
 * CodeMaps maps = CodeMaps.fromFiles(List.of("maps/"));
 * PCollectionTuple mapped =
 *     resources.apply("Map codes", Codes.map(maps).rejectedTo(rejects));
 * PCollection<InputRecord> records = mapped.get(MapCodes.RECORDS);
 * PCollection<PlacedTranslation> translations = mapped.get(MapCodes.TRANSLATIONS);
 * }</pre>
 */
public final class MapCodes extends PTransform<PCollection<InputRecord>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "Map codes";
  static final String UNAFFECTED = "unaffected";

  /** The records with target codings added. */
  public static final TupleTag<InputRecord> RECORDS =
      new TupleTag<InputRecord>("records") {
        private static final long serialVersionUID = 1L;
      };

  /** What became of every coding. */
  public static final TupleTag<PlacedTranslation> TRANSLATIONS =
      new TupleTag<PlacedTranslation>("translations") {
        private static final long serialVersionUID = 1L;
      };

  private final MapsInUse maps;
  @Nullable private final CodeMaps before;
  private final TranslationPolicy policy;
  private final String after;
  @Nullable private final PayloadHash pseudonyms;
  @Nullable private final transient Rejects rejects;

  MapCodes(MapsInUse maps) {
    this(maps, null, TranslationPolicy.DEFAULT, "", null, null);
  }

  private MapCodes(
      MapsInUse maps,
      @Nullable CodeMaps before,
      TranslationPolicy policy,
      String after,
      @Nullable PayloadHash pseudonyms,
      @Nullable Rejects rejects) {
    this.maps = maps;
    this.before = before;
    this.policy = policy;
    this.after = after;
    this.pseudonyms = pseudonyms;
    this.rejects = rejects;
  }

  private MapCodes with(TranslationPolicy other) {
    return new MapCodes(maps, before, other, after, pseudonyms, rejects);
  }

  /**
   * {@return a copy in which several targets in one system come to this; without it, to ambiguous}
   *
   * @param several for all maps
   */
  public MapCodes withSeveralTargets(SeveralTargets several) {
    return with(policy.with(several));
  }

  /**
   * {@return a copy that says which codings of a CodeableConcept are translated; without it, all}
   *
   * @param concept chooses among the codings of one concept
   */
  public MapCodes withConceptPolicy(ConceptPolicy concept) {
    return with(policy.with(concept));
  }

  /**
   * {@return a copy that maps only records with at least one coding that other maps may have
   * answered otherwise: those that an earlier run used} The others are not emitted, and counted as
   * {@value #UNAFFECTED}; what the earlier run made of them still holds, but for the version of the
   * map in the translations. The input is what the earlier run had: targets that it added would
   * stay.
   *
   * @param earlier the maps of that run
   * @throws IllegalStateException if the maps are watched, since they have no one version
   */
  public MapCodes changedSince(CodeMaps earlier) {
    return new MapCodes(maps, maps.earlier(earlier), policy, after, pseudonyms, rejects);
  }

  /**
   * {@return a copy that names the stage that the records come from, so that the ledger can compare
   * the two}
   *
   * @param stage the name of one that was declared before
   */
  public MapCodes following(String stage) {
    return new MapCodes(maps, before, policy, stage, pseudonyms, rejects);
  }

  /**
   * {@return a copy that replaces the resources' identifiers in the translations by pseudonyms} The
   * records themselves keep theirs.
   *
   * @param pseudonyms makes a keyed hash of an identifier
   */
  public MapCodes withPseudonyms(PayloadHash pseudonyms) {
    return new MapCodes(
        maps, before, policy, after, Objects.requireNonNull(pseudonyms, "pseudonyms"), rejects);
  }

  /**
   * {@return a copy that sends records that cannot be used there; without it the first one fails
   * the pipeline}
   *
   * @param rejects take what is rejected
   */
  public MapCodes rejectedTo(Rejects rejects) {
    return new MapCodes(maps, before, policy, after, pseudonyms, rejects);
  }

  @Override
  public PCollectionTuple expand(PCollection<InputRecord> records) {
    PCollectionTuple mapped =
        records.apply(
            "Translate",
            ParDo.of(new Translate(mapper()))
                .withSideInputs(maps.sideInputs())
                .withOutputTags(RECORDS, TupleTagList.of(TRANSLATIONS).and(Outcomes.REJECTED)));
    Rejects.collect(rejects, mapped.get(Outcomes.REJECTED));
    mapped.get(RECORDS).setCoder(InputRecordCoder.of());
    mapped.get(TRANSLATIONS).setCoder(PlacedTranslationCoder.of());
    return PCollectionTuple.of(RECORDS, mapped.get(RECORDS))
        .and(TRANSLATIONS, mapped.get(TRANSLATIONS));
  }

  /**
   * {@return what maps the records, for a step that has them at hand and makes no element of each;
   * it counts as this transform does, so not beside it}
   *
   * @throws IllegalStateException if the maps are watched, which takes a side input
   */
  public RecordMapper recordMapper() {
    if (!maps.isFixed()) {
      throw new IllegalStateException("recordMapper needs maps that are not watched");
    }
    return mapper();
  }

  private RecordMapper mapper() {
    return new RecordMapper(
        maps.countedIn(rejects, STAGE),
        before,
        policy,
        pseudonyms,
        Outcomes.declare(rejects, STAGE, "records", after),
        Outcomes.declare(rejects, TranslateCodings.STAGE, TranslateCodings.UNIT, ""));
  }

  static final class Translate extends DoFn<InputRecord, InputRecord> {
    private static final long serialVersionUID = 1L;

    private final RecordMapper mapper;

    Translate(RecordMapper mapper) {
      this.mapper = mapper;
    }

    @Setup
    public void setup() throws InvalidMapException, IOException {
      mapper.setUp();
    }

    @StartBundle
    public void startBundle() {
      mapper.startBundle();
    }

    @ProcessElement
    public void process(ProcessContext context, MultiOutputReceiver out)
        throws InvalidMapException, IOException {
      mapper.use(mapper.maps().of(context));
      InputRecord record = context.element();
      TranslatedRecord translated = mapper.map(record, out.get(Outcomes.REJECTED));
      if (translated == null) {
        return;
      }
      out.get(RECORDS)
          .output(new InputRecord(record.source(), record.position(), translated.json()));
      for (CodingInResource coding : translated.codings()) {
        out.get(TRANSLATIONS)
            .output(new PlacedTranslation(record.source(), record.position(), coding));
      }
    }

    @FinishBundle
    public void finishBundle() {
      mapper.flush();
    }
  }
}
