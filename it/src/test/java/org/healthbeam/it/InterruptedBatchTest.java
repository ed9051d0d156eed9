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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch that is stopped by control-C while it shows how far it is. */
@Tag("slow")
class InterruptedBatchTest {
  /** So much that no machine is done with it when the first line of progress comes. */
  private static final int FILES = 6000;

  /** When Spark says so it is still starting. */
  private static final String SOMETHING = "(?m)^ +[0-9]+ s  .+$";

  /** What Spark's tasks have counted though none of them has ended. */
  private static final String COUNTS_OF_TASKS =
      "(?m)^ +[0-9]+ s .+  Map codes [1-9][0-9,]* \\([0-9,]+/s\\)"
          + " .*  stage [0-9]+ \\([A-Z][a-z ]+\\) 0 of [1-9][0-9]* tasks$";

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
  @MethodSource("moments")
  void itSaysWhatIsWrittenAndLeavesNothingTemporary(String runner, String progress)
      throws Exception {
    Pattern line = Pattern.compile(progress);
    Path place = Files.createTempDirectory(folder, runner);
    Path temporary = Files.createDirectories(place.resolve("tmp"));
    Path out = place.resolve("out");
    HealthBeamProcess ended;
    try (HealthBeamProcess.Started run =
        HealthBeamProcess.start(
            runner,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            place.resolve("logs"),
            "run",
            "map-codes",
            "--runner=" + runner,
            "--input=" + input,
            "--maps=" + Inputs.samples().resolve("maps"),
            "--output=" + out)) {
      FlinkJobs.await(
          "A line of progress", () -> line.matcher(run.err()).find() || !run.process().isAlive());
      run.signal("INT");
      ended = run.end();
    }
    ended.endedWith(130);
    assertTrue(line.matcher(ended.err()).find(), ended::err);
    assertTrue(ended.err().contains("map-codes: interrupted; "), ended::err);
    for (String never : List.of("FAILED", "Exception", "\tat ")) {
      assertFalse(ended.err().contains(never), ended::err);
    }
    assertFalse(Files.exists(out.resolve("run.json")), "the run has not ended");
    assertEquals(List.of(), left(temporary));
  }

  static List<Arguments> moments() {
    return List.of(
        Arguments.of("direct", SOMETHING),
        Arguments.of("flink", SOMETHING),
        Arguments.of("spark", SOMETHING),
        Arguments.of("spark", COUNTS_OF_TASKS));
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
