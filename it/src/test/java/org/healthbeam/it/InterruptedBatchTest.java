package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A batch that is stopped by control-C while it shows how far it is. Not on Spark, which at times
 * leaves a folder of its own.
 */
@Tag("slow")
class InterruptedBatchTest {
  /** So much that no machine is done with it when the first line of progress comes. */
  private static final int FILES = 2000;

  private static final Pattern PROGRESS = Pattern.compile("(?m)^ +[0-9]+ s  .+$");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  static Path folder;

  private static Path input;

  @BeforeAll
  static void putFiles() throws Exception {
    Path one = Inputs.head("fhir/Condition.ndjson.gz", 5000, folder.resolve("Condition.ndjson"));
    input = Files.createDirectories(folder.resolve("input"));
    for (int i = 0; i < FILES; i++) {
      // Names of the same bytes: each is a file of its own for who reads them.
      Files.createLink(input.resolve("Condition-" + i + ".ndjson"), one);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink"})
  void itSaysWhatIsWrittenAndLeavesNothingTemporary(String runner) throws Exception {
    Path temporary = Files.createDirectories(folder.resolve(runner + "-tmp"));
    Path out = folder.resolve(runner + "-out");
    HealthBeamProcess ended;
    try (HealthBeamProcess.Started run =
        HealthBeamProcess.start(
            runner,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            folder.resolve(runner + "-logs"),
            "run",
            "map-codes",
            "--runner=" + runner,
            "--input=" + input,
            "--maps=" + Inputs.samples().resolve("maps"),
            "--output=" + out)) {
      FlinkJobs.await(
          "A line of progress",
          () -> PROGRESS.matcher(run.err()).find() || !run.process().isAlive());
      run.signal("INT");
      ended = run.end();
    }
    ended.endedWith(130);
    assertTrue(ended.err().contains("map-codes: interrupted; "), ended::err);
    for (String never : List.of("FAILED", "Exception", "\tat ")) {
      assertFalse(ended.err().contains(never), ended::err);
    }
    assertFalse(Files.exists(out.resolve("run.json")), "the run has not ended");
    assertEquals(List.of(), left(temporary));
  }

  private static List<String> left(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .sorted()
          .toList();
    }
  }
}
