package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorVitalsTest {
  private static final String TABLE =
      """
      subject,time,kind_or_code,value,unit
      a,2110-01-01T00:00:05Z,heart_rate,60,
      a,2110-01-01T00:00:06Z,heart_rate,70,bpm
      a,2110-01-01T00:00:06Z,heart_rate,70,
      a,2110-01-01T00:00:07Z,heart_rate,999,
      a,2110-01-01T00:00:07Z,8310-5,98.6,[degF]
      "b,c",2201-01-01T01:00:00+01:00,sbp,"1,5",
      b,not a time,sbp,120,
      """;

  @TempDir Path dir;

  @Test
  void tableBecomesSummariesScoresAndALedgerThatAddsUp() throws Exception {
    Path input = Files.writeString(dir.resolve("a.csv"), TABLE);
    Ledger ledger = run("--input=" + input);
    assertEquals(List.of(), ledger.violations());
    assertEquals(
        "{header=1, passed=7}",
        outcomes(ledger, "Find vital signs"),
        "every line is accounted for");
    assertEquals(
        "{passed=5, rejected:invalid-time=1, rejected:invalid-value=1}",
        outcomes(ledger, "Parse vital signs"));
    assertEquals("{passed=4, repaired=1}", outcomes(ledger, "Convert units"));
    assertEquals("{passed=4, rejected:implausible=1}", outcomes(ledger, "Check plausibility"));
    assertEquals("{duplicate=1, passed=3}", outcomes(ledger, "Summarize vital signs"));
    assertEquals(
        List.of(
            "a\theart_rate\t/min\t2110-01-01T00:00:00Z\t2110-01-01T00:01:00Z\t0\ttrue\t2\t65\t5"
                + "\t60\t70\t60\t70\t69.81818181818181\t36000\t60.5\t65\t69.5\t1\t54\t1\t1",
            "a\ttemperature\tCel\t2110-01-01T00:00:00Z\t2110-01-01T00:01:00Z\t0\ttrue\t1\t37\t0"
                + "\t37\t37\t37\t37\t37\t\t37\t37\t37\t1\t53\t0\t0"),
        rows("summaries.tsv"));
    List<String> scores = rows("scores.tsv");
    assertEquals(3, scores.size());
    assertEquals(
        "a\t2110-01-01T00:00:07Z\tNEWS2\t0\tlow\t0"
            + "\trespiratory_rate,spo2,inspired_oxygen,systolic_bp,consciousness\t0\t14"
            + "\t\t\t\t\t\t\t\t\t\t\t\t\t0\t70\t1\t\t\t\t0\t37\t0",
        scores.get(2));
  }

  @Test
  void severalScoresShareOneTable() throws Exception {
    Path input =
        Files.writeString(
            dir.resolve("a.csv"),
            """
            subject,time,kind_or_code,value,unit
            a,2110-01-01T00:00:00Z,heart_rate,91,
            a,2110-01-01T00:00:00Z,sbp,70,
            a,2110-01-01T00:00:00Z,dbp,50,
            """);
    run("--input=" + input, "--scores=shock-index,MAP,qsofa");
    String start = "a\t2110-01-01T00:00:00Z\t";
    assertEquals(
        List.of(
            start
                + "MAP\t56.666666666666664\thigh\t0\t\t56.666666666666664\t56.666666666666664"
                + "\t\t\t\t\t70\t0\t\t50\t0\t\t\t\t\t\t\t\t\t",
            start
                + "qSOFA\t1\tlow\t0\trespiratory_rate,consciousness\t1\t3"
                + "\t\t\t\t1\t70\t0\t\t\t\t\t\t\t\t\t\t\t\t",
            start
                + "shock-index\t1.3\thigh\t0\t\t1.3\t1.3"
                + "\t\t91\t0\t\t70\t0\t\t\t\t\t\t\t\t\t\t\t\t"),
        rows("scores.tsv"));
  }

  @Test
  void alertsAndTheirBurdenAreToldWithWhatWasAcknowledged() throws Exception {
    Path input =
        Files.writeString(
            dir.resolve("a.csv"),
            """
            subject,time,kind_or_code,value,unit
            a,2110-01-01T23:00:00Z,heart_rate,140,
            a,2110-01-02T01:00:00Z,heart_rate,120,
            a,2110-01-02T01:10:00Z,heart_rate,150,
            a,2110-01-02T02:00:00Z,heart_rate,80,
            """);
    Path seen =
        Files.writeString(
            dir.resolve("seen.csv"),
            "subject,time,rule\nPatient/a,2110-01-02T02:05:00+01:00,heart-rate-high\n");
    run("--input=" + input, "--acknowledgements=" + seen);
    List<String> pulse =
        rows("alerts.tsv").stream().filter(r -> r.contains("heart-rate-high")).toList();
    assertEquals(
        List.of(
            "a\t2110-01-01T23:00:00Z\theart-rate-high\traised\tmedium\t\theart_rate 140 (>=131)",
            "a\t2110-01-02T01:00:00Z\theart-rate-high\tcleared\tmedium\t\theart_rate 120",
            "a\t2110-01-02T01:05:00Z\theart-rate-high\tacknowledged\tmedium\t\tnot active; silent for 30m",
            "a\t2110-01-02T01:10:00Z\theart-rate-high\tsuppressed\tmedium\t"
                + "\theart_rate 150 (>=131)",
            "a\t2110-01-02T01:35:00Z\theart-rate-high\traised\tmedium\t"
                + "\theart_rate 150 (>=131)",
            "a\t2110-01-02T02:00:00Z\theart-rate-high\tcleared\tmedium\t\theart_rate 80"),
        pulse);
    assertTrue(
        rows("alerts.tsv")
            .contains(
                "a\t2110-01-01T23:00:00Z\tnews2-single-3\traised\tlow-medium\t3"
                    + "\tNEWS2 risk low-medium (>=1 <2)"));
    List<String> burden = rows("burden.tsv");
    // The pulse alert and the single 3 of an hour each; the next day those of the pulse (1 h and
    // 50 min), the single 3 (1 h and 50 min), and from 14:00 on the missing reading (10 h).
    assertEquals("a\t2110-01-01\t2\t0\t0\t7200\t0", burden.get(0));
    assertEquals("a\t2110-01-02\t3\t1\t0\t" + (2 * (3600 + 3000) + 36000) + "\t0", burden.get(1));
  }

  @Test
  void burdenTellsHowLongAlertsWereActiveWithoutTheirCondition() throws Exception {
    Path input =
        Files.writeString(
            dir.resolve("a.csv"),
            """
            subject,time,kind_or_code,value,unit
            a,2110-01-01T08:00:00Z,heart_rate,131,
            a,2110-01-01T08:10:00Z,heart_rate,128,
            a,2110-01-01T08:30:00Z,heart_rate,125,
            """);
    Path rules =
        Files.writeString(
            dir.resolve("rules.json"),
            "[{'name':'pulse','priority':'low','signal':{'value':'heart_rate'},".replace('\'', '"')
                + "'raise':['>=131'],'clear':['<=125'],'offDelay':'5m'}]".replace('\'', '"'));
    run("--input=" + input, "--alertRules=" + rules);
    // Active from 8:00 to 8:35, the condition until 8:10.
    assertEquals(List.of("a\t2110-01-01\t1\t0\t0\t2100\t1500"), rows("burden.tsv"));
  }

  @Test
  void everyHeardOrSilentAlertIsInTheBurden() throws Exception {
    Path input = Files.writeString(dir.resolve("a.csv"), TABLE);
    run("--input=" + input);
    long heard =
        rows("alerts.tsv").stream()
            .filter(r -> List.of("raised", "missing", "repeated").contains(r.split("\t")[3]))
            .count();
    assertEquals(
        heard, rows("burden.tsv").stream().mapToLong(r -> Long.parseLong(r.split("\t")[2])).sum());
    assertTrue(heard > 0);
  }

  @Test
  void alertsThatAreOffWriteNothing() throws Exception {
    Path input = Files.writeString(dir.resolve("a.csv"), TABLE);
    run("--input=" + input, "--alerts=off");
    assertTrue(Files.exists(dir.resolve("out/scores.tsv")));
    assertTrue(Files.notExists(dir.resolve("out/alerts.tsv")));
    assertTrue(Files.notExists(dir.resolve("out/burden.tsv")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MARK,2110-01-01T00:00:00,pulse | line 2 has no time",
        "MARK,2110-01-01T00:00:00Z,heart-rate-hgih | line 2 names a rule that there is not",
        "MARK,1969-12-31T00:00:00Z,heart-rate-high | line 2 has a time before 1970",
        "MARK,+10000-01-01T00:00:00Z, | line 2 has a time before 1970 or after 9999",
        "' ,2110-01-01T00:00:00Z,' | line 2 has no subject",
        "MARK,2110-01-01T00:00:00Z | line 2 has not the three fields",
        "'MARK,\"2110' | line 2 cannot be read"
      })
  void acknowledgementsThatCannotBeReadAreNamedByTheirLine(String line, String message)
      throws Exception {
    Path seen = Files.writeString(dir.resolve("seen.csv"), "subject,time,rule\n" + line + "\n");
    UsageException e =
        assertThrows(
            UsageException.class,
            () -> VitalSettings.of(options("--input=a", "--acknowledgements=" + seen)));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(-1, e.getMessage().indexOf("MARK"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"--scores=apache | is none of news2, qsofa", "--scores=news2,NEWS2 | stands twice"})
  void scoresThatAreUnknownOrStandTwiceAreRefused(String option, String message) {
    UsageException e =
        assertThrows(UsageException.class, () -> VitalSettings.of(options("--input=a", option)));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void noIdentifierOrValueStandsInWhatIsWrittenUnderAPseudonym() throws Exception {
    String mark = "MARK77";
    Path input =
        Files.writeString(
            dir.resolve("m.csv"),
            ("subject,time,kind_or_code,value,unit\n"
                    + "M,2110-01-01T00:00:05Z,spo2,97,\n"
                    + "M,2110-01-01T00:00:06Z,spo2,M,\n"
                    + "M,M,spo2,97,\n"
                    + "M,2110-01-01T00:00:06Z,M,97,\n"
                    + "M,2110-01-01T00:00:06Z,spo2,97,M\n"
                    + "M,2110-01-01T00:00:06Z,spo2,977777,\n"
                    + "\"M,2110-01-01T00:00:06Z,spo2,97,\n")
                .replace("M", mark));
    Path key = Files.writeString(dir.resolve("key"), "0123456789abcdef0123456789abcdef");
    Path scale2 = Files.writeString(dir.resolve("scale2"), mark + "\n");
    Ledger ledger = run("--input=" + input, "--pseudonymKeyFile=" + key, "--spo2Scale2=" + scale2);
    assertEquals(List.of(), ledger.violations());
    assertEquals(6, ledger.stages().stream().mapToLong(s -> s.rejected()).sum());
    List<String> written = new ArrayList<>(rows("summaries.tsv"));
    written.addAll(rows("scores.tsv"));
    int alerts = rows("alerts.tsv").size();
    written.addAll(rows("alerts.tsv"));
    int days = rows("burden.tsv").size();
    written.addAll(rows("burden.tsv"));
    written.addAll(Files.readAllLines(dir.resolve("rejects-00000-of-00001")));
    assertEquals(1 + 1 + alerts + days + 6, written.size());
    assertTrue(alerts > 0 && days > 0);
    for (String line : written) {
      assertEquals(-1, line.indexOf(mark), line);
      assertEquals(-1, line.indexOf("977777"), line);
    }
    assertTrue(
        rows("scores.tsv").get(0).contains("\t\t97\t0\t"),
        "the pseudonym is still on scale 2: no points without air or oxygen");
  }

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "Patient/a, a",
    "a, Patient/a",
    "urn:uuid:a, a",
    "Patient/a, urn:uuid:a",
    "a, https://example.org/fhir/Patient/a",
  })
  void subjectsOnScale2AreFoundHoweverTheyAreWritten(String inTable, String inList)
      throws Exception {
    Path input =
        Files.writeString(
            dir.resolve("a.csv"),
            "subject,time,kind_or_code,value,unit\n"
                + inTable
                + ",2110-01-01T00:00:05Z,spo2,90,%\n");
    Path list = Files.writeString(dir.resolve("list"), "\uFEFF" + inList + "\r\nanother\r\n");
    run("--input=" + input, "--spo2Scale2=" + list);
    String score = rows("scores.tsv").get(0);
    assertTrue(score.startsWith("a\t2110-01-01T00:00:05Z\tNEWS2\t0\t"), "3 on scale 1: " + score);
  }

  @ParameterizedTest
  @CsvSource({"--window=8d", "--window=169h", "--scorePeriod=8d"})
  void windowsTooLongForTheMemoryAreRefused(String option) {
    UsageException e =
        assertThrows(UsageException.class, () -> VitalSettings.of(options("--input=a", option)));
    assertTrue(e.getMessage().contains("longer than 7d"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slide=5m --ladder=1m,1h | --slide and --ladder exclude each other",
        "--sessionGap=5m --ladder=1m,1h | --sessionGap and --ladder exclude each other",
        "--window=1h --slide=7m | windows of 1h must be a multiple of their step 7m long",
        "--ladder=10s,15s | --ladder: windows of a ladder must each be a multiple",
        "--ladder=10s | --ladder: a ladder has at least two lengths",
        "--longestSession=1d | --longestSession needs --sessionGap",
        "--sessionGap=1h --longestSession=90d | --sessionGap: longest session 90d is not from the",
        "--sessionGap=5 | --sessionGap: '5' is not a duration",
        "--earlyFirings=0s | --earlyFirings: '0s' must be longer than 0",
        "--allowedLateness=3651d | --allowedLateness: '3651d' is longer than 3650d",
        "--maxDelay=999999999d | --maxDelay: '999999999d' is longer than 3650d",
        "--horizon=32d | --horizon: '32d' is longer than 31d",
        "--horizon=4h,temperature=745h | --horizon: '4h,temperature=745h' is longer than 31d",
      })
  void windowsThatCannotBeMadeAreRefusedWithASentence(String args, String sentence) {
    String[] all = ("--input=a " + args).split(" ");
    UsageException e = assertThrows(UsageException.class, () -> VitalSettings.of(options(all)));
    assertTrue(e.getMessage().contains(sentence), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--input=a --earlyFirings=30s | --earlyFirings=30s: a batch tells no window early",
        "--input=kafka://a --replaySpeed=60 | --replaySpeed=60: topics come as they come",
        "--input=a --streaming --earlyFirings=1s | --earlyFirings=1s: what is told early is not",
        "--input=a --replayOrder=FILE | --replayOrder=file: only files that are read as a stream",
        "--input=kafka://a --streaming --replayOrder=FILE | --replayOrder=file: only files that",
        "--input=a --idleTimeout=5m | --idleTimeout=5m: files have no partitions",
        "--input=a --timeBasis=DATA | --timeBasis=data: files are replayed by their own times",
      })
  void optionsThatWouldDoNothingAreRefused(String args, String sentence) {
    UsageException e =
        assertThrows(
            UsageException.class, () -> new MonitorVitals().check(options(args.split(" "))));
    assertTrue(e.getMessage().contains(sentence), e.getMessage());
  }

  @Test
  void ladderAndSessionsAreToldInOneFileEach() throws Exception {
    Path input =
        Files.writeString(
            dir.resolve("a.csv"),
            """
            subject,time,kind_or_code,value,unit
            a,2110-01-01T00:00:05Z,heart_rate,60,
            a,2110-01-01T00:00:45Z,heart_rate,70,
            a,2110-01-01T00:02:00Z,heart_rate,80,
            a,2110-01-01T03:00:00Z,spo2,97,
            """);
    run("--input=" + input, "--ladder=1m,1h,1d");
    assertEquals(
        List.of(
            "00:00:00Z 2110-01-01T00:01:00Z 2 65",
            "00:00:00Z 2110-01-01T01:00:00Z 3 70",
            "00:00:00Z 2110-01-02T00:00:00Z 3 70",
            "00:02:00Z 2110-01-01T00:03:00Z 1 80",
            "00:00:00Z 2110-01-02T00:00:00Z 1 97",
            "03:00:00Z 2110-01-01T03:01:00Z 1 97",
            "03:00:00Z 2110-01-01T04:00:00Z 1 97"),
        windows());
    run("--input=" + input, "--sessionGap=2h");
    assertEquals(
        List.of("00:00:05Z 2110-01-01T02:02:00Z 3 70", "03:00:00Z 2110-01-01T05:00:00Z 1 97"),
        windows());
    run("--input=" + input, "--window=4m", "--slide=2m");
    assertEquals(
        List.of(
            "00:00:00Z 2110-01-01T00:04:00Z 3 70",
            "00:02:00Z 2110-01-01T00:06:00Z 1 80",
            "23:58:00Z 2110-01-01T00:02:00Z 2 65",
            "02:58:00Z 2110-01-01T03:02:00Z 1 97",
            "03:00:00Z 2110-01-01T03:04:00Z 1 97"),
        windows());
  }

  /** Start without its day, end, n and mean of each row, by kind. */
  private List<String> windows() throws IOException {
    return rows("summaries.tsv").stream()
        .map(row -> row.split("\t"))
        .sorted(
            Comparator.comparing((String[] c) -> c[1])
                .thenComparing(c -> c[3].substring(11))
                .thenComparing(c -> c[4]))
        .map(c -> c[3].substring(11) + " " + c[4] + " " + c[7] + " " + c[8])
        .toList();
  }

  @Test
  void windowOfAWeekIsTaken() throws Exception {
    assertEquals(
        Duration.ofDays(7), VitalSettings.of(options("--input=a", "--window=7d")).scorePeriod());
  }

  @Test
  void tablesAndFhirTogetherAreRefusedByName() throws Exception {
    Path table = Files.writeString(dir.resolve("a.csv"), TABLE);
    Path fhir = Files.writeString(dir.resolve("b.ndjson"), "{}\n");
    UsageException e =
        assertThrows(
            UsageException.class,
            () -> new MonitorVitals().check(options("--input=" + table + "," + fhir)));
    assertTrue(e.getMessage().contains("a.csv"), e.getMessage());
    assertTrue(e.getMessage().contains("b.ndjson"), e.getMessage());
  }

  private MonitorVitalsOptions options(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--output=" + dir.resolve("out"));
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .as(MonitorVitalsOptions.class);
  }

  private Ledger run(String... args) throws UsageException {
    MonitorVitalsOptions options = options(args);
    MonitorVitals monitor = new MonitorVitals();
    monitor.check(options);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    monitor.build(pipeline, options, rejects);
    rejects
        .all(pipeline)
        .apply("Reject lines", MapElements.into(TypeDescriptors.strings()).via(Rejected::toString))
        .apply(
            "Write rejects", TextIO.write().to(dir.resolve("rejects").toString()).withNumShards(1));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return rejects.ledger(result.metrics());
  }

  private static String outcomes(Ledger ledger, String stage) {
    return ledger.stages().stream()
        .filter(s -> s.stage().equals(stage))
        .findFirst()
        .orElseThrow()
        .outcomes()
        .toString();
  }

  private List<String> rows(String file) throws IOException {
    List<String> lines = Files.readAllLines(dir.resolve("out").resolve(file));
    return lines.subList(1, lines.size()).stream().sorted().toList();
  }
}
