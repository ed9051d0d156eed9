package org.healthbeam.transforms.code;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Maps the codes in named columns of rows: claims, registries, whatever has a schema.
 *
 * <p>Input: rows, bounded or unbounded, in any windows. Output {@link Mapped#values}: the rows with
 * the columns of {@link CodeColumns} added behind their own; {@link Mapped#translations}: one for
 * every code, whose path is the column, with an index for arrays. Both are emitted at once, in the
 * row's window and with its timestamp; nothing is late and nothing is rejected: a code that cannot
 * be looked up has the outcome {@code invalid}. Codes have no units.
 *
 * <p>Where there is no code, null or empty, there is no coding: nothing is counted or translated.
 * Where there is a code without a system, the coding is {@code invalid}.
 *
 * <p>The columns are checked where the pipeline is built: a missing one, one that is not text, and
 * a name that is there already are refused. Values of a type with a schema become rows by {@code
 * Convert.toRows()}.
 *
 * <p>Source of the rules: FHIR R4 and R5, ConceptMap; see {@link CodeMap}.
 *
 * <pre>{@code
 * String icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
 * Mapped<Row> mapped =
 *     claims.apply(
 *         "Map claims",
 *         Codes.mapRows(
 *                 maps,
 *                 CodeColumns.of("diagnosis_1").inSystem(icd10),
 *                 CodeColumns.of("diagnosis_2").inSystem(icd10),
 *                 CodeColumns.of("procedure").systemFrom("procedure_system"))
 *             .identifiedBy("claim_id"));
 * PCollection<Row> rows = mapped.values();
 * }</pre>
 */
public final class MapRowCodes extends PTransform<PCollection<Row>, Mapped<Row>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final List<CodeColumns> groups;
  private final String idColumn;
  private final String dateColumn;
  private final Map<String, String> propertyColumns;

  MapRowCodes(MapsInUse maps, List<CodeColumns> groups) {
    this(new Mapping(maps), List.copyOf(groups), "", "", Map.of());
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups is empty: name one CodeColumns or more");
    }
  }

  private MapRowCodes(
      Mapping mapping,
      List<CodeColumns> groups,
      String idColumn,
      String dateColumn,
      Map<String, String> propertyColumns) {
    this.mapping = mapping;
    this.groups = groups;
    this.idColumn = idColumn;
    this.dateColumn = dateColumn;
    this.propertyColumns = propertyColumns;
  }

  private MapRowCodes with(Mapping other) {
    return new MapRowCodes(other, groups, idColumn, dateColumn, propertyColumns);
  }

  /**
   * {@return a copy that names the column, of text or whole numbers, that tells in the translations
   * which row it is}
   *
   * @param column of the row
   */
  public MapRowCodes identifiedBy(String column) {
    Objects.requireNonNull(column, "column");
    return new MapRowCodes(mapping, groups, column, dateColumn, propertyColumns);
  }

  /**
   * {@return a copy that names the column of the date of the event, for mappings that hold for a
   * time: a date, an instant (its day in UTC), or ISO 8601 text: {@code 2019-05-31}, {@code
   * 20190531}, both with a time behind {@code T} or a space, whose day is taken as it was written
   * down; {@code 2019-05}; {@code 2019}} Where it is null or anything else, no date is known.
   *
   * @param column of the row
   */
  public MapRowCodes datedBy(String column) {
    Objects.requireNonNull(column, "column");
    return new MapRowCodes(mapping, groups, idColumn, column, propertyColumns);
  }

  /**
   * {@return a copy that names the column of a property that mappings depend on, of text or an
   * array of text} Where it is null, or empty text, the property is not known; an empty array says
   * that there is no value.
   *
   * @param property as the maps name it: a URI in R4, the code of an attribute in R5
   * @param column of the row
   */
  public MapRowCodes withProperty(String property, String column) {
    TreeMap<String, String> columns = new TreeMap<>(propertyColumns);
    columns.put(
        Objects.requireNonNull(property, "property"), Objects.requireNonNull(column, "column"));
    return new MapRowCodes(mapping, groups, idColumn, dateColumn, columns);
  }

  /**
   * {@return a copy in which several targets in one system come to this; without it, to ambiguous}
   *
   * @param policy for all columns
   */
  public MapRowCodes withSeveralTargets(SeveralTargets policy) {
    return with(mapping.with(policy));
  }

  /**
   * {@return a copy that names the stage in the ledger, for pipelines that translate more than
   * once}
   *
   * @param stage its name
   */
  public MapRowCodes withStage(String stage) {
    return with(mapping.withStage(stage));
  }

  /**
   * {@return a copy that replaces the identifiers in the translations by pseudonyms} The rows keep
   * theirs.
   *
   * @param pseudonyms makes a keyed hash of an identifier
   */
  public MapRowCodes withPseudonyms(PayloadHash pseudonyms) {
    return with(mapping.withPseudonyms(pseudonyms));
  }

  /**
   * {@return a copy that maps only rows with at least one code that other maps may have answered
   * otherwise; see {@link MapValueCodes#changedSince}}
   *
   * @param earlier the maps of the earlier run
   * @throws IllegalStateException if the maps are watched, since they have no one version
   */
  public MapRowCodes changedSince(CodeMaps earlier) {
    return with(mapping.changedSince(earlier));
  }

  /**
   * {@return a copy that counts the outcomes in this pipeline's ledger}
   *
   * @param rejects take what is rejected
   */
  public MapRowCodes countedIn(Rejects rejects) {
    return with(mapping.countedIn(rejects));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the rows do not have the columns, or have those to be added
   */
  @Override
  public Mapped<Row> expand(PCollection<Row> rows) {
    if (!rows.hasSchema()) {
      throw new IllegalArgumentException(
          "Codes.mapRows needs rows with a schema; call setRowSchema(...) on the collection");
    }
    Schema schema = rows.getSchema();
    RowCircumstances known = RowCircumstances.in(schema, dateColumn, propertyColumns);
    RowCodes codes = RowCodes.in(schema, groups, idColumn, known, mapping.policy.severalTargets());
    Mapped<Row> mapped =
        rows.apply("Map", new MapValueCodes<>(mapping, codes, TypeDescriptors.rows()));
    mapped.values().setRowSchema(codes.schema());
    return mapped;
  }

  /**
   * {@return what maps rows for a step that has them at hand and makes no element of each; it
   * counts the codings as this transform does, so not beside it, and the rows in a stage of their
   * own}
   *
   * @param schema of the rows
   * @param following the stage that the rows come from, or empty if it counts something else
   * @throws IllegalArgumentException if the rows do not have the columns, or have those to be added
   * @throws IllegalStateException if the maps are watched, which takes a side input
   */
  public RowMapper rowMapper(Schema schema, String following) {
    if (!mapping.maps.isFixed()) {
      throw new IllegalStateException("rowMapper needs maps that are not watched");
    }
    RowCircumstances known = RowCircumstances.in(schema, dateColumn, propertyColumns);
    return new RowMapper(
        mapping,
        RowCodes.in(schema, groups, idColumn, known, mapping.policy.severalTargets()),
        Outcomes.declare(mapping.rejects, RowMapper.STAGE, "rows", following),
        Outcomes.declare(mapping.rejects, mapping.stage, TranslateCodings.UNIT, ""));
  }
}
