package org.healthbeam.transforms.code;

import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.outcome.PayloadHash;
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

  MapRowCodes(CodeMaps maps, List<CodeColumns> groups) {
    this(new Mapping(maps), List.copyOf(groups), "");
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups is empty: name one CodeColumns or more");
    }
  }

  private MapRowCodes(Mapping mapping, List<CodeColumns> groups, String idColumn) {
    this.mapping = mapping;
    this.groups = groups;
    this.idColumn = idColumn;
  }

  /** Names the column, of text or whole numbers, that tells in the translations which row it is. */
  public MapRowCodes identifiedBy(String column) {
    return new MapRowCodes(mapping, groups, Objects.requireNonNull(column, "column"));
  }

  /** Says what several targets in one system come to; without it, to ambiguous. */
  public MapRowCodes withSeveralTargets(SeveralTargets policy) {
    return new MapRowCodes(mapping.withPolicy(policy), groups, idColumn);
  }

  /** Names the stage in the ledger, for pipelines that translate more than once. */
  public MapRowCodes withStage(String stage) {
    return new MapRowCodes(mapping.withStage(stage), groups, idColumn);
  }

  /** Replaces the identifiers in the translations by pseudonyms. The rows keep theirs. */
  public MapRowCodes withPseudonyms(PayloadHash pseudonyms) {
    return new MapRowCodes(mapping.withPseudonyms(pseudonyms), groups, idColumn);
  }

  /** Counts the outcomes in this pipeline's ledger. */
  public MapRowCodes countedIn(Rejects rejects) {
    return new MapRowCodes(mapping.countedIn(rejects), groups, idColumn);
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
    RowCodes codes = RowCodes.in(rows.getSchema(), groups, idColumn, mapping.policy);
    Schema schema = codes.schema();
    Mapped<Row> mapped =
        rows.apply("Map", new MapValueCodes<>(mapping, codes, TypeDescriptors.rows()));
    mapped.values().setRowSchema(schema);
    return mapped;
  }
}
