package org.healthbeam.pipelines.mapcodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which codings of a concept are translated, and what is mapped again after a change. */
class ChangedSinceTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("healthbeam.root", ".."), "samples", "data");

  @TempDir Path dir;

  @Test
  void earlierResultsOfUnaffectedRecordsAndNewOnesOfTheOthersAreThoseOfAFullRun() throws Exception {
    Path conditions = SAMPLES.resolve("fhir").resolve("Condition.ndjson.gz");
    Path map = SAMPLES.resolve("maps").resolve("snomed-ct-to-icd-10-cm.json");
    assumeTrue(Files.exists(conditions), "The sample patients are not there: " + conditions);
    String now = Files.readString(map);
    String then = now.replace("\"1.0.0\"", "\"0.9.0\"").replace("\"66383009\"", "\"66383009999\"");
    assertTrue(then.contains("66383009999"), "the map has another shape");
    String before = Files.writeString(dir.resolve("then.json"), then).toString();

    Map<String, StageLedger> old = run("old", conditions, before);
    Map<String, StageLedger> full = run("full", conditions, map.toString());
    Map<String, StageLedger> again =
        run("again", conditions, map.toString(), "--changedSince=" + before);

    long all = full.get("Map codes").in();
    long unaffected = again.get("Map codes").outcomes().get("unaffected");
    long affected = again.get("Map codes").outcomes().get("passed");
    assertEquals(all, unaffected + affected);
    assertTrue(affected > 0 && unaffected > 0, affected + " and " + unaffected);
    assertEquals(affected, lines("again").size());

    Set<String> mappedAgain = new HashSet<>(ids("again"));
    List<String> together = new ArrayList<>(lines("again"));
    lines("old").stream().filter(line -> !mappedAgain.contains(id(line))).forEach(together::add);
    assertEquals(lines("full"), together.stream().sorted().toList());
    assertEquals(all, old.get("Map codes").outcomes().get("passed"));
  }

  @Test
  void oneFileWithSeveralVersionsIsComparedWithItself() throws Exception {
    String both =
        Files.writeString(
                dir.resolve("both.csv"),
                """
                source_system,source_code,target_system,target_code,map_url,map_version
                urn:a,1,urn:t,x,urn:m,1
                urn:a,2,urn:t,x,urn:m,1
                urn:a,1,urn:t,y,urn:m,2
                urn:a,2,urn:t,x,urn:m,2
                """)
            .toString();
    String record =
        "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"coding\":["
            + "{\"system\":\"urn:a\",\"code\":\"1\"}]}}\n";
    Path input =
        Files.writeString(
            dir.resolve("in.ndjson"), record + record.replace("\"code\":\"1\"", "\"code\":\"2\""));
    Map<String, StageLedger> again =
        run(
            "again",
            input,
            both,
            "--useMaps=urn:m|2",
            "--changedSince=" + both,
            "--useEarlierMaps=urn:m|1",
            "--newerMaps=" + both,
            "--useNewerMaps=urn:m|1");
    assertEquals(Map.of("passed", 1L, "unaffected", 1L), again.get("Map codes").outcomes());
    assertTrue(lines("again").get(0).contains("\"code\":\"y\""));
    assertTrue(refused(both, "--changedSince=" + both).contains("several versions"));
  }

  @Test
  void oneCodingOfAConceptIsChosenAndTheOthersSayWhy() throws Exception {
    Path maps =
        Files.writeString(
            dir.resolve("map.csv"),
            """
            source_system,source_code,target_system,target_code,map_url,map_version
            urn:a,1,urn:t,x,urn:m,1
            urn:b,2,urn:t,y,urn:m,1
            """);
    Path input =
        Files.writeString(
            dir.resolve("in.ndjson"),
            "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"coding\":["
                + "{\"system\":\"urn:a\",\"code\":\"1\"},{\"system\":\"urn:b\",\"code\":\"2\"}]}}\n");
    run("first", input, maps.toString(), "--conceptPolicy=FIRST_THAT_MAPS");
    run("by", input, maps.toString(), "--conceptPolicy=BY_SYSTEMS", "--systems=urn:b");
    assertEquals(List.of("x element", "y another-coding-chosen"), reasons("first"));
    assertEquals(List.of("x another-coding-chosen", "y element"), reasons("by"));
    assertTrue(lines("first").get(0).endsWith("{\"system\":\"urn:t\",\"code\":\"x\"}]}}"));
    assertTrue(lines("by").get(0).endsWith("{\"system\":\"urn:t\",\"code\":\"y\"}]}}"));
  }

  @Test
  void whatCannotBeMeantIsRefusedBeforeTheRun() throws Exception {
    String maps =
        Files.writeString(
                dir.resolve("map.csv"),
                "source_system,source_code,target_system,target_code\nurn:a,1,urn:t,x\n")
            .toString();
    assertEquals(
        "--conceptPolicy, --systems: by-systems needs at least one system",
        refused(maps, "--conceptPolicy=BY_SYSTEMS"));
    assertEquals(
        "--conceptPolicy, --systems: all takes no systems", refused(maps, "--systems=urn:a"));
    assertEquals(
        "--useEarlierMaps needs --changedSince", refused(maps, "--useEarlierMaps=urn:m|1"));
    assertEquals("--useNewerMaps needs --newerMaps", refused(maps, "--useNewerMaps=urn:m|1"));
    String nowhere = dir.resolve("nowhere").toString();
    assertTrue(refused(maps, "--changedSince=" + nowhere).startsWith("--changedSince=" + nowhere));
  }

  private String refused(String maps, String more) {
    MapCodesOptions options = options("refused", dir, maps, more);
    return assertThrows(UsageException.class, () -> new MapCodesPipeline().check(options))
        .getMessage();
  }

  private MapCodesOptions options(String out, Path input, String maps, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("--input=" + input, "--maps=" + maps, "--output=" + dir.resolve(out)));
    args.addAll(List.of(more));
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MapCodesOptions.class);
  }

  private Map<String, StageLedger> run(String out, Path input, String maps, String... more)
      throws Exception {
    MapCodesOptions options = options(out, input, maps, more);
    options.setInput(InputFiles.patterns(options.getInput()));
    MapCodesPipeline pipeline = new MapCodesPipeline();
    pipeline.check(options);
    Pipeline built = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline.build(built, options, rejects);
    rejects.all(built);
    var result = built.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    Map<String, StageLedger> stages = new TreeMap<>();
    rejects.ledger(result.metrics()).stages().forEach(s -> stages.put(s.stage(), s));
    return stages;
  }

  private List<String> reasons(String out) throws IOException {
    List<String> rows = Files.readAllLines(dir.resolve(out).resolve("translations.tsv"));
    List<String> header = List.of(rows.get(0).split("\t", -1));
    assertEquals(17, header.indexOf("reason"));
    return rows.subList(1, rows.size()).stream()
        .map(row -> row.split("\t", -1))
        .map(row -> row[header.indexOf("target_code")] + " " + row[header.indexOf("reason")])
        .sorted()
        .toList();
  }

  private List<String> ids(String out) throws IOException {
    return lines(out).stream().map(ChangedSinceTest::id).toList();
  }

  /** Every record of the sample begins with its type and its id. */
  private static String id(String line) {
    int at = line.indexOf("\"id\":\"");
    assertTrue(at >= 0 && at < 60, "the sample has another shape");
    return line.substring(at, line.indexOf('"', at + 6));
  }

  private List<String> lines(String out) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var files = Files.list(dir.resolve(out).resolve("resources"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().sorted().toList();
  }
}
