package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.StageCount;

/**
 * Maps the codes of one row after another, as {@link MapRowCodes} says, for a step that has the
 * rows at hand. A DoFn keeps one as a field; {@link MapRowCodes#rowMapper} makes it.
 *
 * <p>Rows are counted in the stage {@value #STAGE}: who has them says of each row that it does not
 * map what became of it, so that each ends in one outcome.
 */
public final class RowMapper implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The stage that counts rows. */
  public static final String STAGE = "Map rows";

  /** The outcome of a line that is no row but names the columns. */
  public static final String HEADER = "header";

  private final Mapping mapping;
  private final RowCodes codes;
  private final Outcomes ofRows;
  private final Outcomes ofCodings;
  private transient CodeMap maps;
  @Nullable private transient MapDiff changes;
  private transient Outcomes.Tally rows;
  private transient Outcomes.Tally codings;

  /**
   * A row that has been mapped.
   *
   * @param row with the columns that are added
   * @param translations of its codings, in the order of the columns
   */
  public record MappedRow(Row row, List<PlacedTranslation> translations) {}

  RowMapper(Mapping mapping, RowCodes codes, Outcomes ofRows, Outcomes ofCodings) {
    this.mapping = mapping;
    this.codes = codes;
    this.ofRows = ofRows;
    this.ofCodings = ofCodings;
  }

  /** {@return the columns of mapped rows: the rows' own, then those that are added} */
  public Schema schema() {
    return codes.schema();
  }

  /**
   * Loads the maps; to be called in {@code @Setup}.
   *
   * @throws IOException if a file of maps cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public void setUp() throws InvalidMapException, IOException {
    rows = ofRows.tally();
    codings = ofCodings.tally();
    maps = mapping.maps.fixed();
    changes = mapping.maps.changesSince(mapping.before);
  }

  /** Forgets what a bundle that failed has counted; to be called in {@code @StartBundle}. */
  public void startBundle() {
    rows.clear();
    codings.clear();
    mapping.maps.startBundle();
  }

  /**
   * Maps one row.
   *
   * @param row has the columns of all groups
   * @param source the file that it is of
   * @param position its place in that
   * @return null for a row that is not affected
   */
  @Nullable
  public MappedRow map(Row row, String source, String position) {
    rows.in();
    Answering answering = new Answering();
    Row mapped = codes.map(row, source, position, answering);
    if (changes != null && !answering.isAnyAffected) {
      rows.out(MapCodes.UNAFFECTED);
      return null;
    }
    rows.out();
    for (PlacedTranslation each : answering.translations) {
      codings.in();
      codings.out(each.translation().outcome().code());
    }
    return new MappedRow(mapped, answering.translations);
  }

  /** Counts a line that names the columns. */
  public void header() {
    rows.in();
    rows.out(HEADER);
  }

  /**
   * Counts a row that cannot be used, and emits the reject.
   *
   * @param why the reason
   * @param record what could not be read
   * @param rejected takes it
   */
  public void reject(RejectedException why, InputRecord record, OutputReceiver<Rejected> rejected) {
    rows.in();
    ofRows.reject(rejected, why, record);
  }

  /** Begins a piece of work whose counts are {@link #tell told}. */
  public void begin() {
    ofRows.begin();
    ofCodings.begin();
  }

  /**
   * Tells the runner what was counted since {@link #begin}, and emits it.
   *
   * @param counted takes the counts of the stage
   * @throws IllegalStateException if a file of the maps was written over meanwhile, so that what
   *     was mapped does not count
   */
  public void tell(OutputReceiver<StageCount> counted) {
    mapping.maps.finishBundle();
    rows.flush();
    codings.flush();
    ofRows.tell(counted);
    ofCodings.tell(counted);
  }

  private final class Answering implements CodingsMapper.Lookup {
    private final List<PlacedTranslation> translations = new ArrayList<>();
    private boolean isAnyAffected;

    @Override
    public Translation translate(Coding coding, Place place, Circumstances circumstances) {
      isAnyAffected |= changes != null && changes.isAffected(coding);
      Translation translation =
          maps.translate(coding, circumstances, mapping.policy.severalTargets());
      translations.add(mapping.pseudonymized(place).of(translation));
      return translation;
    }
  }
}
