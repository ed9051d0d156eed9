package org.healthbeam.runners.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark computes what it has lost again: here all that is used twice, since nothing is kept. */
@Tag("slow")
class RepeatedWorkTest {
  @TempDir Path folder;

  @Test
  void mapCodesCountsAndWritesEachRecordOnce() throws Exception {
    StringBuilder records = new StringBuilder("broken\n");
    for (int i = 0; i < 90; i++) {
      records.append(
          ("{\"resourceType\":\"Condition\",\"id\":\"%d\",\"code\":{\"coding\":["
                  + "{\"system\":\"urn:s\",\"code\":\"%d\"}]}}%n")
              .formatted(i, i % 3));
    }
    Path input = Files.writeString(folder.resolve("in.ndjson"), records);
    Path map = folder.resolve("map.csv");
    Files.writeString(
        map,
        """
        source_system,source_code,target_system,target_code,relationship,map_url,map_version
        urn:s,1,urn:t,x,equivalent,urn:m,1
        """);
    Map<String, List<String>> written =
        compare(new MapCodesPipeline(), "--input=" + input, "--maps=" + map);
    assertEquals(90, written.get("resources").size());
    assertEquals(1 + 90, written.get("translations.tsv").size());
    assertEquals(
        List.of(
            "Read files 91 {\"passed\":91}",
            "Map codes 91 {\"passed\":90,\"rejected:malformed\":1}",
            "Translate codings 90 {\"mapped\":30,\"unmapped\":60}"),
        written.get("stages"));
  }

  @Test
  void summarizeVariantsCountsEachLineOnce() throws Exception {
    StringBuilder text = new StringBuilder("##fileformat=VCFv4.2\n");
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\tBob\n");
    for (int i = 1; i <= 50; i++) {
      text.append("chr1\t%d\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1%n".formatted(i));
    }
    text.append("chr1\tnowhere\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n");
    Path input = Files.writeString(folder.resolve("in.vcf"), text);
    Map<String, List<String>> written =
        compare(new SummarizeVariantsPipeline(), "--input=" + input);
    assertEquals(1 + 50, written.get("variants.tsv").size());
    assertEquals("Read VCF files 1 {\"passed\":1}", written.get("stages").get(0));
    assertEquals(
        "Scan variants 51 {\"counted\":50,\"rejected:invalid-field\":1}",
        written.get("stages").get(1));
  }

  @Test
  void monitorVitalsCountsEachReadingOnceInAllItsStages() throws Exception {
    StringBuilder text = new StringBuilder("subject,time,kind_or_code,value,unit\n");
    for (int i = 10; i < 60; i++) {
      text.append("a,2026-01-01T00:%d:00Z,heart_rate,%d,%n".formatted(i, 40 + i));
    }
    text.append("a,2026-01-01T00:10:00Z,heart_rate,50,\n"); // a duplicate
    text.append("a,2026-01-01T00:30:30Z,heart_rate,200,\n"); // an artefact
    text.append("a,2026-01-01T00:31:00Z,heart_rate,9999,\n"); // implausible
    text.append("a,2026-01-01T00:32:00Z,temperature,98.6,furlong\n"); // no unit of it
    text.append("a,2026-01-01T00:33:00Z,weight,70,kg\n");
    text.append("a,now,heart_rate,70,\n"); // no time
    Path input = Files.writeString(folder.resolve("in.csv"), text);
    Path seen =
        Files.writeString(
            folder.resolve("seen.csv"),
            "subject,time,rule\na,2026-01-01T00:20:00Z,heart-rate-low\n");
    Map<String, List<String>> written =
        compare(
            new MonitorVitals(),
            "--input=" + input,
            "--artefacts=hampel",
            "--acknowledgements=" + seen);
    assertEquals(
        List.of(
            "Read files 57 {\"passed\":57}",
            "Find vital signs 57 {\"header\":1,\"passed\":56}",
            "Parse vital signs 56 {\"passed\":55,\"rejected:invalid-time\":1}",
            "Convert units 55 {\"passed\":54,\"rejected:unknown-unit\":1}",
            "Check plausibility 54 {\"passed\":53,\"rejected:implausible\":1}",
            "Refuse late readings 53 {\"passed\":53}",
            "Judge artefacts 1 {\"passed\":1}",
            "Alert 53 {\"passed\":53}",
            "Acknowledge alerts 1 {\"passed\":1}",
            "Summarize vital signs 53 {\"artefact\":1,\"duplicate\":1,\"passed\":51}"),
        written.get("stages"));
  }

  /** Runs with and without what is used twice kept; returns what both write. */
  private Map<String, List<String>> compare(HealthPipeline<?> pipeline, String... args)
      throws IOException {
    Map<String, List<String>> kept = run(pipeline, "MEMORY_AND_DISK", args);
    Map<String, List<String>> repeated = run(pipeline, "NONE", args);
    assertEquals(kept, repeated);
    return repeated;
  }

  /** Returns each file that a run wrote, or folder of files, with its sorted lines. */
  private Map<String, List<String>> run(
      HealthPipeline<?> pipeline, String storageLevel, String... args) throws IOException {
    Path out = folder.resolve(storageLevel);
    Path log = folder.resolve(storageLevel + ".log");
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "--profile=spark",
            "--storageLevel=" + storageLevel,
            "--stacktrace",
            "--output=" + out));
    try (PrintStream stream = new PrintStream(Files.newOutputStream(log))) {
      int status =
          PipelineRun.run(
              pipeline,
              "run",
              new Terminal(stream, stream, false, 100),
              all.toArray(String[]::new));
      assertEquals(PipelineRun.DONE, status, () -> text(log));
    }
    Map<String, List<String>> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        int slash = name.indexOf('/');
        if (!name.equals("run.json") && !name.equals("report.html")) {
          written
              .computeIfAbsent(slash < 0 ? name : name.substring(0, slash), n -> new ArrayList<>())
              .addAll(Files.readAllLines(file));
        }
      }
    }
    written.values().forEach(Collections::sort);
    List<String> stages = new ArrayList<>();
    JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
    for (JsonNode stage : run.path("stages")) {
      assertTrue(stage.path("conserved").asBoolean(), stage::toString);
      stages.add(
          stage.path("stage").asText()
              + " "
              + stage.path("in").asLong()
              + " "
              + stage.path("outcomes"));
    }
    written.put("stages", stages);
    return written;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
