package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in formats with types have the cells of the text, whoever reads them. */
class ResultTablesTest {
  @TempDir private Path folder;

  private <O extends HealthOptions> Path run(HealthPipeline<O> pipeline, String... args)
      throws UsageException {
    Path output = folder.resolve("out");
    List<String> all =
        new ArrayList<>(
            List.of("--output=" + output, "--format=tsv,parquet,avro", "--runner=DirectRunner"));
    all.addAll(List.of(args));
    O options =
        PipelineOptionsFactory.fromArgs(all.toArray(new String[0])).as(pipeline.optionsClass());
    pipeline.check(options);
    Pipeline built = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline.build(built, options, rejects);
    rejects.all(built);
    built.run().waitUntilFinish();
    return output;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static final String MAP =
      """
      {"resourceType":"ConceptMap","url":"http://example.org/map","version":"7","status":"active",
       "group":[{"source":"urn:a","target":"urn:b","element":[
        {"code":"1","target":[{"code":"x\\ty","display":"One \\u00e9","equivalence":"equivalent"}]},
        {"code":"2","target":[{"code":"p","equivalence":"equivalent"},
         {"code":"q","equivalence":"relatedto"}]}]}]}
      """;

  @Test
  void tablesOfCodes() throws Exception {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      records
          .append("{\"resourceType\":\"Condition\",\"id\":\"c")
          .append(i)
          .append("\",\"code\":{\"coding\":[{\"system\":\"urn:a\",\"code\":\"")
          .append(i % 4)
          .append("\",\"display\":\"say \\\"a\\tb\\\"\"},{\"code\":\"9\"}]}}\n");
    }
    Path input = file("in.ndjson", records.toString());
    Path newer = file("newer.json", MAP.replace("\"code\":\"p\"", "\"code\":\"r\""));
    Path output =
        run(
            new MapCodesPipeline(),
            "--input=" + input,
            "--maps=" + file("map.json", MAP),
            "--newerMaps=" + newer);
    TypedTable.assertSame(output, "translations", 1000);
    TypedTable.assertSame(output, "codes", 4);
    TypedTable.assertSame(output, "coverage", 3);
    TypedTable.assertSame(output, "changes", 1);
  }

  @Test
  void tablesOfVitalSigns() throws Exception {
    StringBuilder rows = new StringBuilder("subject,time,kind_or_code,value,unit\n");
    String[] kinds = {"heart_rate", "respiratory_rate", "spo2", "systolic_bp", "consciousness"};
    for (int i = 0; i < 600; i++) {
      String kind = kinds[i % kinds.length];
      String value = kind.equals("consciousness") ? (i % 2 == 0 ? "A" : "V") : "" + (60 + i % 90);
      rows.append("p").append(i % 3).append(",2026-01-01T0").append(i % 9).append(":");
      rows.append(10 + i % 50).append(":00.25Z,").append(kind).append(',').append(value);
      rows.append(",\n");
    }
    Path output =
        run(
            new MonitorVitals(),
            "--input=" + file("in.csv", rows.toString()),
            "--window=1h",
            "--artefacts=hampel");
    for (String table : List.of("summaries", "scores", "quality", "gaps")) {
      TypedTable.assertSame(output, table, 5);
    }
    for (String table : List.of("alerts", "burden", "artefacts")) {
      TypedTable.assertSame(output, table, 0);
    }
  }

  @Test
  void formatsAreNamedOrRefused() throws Exception {
    assertEquals(List.of(), ResultTables.of("out", "tsv").typed());
    assertEquals(List.of("avro", "parquet"), ResultTables.of("out", "PARQUET, avro").typed());
    assertEquals(
        Set.of("a.tsv", "a.avro", "a.avro/", "a.parquet", "a.parquet/"), ResultTables.files("a"));
    UsageException refused =
        assertThrows(UsageException.class, () -> ResultTables.of("out", "tsv,orc"));
    assertTrue(refused.getMessage().startsWith("--format=tsv,orc has 'orc'"));
  }
}
