package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every pipeline writes the same on every runner, chosen by profile alone. */
@Tag("slow")
class RunnerMatrixTest {
  private static final List<String> RUNNERS = List.of("direct", "flink", "spark");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void mapCodesWritesTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("fhir/Condition.ndjson.gz", 150, input.resolve("Condition.ndjson"));
    Inputs.head("fhir/Observation.ndjson.gz", 300, input.resolve("Observation.ndjson"));
    Inputs.text(
        input.resolve("broken.ndjson"), "{\"resourceType\":\"Condition\",", "[]", "no JSON");
    Inputs.truncatedGzip(
        List.of("{\"resourceType\":\"Patient\",\"id\":\"cut\"}"), input.resolve("cut.ndjson.gz"));
    compare(
        "map-codes",
        List.of("--input=" + input, "--maps=" + Inputs.samples().resolve("maps")),
        "resources/",
        "translations.tsv",
        "coverage.tsv",
        "codes.tsv");
  }

  @Test
  void monitorVitalsWritesTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("vitals/ward.csv.gz", 6000, input.resolve("ward.csv"));
    Inputs.text(
        input.resolve("broken.csv"),
        "subject,time,kind_or_code,value,unit",
        "ward-01,now,spo2,9,%");
    compare("monitor-vitals", List.of("--input=" + input), "summaries.tsv", "scores.tsv");
  }

  @Test
  void summarizeVariantsWritesTheSameOnEveryRunner() throws Exception {
    Path input = folder.resolve("in");
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 1200, input.resolve("cohort.vcf"));
    java.nio.file.Files.writeString(
        cohort, "chr20\tnowhere\t.\tA\tC\n", java.nio.file.StandardOpenOption.APPEND);
    Path genes =
        Inputs.text(
            folder.resolve("genes.gtf"),
            "20\tx\tgene\t4686237\t4701588\t.\t+\t.\tgene_id \"E1\"; gene_name \"PRNP\";",
            "20\tx\tgene\t1\t40000000\t.\t+\t.\tgene_id \"E2\";",
            "20\tx\tgene\t1\tnowhere\t.\t+\t.\tgene_id \"E3\";");
    Path known = Inputs.head("variants/cohort.vcf.gz", 300, folder.resolve("known.vcf"));
    compare(
        "summarize-variants",
        List.of(
            "--input=" + input,
            "--regions=" + genes,
            "--known=" + known,
            "--populations=" + Inputs.samples().resolve("variants/populations.tsv")),
        "variants.tsv",
        "samples.tsv",
        "regions.tsv",
        "populations.tsv",
        "remarks.tsv",
        "cohort.json");
  }

  private void compare(String pipeline, List<String> args, String... files)
      throws IOException, InterruptedException {
    Map<String, RunOutput> outputs = new LinkedHashMap<>();
    for (String runner : RUNNERS) {
      Path out = folder.resolve(runner + "-out");
      List<String> all = new ArrayList<>(List.of("run", pipeline));
      all.addAll(args);
      all.add("--profile=" + runner);
      all.add("--output=" + out);
      all.add("--stacktrace");
      HealthBeamProcess.run(runner, folder.resolve(runner), all.toArray(String[]::new))
          .endedWith(0);
      outputs.put(runner, RunOutput.of(out));
    }
    RunOutput direct = outputs.get("direct");
    for (String file : files) {
      assertTrue(direct.lines().containsKey(file), () -> file + " in " + direct.lines().keySet());
      assertTrue(direct.lines().get(file).size() > 1, file + " has results");
    }
    assertFalse(direct.lines().get("rejected/").isEmpty(), "the broken input is rejected");
    assertTrue(direct.account().path("conserved").asBoolean(), "every stage adds up");
    for (String runner : RUNNERS) {
      assertEquals("", direct.differences(outputs.get(runner)), "direct and " + runner);
    }
  }
}
