package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system fails while a bundle of {@code map-codes} writes, and the bundle is repeated. */
@Tag("slow")
class RepeatedBundleTest {
  private static final int RECORDS = 20_000;

  @TempDir Path folder;

  @AfterEach
  void failNoMore() {
    FailingDisk.fail(0);
  }

  @Test
  void mapCodesWritesAndCountsAsIfNothingHadFailed() throws Exception {
    List<String> inputs = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      Path file = Files.writeString(folder.resolve(name + ".ndjson"), records(name));
      assertTrue(Files.size(file) > FailingDisk.BYTES, "fails when part of it is written");
      inputs.add(FailingDisk.name(file));
    }
    Path map = folder.resolve("map.csv");
    Files.writeString(
        map,
        """
        source_system,source_code,target_system,target_code,relationship,map_url,map_version
        urn:s,1,urn:t,x,equivalent,urn:m,1
        urn:s,2,urn:t,y,equivalent,urn:m,1
        """);
    Map<String, List<String>> unfailed = run("unfailed", inputs, map);
    assertEquals(2 * (RECORDS + 1), Integer.parseInt(unfailed.get("records").get(0)));
    FailingDisk.fail(2);
    Map<String, List<String>> failed = run("failed", inputs, map);
    assertEquals(0, FailingDisk.failuresLeft(), "it has failed");
    assertEquals(unfailed, failed);
  }

  private static String records(String name) {
    StringBuilder text = new StringBuilder("broken\n");
    for (int i = 0; i < RECORDS; i++) {
      text.append(
          "{\"resourceType\":\"Condition\",\"id\":\"%s%d\",\"code\":{\"coding\":[{\"system\":\"urn:s\",\"code\":\"%d\"}]}}%n"
              .formatted(name, i, i % 3));
    }
    return text.toString();
  }

  /** Returns each file that a run wrote, or folder of files, with its sorted lines. */
  private Map<String, List<String>> run(String name, List<String> inputs, Path map)
      throws IOException {
    Path out = folder.resolve(name);
    Path configuration = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        configuration.resolve("flink-conf.yaml"),
        """
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 4
        restart-strategy.fixed-delay.delay: 10 ms
        """);
    try (PrintStream log = new PrintStream(Files.newOutputStream(folder.resolve(name + ".log")))) {
      int status =
          PipelineRun.run(
              new MapCodesPipeline(),
              "map-codes",
              new Terminal(log, log, false, 100),
              "--input=" + String.join(",", inputs),
              "--maps=" + map,
              "--profile=flink",
              "--parallelism=2",
              "--flinkConfDir=" + configuration,
              "--stacktrace",
              "--output=" + out);
      log.flush();
      assertEquals(PipelineRun.DONE, status, () -> text(folder.resolve(name + ".log")));
    }
    Map<String, List<String>> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String relative = out.relativize(file).toString();
        if (relative.equals("run.json") || relative.equals("report.html")) {
          continue;
        }
        int slash = relative.indexOf('/');
        written
            .computeIfAbsent(
                slash < 0 ? relative : relative.substring(0, slash), n -> new ArrayList<>())
            .addAll(Files.readAllLines(file));
      }
    }
    written.values().forEach(Collections::sort);
    JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
    assertTrue(run.path("conserved").asBoolean(), run::toString);
    written.put("stages", List.of(run.path("stages").toString()));
    written.put("records", List.of(run.path("stages").path(0).path("in").asText()));
    return written;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
