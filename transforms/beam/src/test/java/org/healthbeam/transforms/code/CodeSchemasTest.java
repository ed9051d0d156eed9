package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.schemas.transforms.Filter;
import org.apache.beam.sdk.schemas.transforms.Group;
import org.apache.beam.sdk.schemas.transforms.Select;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class CodeSchemasTest {
  private static final Coding CODING = new Coding("urn:s", "2", "00ä", "Ünï 中 \t");
  private static final List<PlacedTranslation> PLACED =
      List.of(
          CodesTest.placed("Observation.code.coding[0]", CodesTest.mapped("LN")),
          CodesTest.placed("Observation.code.coding[1]", CodesTest.ambiguous()),
          CodesTest.placed("Observation.code.coding[2]", CodesTest.conditional()),
          CodesTest.placed("a", Translation.invalid(CODING, TranslationReason.NO_CODE)),
          CodesTest.placed("b", CodesTest.unmappedIn("urn:m|1 urn:n|2")));

  @Test
  void everyValueBecomesARowAndComesBack() throws Exception {
    for (PlacedTranslation placed : PLACED) {
      check(PlacedTranslation.class, placed);
      check(Translation.class, placed.translation());
      for (Answer answer : placed.translation().answers()) {
        check(Answer.class, answer);
      }
    }
    check(Coding.class, CODING);
    check(Coverage.class, new Coverage("urn:s", TranslationOutcome.FALLBACK, Long.MAX_VALUE));
  }

  private static <T> void check(Class<T> type, T value) throws Exception {
    SchemaRegistry registry = SchemaRegistry.createDefault();
    Row row = registry.getToRowFunction(type).apply(value);
    assertEquals(registry.getSchema(type), row.getSchema());
    // Built again with every value checked against the schema.
    Row checked = Row.withSchema(row.getSchema()).addValues(row.getValues()).build();
    assertEquals(value, registry.getFromRowFunction(type).apply(checked));
  }

  @Test
  void theCodersKeepTheirSchemaOnTheWayToAWorker() {
    for (Coder<?> coder :
        List.of(
            CodingCoder.of(),
            TranslationCoder.of(),
            PlacedTranslationCoder.of(),
            CoverageCoder.of())) {
      assertEquals(coder, SerializableUtils.clone(coder));
      assertTrue(SerializableUtils.clone(coder) instanceof SchemaCoder);
    }
  }

  @Test
  void translationsAreFilteredSelectedAndCountedByTheirColumns(TestPipeline pipeline) {
    PCollection<PlacedTranslation> placed =
        pipeline.apply(Create.of(PLACED).withCoder(PlacedTranslationCoder.of()));
    PCollection<Row> rows = placed.apply("To rows", Convert.toRows());
    assertEquals(
        List.of(
            "resource_type",
            "resource_id",
            "path",
            "source_system",
            "source_version",
            "source_code",
            "source_display",
            "system",
            "outcome",
            "reason",
            "answers",
            "maps",
            "source",
            "position"),
        rows.getSchema().getFieldNames());
    PAssert.that(rows.apply("Back", Convert.fromRows(PlacedTranslation.class)))
        .containsInAnyOrder(PLACED);
    PAssert.that(
            placed
                .apply(
                    "Mapped ones",
                    Filter.<PlacedTranslation>create()
                        .whereFieldName("outcome", (String outcome) -> outcome.equals("mapped")))
                .apply("Targets", Select.fieldNames("path", "answers.target_code"))
                .apply(
                    "Told",
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> row.getValue(0) + " " + row.getArray(1))))
        .containsInAnyOrder("Observation.code.coding[0] [x]");
    PAssert.that(
            placed
                .apply(
                    "By outcome",
                    Group.<PlacedTranslation>byFieldNames("outcome")
                        .aggregateField("path", Count.combineFn(), "n"))
                .apply(
                    "Counted",
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            row ->
                                row.getRow("key").getString("outcome")
                                    + " "
                                    + row.getRow("value").getInt64("n"))))
        .containsInAnyOrder("mapped 1", "ambiguous 2", "invalid 1", "unmapped 1");
    pipeline.run();
  }

  @Test
  void rowsOfATableBecomeCodings(TestPipeline pipeline) {
    PCollection<Coding> codings =
        pipeline
            .apply(Create.of(CODING).withCoder(CodingCoder.of()))
            .apply("To rows", Convert.toRows())
            .apply("Back", Convert.fromRows(Coding.class));
    PAssert.that(codings).containsInAnyOrder(CODING);
    pipeline.run();
  }
}
