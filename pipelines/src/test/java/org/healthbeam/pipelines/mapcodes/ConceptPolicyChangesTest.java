package org.healthbeam.pipelines.mapcodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under a policy that chooses among codings, changes are those between two whole runs. */
class ConceptPolicyChangesTest {
  private static final String HEADER =
      "source_system,source_code,target_system,target_code,relationship,map_url,map_version\n";

  @TempDir Path dir;

  @Test
  void changesAreTheDifferenceOfARunWithTheNewerMaps() throws Exception {
    Random random = new Random(20261123);
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      List<String> codings = new ArrayList<>();
      for (int j = 0; j < 1 + random.nextInt(3); j++) {
        codings.add(
            "{\"system\":\"urn:%s\",\"code\":\"%d\",\"display\":\"d%d\"}"
                .formatted(List.of("a", "b", "c").get(j), random.nextInt(4), random.nextInt(2)));
      }
      records.append(
          "{\"resourceType\":\"Condition\",\"id\":\"%d\",\"code\":{\"coding\":[%s]}}%n"
              .formatted(i, String.join(",", codings)));
    }
    Path input = Files.writeString(dir.resolve("in.ndjson"), records);
    Path old = Files.writeString(dir.resolve("old.csv"), HEADER + rows(random, "1"));
    Path newer = Files.writeString(dir.resolve("new.csv"), HEADER + rows(random, "2"));
    for (String policy : List.of("FIRST_THAT_MAPS", "BY_SYSTEMS --systems=urn:c,urn:b", "ALL")) {
      Path before = run(input, old, policy, "--newerMaps=" + newer);
      Path after = run(input, newer, policy);
      Map<String, Long> expected = difference(before, after);
      assertFalse(expected.isEmpty());
      assertEquals(expected, told(before.resolve("changes.tsv")), policy);
    }
  }

  private static String rows(Random random, String version) {
    StringBuilder rows = new StringBuilder();
    for (String system : List.of("a", "b", "c")) {
      // A system that a map does not know at all has a reason of its own.
      rows.append("urn:%s,none,urn:t,0,equivalent,urn:m,%s%n".formatted(system, version));
      for (int code = 0; code < 4; code++) {
        if (random.nextBoolean()) {
          rows.append(
              "urn:%s,%d,urn:t,%d,equivalent,urn:m,%s%n"
                  .formatted(system, code, random.nextInt(3), version));
        }
      }
    }
    return rows.toString();
  }

  private Path run(Path input, Path maps, String policy, String... more) throws Exception {
    Path out = Files.createTempDirectory(dir, "out");
    List<String> args = new ArrayList<>(List.of(("--conceptPolicy=" + policy).split(" ")));
    args.addAll(List.of("--input=" + input, "--maps=" + maps, "--output=" + out));
    args.addAll(Arrays.asList(more));
    MapCodesOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MapCodesOptions.class);
    MapCodesPipeline pipeline = new MapCodesPipeline();
    pipeline.check(options);
    Pipeline built = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline.build(built, options, rejects);
    rejects.all(built);
    assertEquals(PipelineResult.State.DONE, built.run().waitUntilFinish());
    return out;
  }

  /** Returns how often a code had other answers, or others that were taken: from the results. */
  private static Map<String, Long> difference(Path before, Path after) throws IOException {
    Map<String, Map<String, String>> was = translations(before);
    Map<String, Map<String, String>> will = translations(after);
    assertEquals(was.keySet(), will.keySet());
    Map<String, Long> result = new TreeMap<>();
    was.forEach(
        (place, row) -> {
          Map<String, String> other = will.get(place);
          if (!said(row).equals(said(other))) {
            String key =
                row.get("source_system") + row.get("source_code") + said(row) + said(other);
            result.merge(key, 1L, Long::sum);
          }
        });
    return result;
  }

  private static Map<String, Map<String, String>> translations(Path out) throws IOException {
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (Map<String, String> row : table(out.resolve("translations.tsv"))) {
      // Each code has at most one target here, so each coding one row.
      rows.put(row.get("resource_id") + row.get("path"), row);
    }
    return rows;
  }

  private static String said(Map<String, String> row) {
    String taken = row.get("taken").equals("true") ? row.get("target_code") : "";
    return " [" + row.get("outcome") + " " + row.get("target_code") + " " + taken + "]";
  }

  private static Map<String, Long> told(Path changes) throws IOException {
    Map<String, Long> result = new TreeMap<>();
    for (Map<String, String> row : table(changes)) {
      assertEquals("now", row.get("when"));
      String key =
          "%s%s [%s %s %s] [%s %s %s]"
              .formatted(
                  row.get("source_system"),
                  row.get("source_code"),
                  row.get("outcome_before"),
                  row.get("targets_before"),
                  row.get("taken_before"),
                  row.get("outcome_after"),
                  row.get("targets_after"),
                  row.get("taken_after"));
      assertEquals(null, result.put(key, Long.parseLong(row.get("n"))), "one row for a change");
    }
    return result;
  }

  private static List<Map<String, String>> table(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.get(0).split("\t", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
