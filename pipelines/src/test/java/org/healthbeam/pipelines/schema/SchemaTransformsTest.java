package org.healthbeam.pipelines.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows in, rows out, on the direct runner. */
@ExtendWith(TestPipelineExtension.class)
class SchemaTransformsTest {
  private static final Schema READINGS =
      Schema.builder()
          .addStringField("subject")
          .addDateTimeField("time")
          .addStringField("kind_or_code")
          .addNullableField("value", Schema.FieldType.DOUBLE)
          .addStringField("more")
          .build();
  private static final Map<String, Object> TO_ERRORS =
      Map.of("error_handling", Map.of("output", "errors"));

  @SuppressWarnings("unchecked")
  private static Row row(Schema schema, Map<String, Object> values) {
    Row.Builder row = Row.withSchema(schema);
    for (Schema.Field field : schema.getFields()) {
      Object value = values.get(field.getName());
      row.addValue(
          value instanceof Map<?, ?> fields
              ? row(field.getType().getRowSchema(), (Map<String, Object>) fields)
              : value);
    }
    return row.build();
  }

  private static PCollectionRowTuple apply(
      SchemaTransformProvider provider, PCollectionRowTuple input, Map<String, Object> config) {
    return input.apply("Transform", provider.from(row(provider.configurationSchema(), config)));
  }

  private static PCollection<Row> readings(TestPipeline pipeline) {
    org.joda.time.Instant time = org.joda.time.Instant.parse("2024-01-31T10:00:00Z");
    return pipeline.apply(
        "Readings",
        Create.of(
                Row.withSchema(READINGS)
                    .addValues("a \"b\", c", time, "heart_rate", 80.5, "")
                    .build(),
                Row.withSchema(READINGS).addValues("a \"b\", c", time, "8867-4", null, "").build(),
                Row.withSchema(READINGS).addValues("d", time, "shoe size", 43.0, "").build())
            .withRowSchema(READINGS));
  }

  private static List<String> told(Iterable<Row> rows, String... columns) {
    TreeSet<String> told = new TreeSet<>();
    rows.forEach(
        row -> {
          StringBuilder line = new StringBuilder();
          for (String column : columns) {
            line.append(line.isEmpty() ? "" : " ")
                .append(String.valueOf(row.<Object>getValue(column)));
          }
          told.add(line.toString());
        });
    return List.copyOf(told);
  }

  private static void check(PCollection<Row> rows, List<String> expected, String... columns) {
    PAssert.that(rows)
        .satisfies(
            all -> {
              assertEquals(expected, told(all, columns));
              return null;
            });
  }

  @Test
  void vitalSignsAreSummarizedAndWhatIsNoneGoesToErrors(TestPipeline pipeline) {
    PCollectionRowTuple outputs =
        apply(
            new MonitorVitalsProvider(),
            PCollectionRowTuple.of("input", readings(pipeline)),
            TO_ERRORS);
    check(
        outputs.get("summaries"),
        List.of("a \"b\", c heart_rate 1 80.5"),
        "subject",
        "kind",
        "n",
        "mean");
    check(outputs.get("scores"), List.of("a \"b\", c NEWS2"), "subject", "score_name");
    check(
        outputs.get("errors"),
        List.of(
            "Parse vital signs missing-field beam:rows.csv",
            "Parse vital signs unknown-code beam:rows.csv"),
        "stage",
        "reason",
        "source");
    pipeline.run();
  }

  @Test
  void withoutErrorHandlingTheFirstRejectFailsThePipeline(TestPipeline pipeline) {
    apply(
        new MonitorVitalsProvider(),
        PCollectionRowTuple.of("input", readings(pipeline)),
        Map.of("alerts", "off"));
    assertThrows(PipelineExecutionException.class, pipeline::run);
  }

  @Test
  void rowsWithoutAColumnAreRefusedWithItsName(TestPipeline pipeline) {
    pipeline.enableAbandonedNodeEnforcement(false);
    Schema schema = Schema.builder().addStringField("subject").build();
    PCollection<Row> rows = pipeline.apply(Create.empty(schema));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                apply(
                    new MonitorVitalsProvider(), PCollectionRowTuple.of("input", rows), TO_ERRORS));
    assertTrue(refused.getMessage().contains("no column 'time'"), refused.getMessage());
  }

  @Test
  void codesOfRowsAreMapped(TestPipeline pipeline, @TempDir Path folder) throws Exception {
    Path map = folder.resolve("map.tsv");
    Files.writeString(
        map,
        """
        source_system\tsource_code\ttarget_system\ttarget_code\trelationship
        urn:s\ta\turn:t\tA\tequivalent
        """);
    Schema claims = Schema.builder().addStringField("id").addStringField("code").build();
    PCollection<Row> rows =
        pipeline.apply(
            Create.of(
                    Row.withSchema(claims).addValues("1", "a").build(),
                    Row.withSchema(claims).addValues("2", "b").build())
                .withRowSchema(claims));
    PCollectionRowTuple outputs =
        apply(
            new MapCodesProvider(),
            PCollectionRowTuple.of("input", rows),
            Map.of(
                "maps",
                List.of(map.toString()),
                "code_columns",
                List.of("code"),
                "code_system",
                List.of("urn:s"),
                "id_column",
                "id"));
    check(
        outputs.get("output"),
        List.of("1 mapped A", "2 unmapped null"),
        "id",
        "code_outcome",
        "code_target_code");
    check(
        outputs.get("translations"),
        List.of("1 a mapped", "2 b unmapped"),
        "resource_id",
        "source_code",
        "outcome");
    pipeline.run();
  }

  @Test
  void variantsOfFilesAreSummarized(TestPipeline pipeline, @TempDir Path folder) throws Exception {
    Path vcf = folder.resolve("a.vcf");
    Files.writeString(
        vcf,
        """
        ##fileformat=VCFv4.2
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts1\ts2
        1\t10\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\t1/1
        1\tten\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\t1/1
        """);
    PCollectionRowTuple outputs =
        apply(
            new SummarizeVariantsProvider(),
            PCollectionRowTuple.empty(pipeline),
            Map.of("input", List.of(vcf.toString()), "error_handling", Map.of("output", "errors")));
    check(outputs.get("samples"), List.of("s1 1 0", "s2 0 1"), "sample", "n_het", "n_hom_alt");
    check(
        outputs.get("variants"),
        List.of("1 10 A G 3 4"),
        "contig",
        "pos",
        "ref",
        "alt",
        "ac",
        "an");
    check(outputs.get("cohort"), List.of("2 1"), "n_samples", "n_records");
    check(outputs.get("regions"), List.of("1 0 1"), "contig", "start", "n_records");
    check(outputs.get("errors"), List.of("Scan variants invalid-field"), "stage", "reason");
    pipeline.run();
  }

  @Test
  void whatAnOptionMayNotSayIsRefused() {
    SchemaTransformProvider provider = new SummarizeVariantsProvider();
    Row config =
        row(
            provider.configurationSchema(),
            Map.of("input", List.of("a.vcf"), "on_invalid", "perhaps"));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> provider.from(config));
    assertTrue(refused.getMessage().contains("perhaps"), refused.getMessage());
    assertTrue(refused.getMessage().contains("strict"), refused.getMessage());
  }
}
