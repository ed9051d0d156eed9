package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PipelineRunTest {
  private static final String LEFT_OVER = "part-00007-of-00009.txt";

  @TempDir Path folder;
  private Path out;
  private Path input;
  private ByteArrayOutputStream stdout;
  private ByteArrayOutputStream stderr;

  @BeforeEach
  void setUp() throws IOException {
    out = folder.resolve("out put");
    input = Files.writeString(folder.resolve("in.txt"), "a\nbad\nb\n");
    stdout = new ByteArrayOutputStream();
    stderr = new ByteArrayOutputStream();
  }

  private int run(Map<String, String> environment, String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(stdout, true, StandardCharsets.UTF_8),
            new PrintStream(stderr, true, StandardCharsets.UTF_8),
            false,
            100);
    return new PipelineRun(terminal, environment, false)
        .execute(new CopyLines(), "copy-lines", args);
  }

  @Test
  @Timeout(120)
  void aLongCheckSaysThatItGoesOn() {
    CountDownLatch said = new CountDownLatch(1);
    stderr =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (err().contains("reading and checking what the options name, ")) {
              said.countDown();
            }
          }
        };
    HealthPipeline<CopyLines.Options> slow =
        new HealthPipeline<>() {
          private final CopyLines copy = new CopyLines();

          @Override
          public Class<CopyLines.Options> optionsClass() {
            return copy.optionsClass();
          }

          @Override
          public void check(CopyLines.Options options) throws UsageException {
            try {
              said.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            throw new UsageException("checked to the end");
          }

          @Override
          public Set<String> outputs() {
            return copy.outputs();
          }

          @Override
          public void build(Pipeline pipeline, CopyLines.Options options, Rejects rejects) {
            copy.build(pipeline, options, rejects);
          }
        };
    Terminal terminal =
        new Terminal(
            new PrintStream(stdout, true, StandardCharsets.UTF_8),
            new PrintStream(stderr, true, StandardCharsets.UTF_8),
            false,
            100);
    assertEquals(
        2,
        new PipelineRun(terminal, Map.of(), false)
            .execute(slow, "slow", "--input=" + input, "--output=" + out));
    assertTrue(err().endsWith("slow: checked to the end\n"), this::err);
  }

  private int runWith(String... more) {
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + out));
    args.addAll(List.of(more));
    return run(Map.of(), args.toArray(String[]::new));
  }

  private String err() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  private String out() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .forEach(f -> names.add(out.relativize(f).toString().replaceFirst("-of-.*\\.", ".")));
      return names;
    }
  }

  private JsonNode runJson() throws IOException {
    return new ObjectMapper().readTree(out.resolve("run.json").toFile());
  }

  @Test
  void writesResultsRejectsAndTheAccountOfTheRun() throws IOException {
    assertEquals(PipelineRun.DONE, runWith("--apiToken=abcdef"), this::err);
    JsonNode run = runJson();
    assertEquals("copy-lines", run.path("pipeline").asText());
    assertEquals("direct", run.path("runner").asText());
    assertEquals("(hidden)", run.path("options").path("apiToken").asText());
    assertTrue(run.path("conserved").asBoolean());
    assertEquals(1.0 / 3, run.path("rejected_fraction").asDouble());
    JsonNode stage = run.path("stages").path(1);
    assertEquals("Copy lines", stage.path("stage").asText());
    assertEquals(3, stage.path("in").asLong());
    assertEquals(2, stage.path("out").asLong());
    assertEquals(1, stage.path("rejected").asLong());
    assertEquals(1, stage.path("outcomes").path("rejected:malformed").asLong());
    String rejected = "";
    try (Stream<Path> files = Files.list(out.resolve("rejected"))) {
      for (Path file : files.toList()) {
        rejected += Files.readString(file);
      }
    }
    assertTrue(
        rejected.matches(
            "\\{\"stage\":\"Copy lines\",\"reason\":\"malformed\",\"detail\":\"the line is"
                + " bad\",\"source\":\".*in.txt\",\"position\":\"2\",\"payload_hash\":\"[0-9a-f]{32}\"\\}\n"),
        rejected);
    assertTrue(out().contains("copy-lines done in"), this::out);
    assertFalse((out() + err() + run).contains("abcdef"), "the secret is shown nowhere");
  }

  @Test
  void nextRunReplacesWhatTheLastOneWroteAndNothingElse() throws IOException {
    Files.createDirectories(out.resolve("copies"));
    Files.writeString(out.resolve("copies/mine.txt"), "mine");
    assertEquals(PipelineRun.DONE, runWith(), this::err);
    Files.writeString(out.resolve("later.txt"), "mine too");
    Files.writeString(input, "");
    assertEquals(PipelineRun.DONE, runWith(), this::err);
    assertTrue(files().contains("copies/mine.txt"));
    assertTrue(files().contains("later.txt"));
    try (Stream<Path> copies = Files.list(out.resolve("copies"))) {
      for (Path copy : copies.toList()) {
        assertEquals(copy.endsWith("mine.txt") ? "mine" : "", Files.readString(copy));
      }
    }
  }

  @Test
  void runAfterOneThatFailedRemovesWhatThatOneLeft() throws IOException {
    Files.writeString(input, "crash\n");
    assertEquals(PipelineRun.FAILED, runWith());
    Path leftOver = Files.createDirectories(out.resolve("copies")).resolve(LEFT_OVER);
    Files.writeString(leftOver, "as if written before the crash");
    Path temporary = Files.createDirectories(out.resolve("copies/.temp-beam-1/2"));
    Files.writeString(temporary.resolve("half"), "ha");
    Files.writeString(input, "a\n");
    assertEquals(PipelineRun.DONE, runWith(), this::err);
    assertFalse(Files.exists(leftOver));
    assertFalse(Files.exists(out.resolve("copies/.temp-beam-1")));
    assertFalse(Files.exists(out.resolve(".running.json")));
  }

  @Test
  void runAfterOneThatFailedLeavesEverybodyElsesFiles() throws IOException {
    Files.writeString(input, "crash\n");
    assertEquals(PipelineRun.FAILED, runWith());
    Path below = Files.createDirectories(out.resolve("raw"));
    input = Files.writeString(below.resolve("in.txt"), "a\n");
    List<Path> foreign = new ArrayList<>(List.of(input));
    Files.createDirectories(out.resolve("copies"));
    Files.createDirectories(out.resolve("vitals/rejected"));
    Files.createDirectories(out.resolve(".checkpoints"));
    for (String name :
        List.of(
            "notes.txt",
            "copies/notes.txt",
            "copies/part-list.txt",
            "vitals/run.json",
            "vitals/rejected/part-00000-of-00001.jsonl",
            ".checkpoints/1")) {
      foreign.add(Files.writeString(out.resolve(name), "not ours"));
    }
    assertEquals(PipelineRun.DONE, runWith(), this::err);
    for (Path file : foreign) {
      assertTrue(Files.exists(file), file::toString);
    }
    for (JsonNode file : runJson().path("files")) {
      assertTrue(file.asText().matches("(copies|rejected)/part-\\d+-of-\\d+\\..*"), file::asText);
    }
    assertFalse(runJson().path("files").isEmpty());
  }

  @Test
  void runThatWouldReplaceItsOwnInputIsRefused() throws IOException {
    assertEquals(PipelineRun.DONE, runWith(), this::err);
    Set<String> written = files();
    input = out.resolve("copies");
    assertEquals(PipelineRun.USAGE, runWith());
    assertTrue(err().contains("which this run would replace"), this::err);
    assertEquals(written, files());
  }

  @Test
  void fileOfAnotherWithTheNameOfResultsIsNotReplaced() throws IOException {
    Files.createDirectories(out.resolve("copies"));
    Files.writeString(out.resolve("copies").resolve(LEFT_OVER), "mine");
    assertEquals(PipelineRun.USAGE, runWith());
    assertTrue(
        err().contains("copies/" + LEFT_OVER + " that no run of copy-lines lists"), this::err);
    assertEquals("mine", Files.readString(out.resolve("copies").resolve(LEFT_OVER)));
  }

  @Test
  void resultsOfAnotherPipelineAreNotTouched() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("run.json"), "{\"pipeline\":\"other\",\"files\":[\"x.tsv\"]}");
    Files.writeString(out.resolve("x.tsv"), "x");
    assertEquals(PipelineRun.USAGE, runWith());
    assertTrue(err().contains("holds results of other"), this::err);
    assertEquals("x", Files.readString(out.resolve("x.tsv")));
  }

  @Test
  void failureQuotesNoInput() {
    assertEquals(PipelineRun.FAILED, crash());
    assertTrue(
        err().contains("NumberFormatException at " + CopyLines.Copy.class.getName()), this::err);
    assertFalse(err().contains("crash 12"), this::err);
  }

  @Test
  void stackTraceQuotesNoInput() {
    assertEquals(PipelineRun.FAILED, crash("--stacktrace"));
    assertTrue(err().contains("java.lang.NumberFormatException\n"), this::err);
    assertFalse(err().contains("crash 12"), this::err);
  }

  private int crash(String... args) {
    try {
      Files.writeString(input, "crash 12\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return runWith(args);
  }

  @Test
  void runThatDoesNotAddUpFailsAndNamesTheStage() throws IOException {
    Files.writeString(input, "a\nlost\n");
    assertEquals(PipelineRun.FAILED, runWith());
    assertTrue(
        err().contains("FAILED: Stage 'Copy lines': in 2 is not out 1 + rejected 0"), this::err);
    assertFalse(runJson().path("conserved").asBoolean());
    assertFalse(runJson().path("violations").isEmpty());
  }

  @Test
  void tooManyRejectsFailTheRunAfterEverythingIsWritten() throws IOException {
    assertEquals(PipelineRun.FAILED, runWith("--maxRejectedFraction=0.3"));
    assertTrue(err().contains("--maxRejectedFraction=0.3; everything is written"), this::err);
    assertTrue(files().contains("run.json"));
    assertEquals(PipelineRun.DONE, runWith("--max-rejected-fraction=0.34"), this::err);
  }

  @Test
  void aRunOfWhichNothingCouldBeUsedSaysSoAndHasItsOwnStatus() throws IOException {
    Files.writeString(input, "bad\nbad\n");
    assertEquals(PipelineRun.NOTHING_USED, runWith());
    assertTrue(
        err()
            .contains(
                "copy-lines: nothing could be used: all 2 that went into 'Copy lines' were rejected"
                    + " (the first: the line is bad); is it what this pipeline reads?"),
        this::err);
    assertTrue(runJson().path("conserved").asBoolean());
    assertEquals(PipelineRun.FAILED, runWith("--maxRejectedFraction=0.99"));
  }

  @Test
  void anEmptyInputIsDoneAndSaysThatNothingCameIn() throws IOException {
    Files.writeString(input, "");
    assertEquals(PipelineRun.DONE, runWith(), this::err);
    assertTrue(out().contains("  nothing came in: the input holds no records"), this::out);
  }

  @Test
  void anOutputThatCanBeNoFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path impossible : List.of(file, file.resolve("below"))) {
      out = impossible;
      assertEquals(PipelineRun.USAGE, runWith());
      assertTrue(
          err().contains("is no folder: " + file + " is a file; choose another folder"), this::err);
    }
    // The account that runs the tests may be allowed everything; nobody can make a folder there.
    out = Path.of("/proc/healthbeam");
    assumeTrue(Files.isDirectory(out.getParent()), "there is no /proc");
    assertEquals(PipelineRun.USAGE, runWith());
    assertTrue(err().contains("--output=/proc/healthbeam/ cannot be "), this::err);
    assertEquals("x", Files.readString(file));
  }

  @Test
  void whatCannotBeRunAsAskedIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path key = Files.writeString(folder.resolve("key"), "short\n");
    assertRefused("Unknown option '--tmies' (did you mean '--times'?)", "--tmies=1");
    assertRefused("--kafkaPassword is no option: runners show options", "--kafkaPassword=x");
    assertRefused("--sasl.jaas.config is no option: runners show", "--sasl.jaas.config=x");
    assertRefused("Unexpected argument 'x'", "x");
    assertRefused("--times is given 2 times", "--times=1", "--times=2");
    assertRefused("--times=x is not a whole number; for example --times=2", "--times=x");
    assertRefused("--times=0 is below 1", "--times=0");
    assertRefused("--letterCase=u is not one of as-it-is, upper", "--letterCase=u");
    assertRefused("No profile 'direkt' (did you mean 'direct'?)", "--profile=direkt");
    assertRefused("are for different runners", "--runner=direct", "--profile=flink");
    assertRefused("No runner 'spark' is on the class path", "--runner=spark");
    assertRefused("--maxRejectedFraction=1.5 is not a fraction", "--maxRejectedFraction=1.5");
    assertRefused("--maxRejectedFraction=-0.1 is not a", "--maxRejectedFraction=-0.1");
    assertRefused("--maxRejectedFraction=NaN is not a", "--maxRejectedFraction=NaN");
    assertRefused("--pseudonymKeyFile is empty", "--pseudonymKeyFile=");
    assertRefused("no file system for the scheme 's3'", "--pseudonymKeyFile=s3://b/k");
    assertRefused("name the host too, as in hdfs://HOST:PORT/", "--pseudonymKeyFile=hdfs:///k");
    assertRefused("--log is empty", "--log=");
    assertRefused("--log=" + empty + " is a folder", "--log=" + empty);
    assertRefused("cannot be written", "--log=" + empty + "/none/x.log");
    assertRefused("--stacktrace=yes is not true or false", "--stacktrace=yes");
    assertRefused("--explainOptions=yes is not true or false", "--explainOptions=yes");
    assertRefused("key has 5 bytes; a key has from 16", "--pseudonymKeyFile=" + key);
    assertRefused("cannot be read: no such file", "--pseudonymKeyFile=" + empty + "/k");
    assertRefusedInput("missing.txt: no such file or folder", folder + "/missing.txt");
    assertRefusedInput("empty: there is no file in this folder", empty.toString());
    assertRefusedInput("*.csv: no file matches", input + "," + folder + "/*.csv");
    assertRefusedInput("copy-lines reads files, no topics", "kafka://topic");
    assertRefusedInput("no file system for the scheme 's3'", input + ",s3://bucket/in.txt");
    assertRefusedInput("no file system for the scheme 'foo'", "foo://bucket/*");
    assertRefusedInput("--input is empty", "");
    assertRefusedOutput("no file system for the scheme 's3'", "s3://bucket/out");
    assertRefusedOutput("no file system for the scheme 'kafka'", "kafka://topic");
    assertRefusedOutput("--output is empty", "");
    for (String glob : List.of("out*", "out?", "out[1]", "out{1}", "out\\1")) {
      assertRefusedOutput("has none of * ? [ { \\", folder.resolve(glob).toString());
    }
    assertEquals(PipelineRun.USAGE, run(Map.of(), "--output=" + out));
    assertTrue(err().contains("--input is missing"), this::err);
    try (Stream<Path> inside = Files.list(folder)) {
      assertEquals(List.of(empty, input, key), inside.sorted().toList());
    }
    assertFalse(Files.exists(out), "nothing was written");
  }

  private void assertRefused(String message, String... args) {
    stderr.reset();
    assertEquals(PipelineRun.USAGE, runWith(args), this::err);
    assertTrue(err().contains(message), this::err);
    assertEquals(1, err().lines().count(), this::err);
  }

  private void assertRefusedInput(String message, String value) {
    stderr.reset();
    assertEquals(PipelineRun.USAGE, run(Map.of(), "--input=" + value, "--output=" + out));
    assertTrue(err().contains(message), this::err);
  }

  private void assertRefusedOutput(String message, String value) {
    stderr.reset();
    assertEquals(PipelineRun.USAGE, run(Map.of(), "--input=" + input, "--output=" + value));
    assertTrue(err().contains(message), this::err);
  }

  @Test
  void logIsKeptHoweverItIsAskedFor() throws IOException {
    Path profile = folder.resolve("p.properties");
    Files.writeString(profile, "runner=direct\nlog=" + folder.resolve("profile.log") + "\n");
    try {
      assertEquals(0, runWith("--log", folder.resolve("space.log").toString()), this::err);
      assertEquals(0, runWith("--profile=" + profile), this::err);
      String percent = folder.resolve("100%t.log").toString();
      Map<String, String> environment = Map.of("HEALTHBEAM_LOG", percent);
      assertEquals(0, run(environment, "--input=" + input, "--output=" + out), this::err);
      for (String log : List.of("space.log", "profile.log", "100%t.log")) {
        assertTrue(Files.exists(folder.resolve(log)), log);
      }
    } finally {
      Logger root = Logger.getLogger("");
      for (Handler handler : root.getHandlers()) {
        if (handler instanceof FileHandler) {
          root.removeHandler(handler);
          handler.close();
        }
      }
    }
  }

  @Test
  void stackTraceIsShownHoweverItIsAskedFor() throws IOException {
    Files.writeString(input, "crash\n");
    Map<String, String> environment = Map.of("HEALTHBEAM_STACKTRACE", "true");
    assertEquals(1, run(environment, "--input=" + input, "--output=" + out));
    assertTrue(err().contains("    at "), this::err);
    stderr.reset();
    assertEquals(1, runWith("--stacktrace", "false"));
    assertFalse(err().contains("    at "), this::err);
  }

  @Test
  void folderAsInputMeansItsFiles() throws IOException {
    Path many = Files.createDirectories(folder.resolve("many"));
    Files.writeString(many.resolve("1.txt"), "a\nb\n");
    Files.writeString(many.resolve("2.txt"), "c\n");
    assertEquals(PipelineRun.DONE, run(Map.of(), "--input=" + many, "--output=" + out), this::err);
    assertEquals(3, runJson().path("stages").path(1).path("in").asLong());
  }

  @Test
  void variablesOfTheLauncherAndOfClustersAreNoOptions() {
    Map<String, String> others =
        Map.of("HEALTHBEAM_JAVA_OPTS", "-Xmx1g", "HEALTHBEAM_STATE", "/var/lib/healthbeam");
    assertEquals(PipelineRun.DONE, run(others, "--explainOptions", "--output=o"), this::err);
  }

  @Test
  void explainOptionsPrintsEveryValueWithItsOriginAndNoSecret() {
    Map<String, String> environment =
        Map.of("HEALTHBEAM_TIMES", "2", "HEALTHBEAM_API_TOKEN", "abcdef", "HOME", "/x");
    assertEquals(
        PipelineRun.DONE,
        run(environment, "--explainOptions", "--output=o", "--profile=direct"),
        this::err);
    assertTrue(out().matches("(?s).*times +2 +environment HEALTHBEAM_TIMES\n.*"), this::out);
    assertTrue(out().matches("(?s).*letterCase +as-it-is +built in\n.*"), this::out);
    assertTrue(out().matches("(?s).*output +o +command line\n.*"), this::out);
    assertTrue(out().matches("(?s).*blockOnRun +false +profile direct-batch\n.*"), this::out);
    assertTrue(out().matches("(?s).*input +built in \\(missing\\)\n.*"), this::out);
    assertFalse(out().contains("abcdef"), this::out);
  }

  @Test
  void helpListsEachOptionWithDefaultUnitAndExample() {
    assertEquals(PipelineRun.DONE, run(Map.of(), "--help"));
    assertTrue(out().contains("Copies 100% of lines."), this::out);
    assertTrue(out().contains("--letterCase=as-it-is|upper"), this::out);
    assertTrue(out().contains("Default: 1 (copies). Example: --times=2"), this::out);
    assertTrue(out().contains("--input=VALUE,..."), this::out);
    assertTrue(out().contains("--runner="), this::out);
  }

  @Test
  void optionsOfTheRunnerAreTakenToo() throws IOException {
    assertEquals(PipelineRun.DONE, runWith("--targetParallelism=2"), this::err);
    assertEquals("2", runJson().path("options").path("targetParallelism").asText());
  }
}
