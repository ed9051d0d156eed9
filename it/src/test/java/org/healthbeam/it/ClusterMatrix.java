package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every pipeline in every mode on the direct runner, on a Flink session cluster and on a Spark
 * standalone cluster, with a parallelism from 1 to 4: all write the same, record by record, or
 * refuse with a sentence. The page says what was found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterMatrix {
  private static final String EQUAL = "equal";
  private static final String REFUSED = "refused";
  private static final String REFERENCE = "the measure";

  @RegisterExtension static final SharedServers SERVERS = new SharedServers();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private final List<Integer> parallelisms;
  private final Map<Row, List<Cell>> found = new EnumMap<>(Row.class);
  private final Map<Runner, HealthBeamSession> sessions = new EnumMap<>(Runner.class);

  ClusterMatrix(Integer... parallelisms) {
    this.parallelisms = List.of(parallelisms);
  }

  /** A pipeline in one mode. */
  enum Row {
    CODES("map-codes", false),
    CODES_STREAMING("map-codes", true),
    VITALS("monitor-vitals", false),
    VITALS_STREAMING("monitor-vitals", true),
    VARIANTS("summarize-variants", false),
    VARIANTS_STREAMING("summarize-variants", true);

    private final String pipeline;
    private final boolean streaming;

    Row(String pipeline, boolean streaming) {
      this.pipeline = pipeline;
      this.streaming = streaming;
    }

    private String text() {
      return "`%s`, %s".formatted(pipeline, streaming ? "streaming" : "batch");
    }

    /** Returns what a runner says that cannot do it; empty if it can. */
    private String refusal(Runner runner) {
      if (this == CODES_STREAMING) {
        return "--streaming";
      }
      return streaming && runner == Runner.SPARK ? "in streaming" : "";
    }
  }

  /** Where it runs. */
  enum Runner {
    DIRECT("direct"),
    FLINK("Flink"),
    SPARK("Spark");

    private final String text;

    Runner(String text) {
      this.text = text;
    }
  }

  /**
   * What was found.
   *
   * @param problem what is wrong with it, or empty
   */
  private record Cell(String answer, String problem) {}

  @BeforeAll
  void startServersAndMakeInputs() throws Exception {
    for (String engine : List.of("flink", "spark")) {
      assumeTrue(
          Files.exists(HealthBeamProcess.jobJar(engine)) || System.getenv("CI") != null,
          "No job jars: ./healthbeam test makes them, -DjobJar.skip=false with Maven");
    }
    sessions.put(
        Runner.DIRECT, HealthBeamSession.embedded("direct", Map.of(), folder.resolve("direct")));
    sessions.put(
        Runner.FLINK, HealthBeamSession.onCluster("flink", Map.of(), folder.resolve("flink")));
    sessions.put(
        Runner.SPARK,
        HealthBeamSession.onCluster(
            "spark", Map.of("SPARK_LOCAL_IP", "127.0.0.1"), folder.resolve("spark")));
    makeInputs();
  }

  @AfterAll
  void endSessions() {
    sessions.values().forEach(HealthBeamSession::close);
  }

  private void makeInputs() throws IOException {
    Path codes = folder.resolve("codes");
    Inputs.head("fhir/Condition.ndjson.gz", 150, codes.resolve("Condition.ndjson"));
    Inputs.text(codes.resolve("broken.ndjson"), "{\"resourceType\":\"Condition\",", "[]");
    Path vitals = folder.resolve("vitals");
    Inputs.head("vitals/ward.csv.gz", 2000, vitals.resolve("ward.csv"));
    Inputs.text(
        vitals.resolve("broken.csv"),
        "subject,time,kind_or_code,value,unit",
        "ward-01,now,spo2,9,%");
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 400, folder.resolve("variants/cohort.vcf"));
    Inputs.samplesOf(cohort, 6, folder.resolve("samples"));
    for (Path file : List.of(cohort, folder.resolve("samples/s3.vcf"))) {
      Files.writeString(file, "chr20\tnowhere\t.\tA\tC\n", StandardOpenOption.APPEND);
    }
  }

  private List<String> options(Row row) {
    return switch (row) {
      case CODES, CODES_STREAMING ->
          List.of(
              "--input=" + folder.resolve("codes"), "--maps=" + Inputs.samples().resolve("maps"));
      case VITALS, VITALS_STREAMING -> List.of("--input=" + folder.resolve("vitals"));
      case VARIANTS -> List.of("--input=" + folder.resolve("variants"));
      case VARIANTS_STREAMING ->
          List.of(
              "--input=" + folder.resolve("samples"),
              "--joinSamples=true",
              "--lookEvery=1s",
              "--lookFor=1s");
    };
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void eachRunnerWritesTheSameWithAnyParallelismOrRefuses(Row row) throws Exception {
    String problems =
        cells(row).stream()
            .map(Cell::problem)
            .filter(problem -> !problem.isEmpty())
            .collect(Collectors.joining("\n"));
    assertEquals("", problems);
  }

  /** Returns the table: a line for each row, a column for each runner and parallelism. */
  List<List<String>> table() throws Exception {
    List<List<String>> table = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("pipeline, mode"));
    for (Runner runner : Runner.values()) {
      parallelisms.forEach(parallelism -> header.add(runner.text + ", " + parallelism));
    }
    table.add(header);
    for (Row row : Row.values()) {
      List<String> line = new ArrayList<>(List.of(row.text()));
      cells(row).forEach(cell -> line.add(cell.answer()));
      table.add(line);
    }
    return table;
  }

  /** Returns what was found of a row, for each runner and parallelism; asks once. */
  private List<Cell> cells(Row row) throws Exception {
    List<Cell> cells = found.get(row);
    if (cells == null) {
      cells = find(row);
      found.put(row, cells);
    }
    return cells;
  }

  private List<Cell> find(Row row) throws Exception {
    List<Cell> cells = new ArrayList<>();
    RunOutput measure = null;
    for (Runner runner : Runner.values()) {
      for (int parallelism : parallelisms) {
        String name = "%s-%s-%d".formatted(row, runner, parallelism);
        Path out = folder.resolve(name);
        HealthBeamProcess run = run(row, runner, parallelism, out);
        String refusal = row.refusal(runner);
        if (!refusal.isEmpty()) {
          boolean refused = run.status() == 2 && run.err().contains(refusal) && !Files.exists(out);
          cells.add(new Cell(REFUSED, refused ? "" : name + " is not refused: " + run));
        } else if (run.status() != 0) {
          cells.add(new Cell("fails", name + " fails: " + run));
        } else if (measure == null) {
          measure = RunOutput.of(out).withoutRevisions();
          String problem = row.streaming ? differencesFromBatch(row, measure) : lacking(measure);
          cells.add(new Cell(row.streaming ? EQUAL : REFERENCE, problem));
        } else {
          String differences = measure.differences(RunOutput.of(out).withoutRevisions());
          cells.add(
              differences.isEmpty()
                  ? new Cell(EQUAL, "")
                  : new Cell("different", name + ": " + differences));
        }
      }
    }
    return cells;
  }

  private HealthBeamProcess run(Row row, Runner runner, int parallelism, Path out)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("run", row.pipeline));
    args.addAll(options(row));
    args.addAll(List.of("--output=" + out, "--stacktrace"));
    if (row.streaming) {
      args.add("--streaming=true");
    }
    Map<String, String> properties = Map.of();
    switch (runner) {
      case DIRECT -> args.addAll(List.of("--runner=direct", "--targetParallelism=" + parallelism));
      case FLINK ->
          args.addAll(
              List.of(
                  "--runner=flink",
                  "--flinkMaster=" + SERVERS.flink().address("flinkMaster"),
                  "--parallelism=" + parallelism));
      case SPARK -> {
        args.addAll(
            List.of("--runner=spark", "--sparkMaster=" + SERVERS.spark().address("sparkMaster")));
        properties =
            Map.of(
                "spark.cores.max",
                "" + parallelism,
                "spark.executor.memory",
                "640m",
                "spark.executor.extraJavaOptions",
                HealthBeamSession.SHORT + " " + HealthBeamProcess.javaOptions());
      }
    }
    return sessions.get(runner).run(properties, args.toArray(String[]::new));
  }

  /** Something is to be compared: results and rejects. */
  private static String lacking(RunOutput output) {
    assertTrue(output.account().path("conserved").asBoolean(), "every stage adds up");
    assertFalse(output.lines().get("rejected/").isEmpty(), "the broken input is rejected");
    assertTrue(output.lines().size() > 3, output.lines().keySet()::toString);
    output.lines().forEach((file, lines) -> assertFalse(lines.isEmpty(), file));
    return "";
  }

  /**
   * A stream writes the tables of the batch of the same input; of samples that arrive there are no
   * remarks.
   */
  private String differencesFromBatch(Row row, RunOutput stream) throws Exception {
    Path out = folder.resolve(row + "-batch");
    List<String> args = new ArrayList<>(List.of("run", row.pipeline));
    options(row).stream().filter(option -> !option.startsWith("--look")).forEach(args::add);
    args.add("--output=" + out);
    sessions.get(Runner.DIRECT).run(args.toArray(String[]::new)).endedWith(0);
    RunOutput batch = RunOutput.of(out);
    lacking(batch);
    batch.lines().remove("remarks.tsv");
    return new RunOutput(batch.lines(), stream.account()).withoutRevisions().differences(stream);
  }
}
