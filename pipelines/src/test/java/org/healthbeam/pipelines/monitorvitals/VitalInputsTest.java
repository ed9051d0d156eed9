package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same vital signs in each of the formats, and what corrects them. */
class VitalInputsTest {
  private static final String MAP =
      "source_system\tsource_code\ttarget_system\ttarget_code\trelationship\n"
          + "urn:ward\tHF\thttp://loinc.org\t8867-4\tequivalent\n"
          + "urn:ward\tAF\thttp://loinc.org\t9279-1\tequivalent\n"
          + "99WARD\tHF\thttp://loinc.org\t8867-4\tequivalent\n";
  private static final String MSH =
      "MSH|^~\\&|MON|ICU|EHR|H|21100101000500+0000||ORU^R01^ORU_R01|1|P|2.5.1\r";
  private static final String PID = "PID|1||a^^^H^MR\rOBR|1||F1||||21100101000005+0000\r";

  @TempDir Path dir;
  private Path map;

  @BeforeEach
  void writeMap() throws IOException {
    map = Files.writeString(dir.resolve("ward.tsv"), MAP);
  }

  @Test
  void messagesBecomeSummariesAndScores() throws Exception {
    String messages =
        "\u000B"
            + MSH
            + PID
            + "OBX|1|NM|8867-4^Heart rate^LN||72|/min^^UCUM|||||F\r"
            + "OBX|2|NM|8310-5^Temperature^LN||98.6|[degF]^^UCUM|||||F\r"
            + "OBX|3|NM|8867-4^Heart rate^LN||>100|/min^^UCUM|||||F\r"
            + "OBX|4|NM|718-7^Hemoglobin^LN||12|g/dL^^UCUM|||||F\r"
            + "\u001C\r\u000B"
            + MSH.replace("ORU^R01^ORU_R01", "ADT^A01")
            + PID
            + "\u001C\r";
    Path input = Files.writeString(dir.resolve("wire.hl7"), messages);
    Ledger ledger = run("--input=" + input);
    assertEquals(List.of(), ledger.violations());
    assertEquals(
        "{message=1, not-a-vital-sign=1, passed=3, rejected:unsupported=1}",
        outcomes(ledger, "Find vital signs"));
    assertEquals("{passed=2, rejected:invalid-value=1}", outcomes(ledger, "Parse vital signs"));
    assertEquals(List.of("heart_rate=72", "temperature=37"), means());
    assertEquals(1, rows("scores.tsv").size());
  }

  @Test
  void localCodesAreMappedInEveryFormat() throws Exception {
    Path table =
        Files.writeString(
            dir.resolve("a.csv"),
            "\uFEFFsubject;time;kind_or_code;value;unit;device\r\n"
                + "a;2110-01-01T00:00:05Z;HF;\"60\";bpm;x\r\n"
                + "a;2110-01-01T00:00:05Z;AF;15;;x\r\n"
                + "a;2110-01-01T00:00:05Z;unknown;15;;x\r\n");
    Ledger ofTable = run("--input=" + table, "--maps=" + map, "--codeSystem=urn:ward");
    assertEquals(List.of("heart_rate=60", "respiratory_rate=15"), means());
    assertEquals("{passed=2, rejected:unknown-code=1}", outcomes(ofTable, "Parse vital signs"));

    Path message =
        Files.writeString(
            dir.resolve("b.hl7"),
            MSH
                + PID
                + "OBX|1|NM|HF^Herzfrequenz^99WARD||61|/min^^UCUM|||||F\r"
                + "OBX|2|NM|AF||16||||||F\r");
    run("--input=" + message, "--maps=" + map, "--codeSystem=urn:ward");
    assertEquals(List.of("heart_rate=61", "respiratory_rate=16"), means());

    Path fhir =
        Files.writeString(
            dir.resolve("c.ndjson"),
            "{'resourceType':'Observation','subject':{'reference':'Patient/a'},".replace('\'', '"')
                + "'effectiveDateTime':'2110-01-01T00:00:05Z',".replace('\'', '"')
                + "'code':{'coding':[{'system':'urn:ward','code':'HF'}]},".replace('\'', '"')
                + "'valueQuantity':{'value':62,'code':'/min'}}\n".replace('\'', '"'));
    run("--input=" + fhir, "--maps=" + map);
    assertEquals(List.of("heart_rate=62"), means());
    run("--input=" + fhir);
    assertEquals(List.of(), means());
  }

  @Test
  void loincCountsBeforeALocalCodeInMessagesToo() throws Exception {
    Path message =
        Files.writeString(
            dir.resolve("b.hl7"),
            MSH + PID + "OBX|1|NM|HF^Frequenz^99WARD^9279-1^Respiratory rate^LN||16||||||F\r");
    run("--input=" + message, "--maps=" + map);
    assertEquals(List.of("respiratory_rate=16"), means());
  }

  @Test
  void sourcesThatAreNoFilesHaveNoHeader() throws Exception {
    FileHeaders headers = new FileHeaders(CsvColumns.standard());
    assertEquals(CsvColumns.standard().standardRow(), headers.headerOf("kafka://ward/0"));
    assertThrows(IllegalArgumentException.class, () -> headers.headerOf("mqtt://ward/0"));
    assertThrows(FileNotFoundException.class, () -> headers.headerOf(dir + "/none"));
  }

  @Test
  void correctionsReachSummariesScoresAndTheLedger() throws Exception {
    Path table =
        Files.writeString(
            dir.resolve("a.csv"),
            """
            who,subject,time,kind_or_code,value,state,changed
            1,a,2110-01-01T00:00:05Z,heart_rate,150,,
            1,a,2110-01-01T00:00:05Z,heart_rate,150,,
            1,a,2110-01-01T00:00:05Z,heart_rate,75,corrected,2110-01-01T01:00:00Z
            1,a,2110-01-01T00:00:05Z,heart_rate,105,amended,2110-01-01T00:30:00Z
            2,a,2110-01-01T00:00:07Z,heart_rate,220,final,
            2,a,2110-01-01T00:00:07Z,heart_rate,,Entered_in error,
            3,a,2110-01-01T00:00:09Z,heart_rate,77,preliminary,
            4,a,2110-01-01T00:00:11Z,heart_rate,77,cancelled,
            """);
    Ledger ledger = run("--input=" + table, "--columns=id=who,status=state,issued=changed");
    assertEquals(List.of(), ledger.violations());
    assertEquals("{passed=7, rejected:withdrawn=1}", outcomes(ledger, "Parse vital signs"));
    assertEquals(
        "{passed=2, superseded=3, withdrawal=1, withdrawn=1}",
        outcomes(ledger, "Summarize vital signs"));
    assertEquals(List.of("heart_rate=76"), means());
    List<String> scores = rows("scores.tsv");
    assertEquals(2, scores.size(), "no score of what was taken back");
    for (String score : scores) {
      assertEquals("0", score.split("\t")[3], score);
    }
  }

  @Test
  void preliminaryAndFinalResultsOfAMessageCountOnceAndTwoHospitalsEqualNumbersAreTwoPatients()
      throws Exception {
    String obx = "OBX|1|NM|8867-4^^LN||%d||||||%s\r";
    String later = MSH.replace("21100101000500", "21100101000600");
    String other = PID.replace("^^^H^", "^^^OTHER^");
    Path input =
        Files.writeString(
            dir.resolve("wire.hl7"),
            later
                + PID
                + obx.formatted(64, "F")
                + MSH
                + PID
                + obx.formatted(60, "P")
                + other
                + obx.formatted(90, "F"));
    Ledger ledger = run("--input=" + input);
    assertEquals(List.of(), ledger.violations());
    assertEquals("{passed=2, superseded=1}", outcomes(ledger, "Summarize vital signs"));
    assertEquals(List.of("heart_rate=64", "heart_rate=90"), means());
    assertTrue(rows("summaries.tsv").get(0).startsWith("H|a\t"));
  }

  @Test
  void artefactsAreLeftOutOnlyIfThatIsAskedForAndStandInAFileOfTheirOwn() throws Exception {
    StringBuilder table = new StringBuilder("subject,time,kind_or_code,value\n");
    for (int minute = 10; minute < 20; minute++) {
      table.append("a,2110-01-01T00:" + minute + ":00Z,heart_rate," + (minute == 14 ? 250 : 80));
      table.append('\n');
    }
    Path input = Files.writeString(dir.resolve("a.csv"), table);
    Ledger off = run("--input=" + input, "--window=1h");
    assertEquals("{passed=10}", outcomes(off, "Summarize vital signs"));
    assertEquals(List.of("heart_rate=97"), means());
    List<String> alerts = rows("alerts.tsv");
    assertTrue(alerts.stream().anyMatch(row -> row.contains("heart-rate-high\traised")));
    Ledger on = run("--input=" + input, "--window=1h", "--artefacts=hampel");
    assertEquals(alerts, rows("alerts.tsv"), "no alarm hangs on what is taken for an artefact");
    assertEquals(List.of(), on.violations());
    assertEquals("{artefact=1, passed=9}", outcomes(on, "Summarize vital signs"));
    assertEquals("{passed=1}", outcomes(on, "Judge artefacts"));
    assertEquals(List.of("heart_rate=80"), means());
    assertEquals(9, rows("scores.tsv").size());
    assertEquals(
        List.of("a\t2110-01-01T00:14:00Z\theart_rate\t/min\t250\t80\t15\t0\ttrue"),
        rows("artefacts.tsv"));
    Path policy = Files.writeString(dir.resolve("own"), "span 1m\nspo2 2\n");
    Ledger own = run("--input=" + input, "--window=1h", "--artefacts=" + policy);
    assertEquals("{passed=10}", outcomes(own, "Summarize vital signs"));
    UsageException wrong =
        assertThrows(
            UsageException.class,
            () -> VitalSettings.of(options("--input=" + input, "--artefacts=" + input)));
    assertTrue(wrong.getMessage().contains("line 1"), wrong.getMessage());
  }

  @Test
  void messagesReadAsAStreamGiveTheRowsOfTheBatch() throws Exception {
    StringBuilder messages = new StringBuilder();
    for (int minute = 30; minute >= 10; minute--) {
      String time = "2110010100" + minute + "00+0000";
      messages.append(MSH).append(PID);
      messages.append("OBX|1|NM|8867-4^^LN||" + (minute == 20 ? 250 : 70 + minute % 3));
      messages.append("||||||F|||" + time + "\r");
    }
    Path input = Files.writeString(dir.resolve("shift.hl7"), messages);
    List<List<String>> batch = told("--input=" + input, "--artefacts=hampel");
    List<List<String>> stream =
        told("--input=" + input, "--artefacts=hampel", "--streaming=true", "--maxDelay=1h");
    assertEquals(20, batch.get(0).size());
    assertEquals(batch, stream);
  }

  /** Final rows without their revision. */
  private List<List<String>> told(String... args) throws Exception {
    Ledger ledger = run(args);
    assertEquals(List.of(), ledger.violations());
    return List.of(
        rows("summaries.tsv").stream().map(row -> without(row, 5)).toList(),
        rows("scores.tsv").stream().map(row -> without(row, 5)).toList());
  }

  private static String without(String row, int column) {
    List<String> cells = new ArrayList<>(List.of(row.split("\t", -1)));
    cells.remove(column);
    return String.join("\t", cells);
  }

  @Test
  void subjectsOfMessagesAreReplacedByTheSamePseudonyms() throws Exception {
    Path key = Files.writeString(dir.resolve("key"), "0123456789abcdef0123456789abcdef");
    Path message =
        Files.writeString(
            dir.resolve("b.hl7"),
            MSH + PID + "OBX|1|NM|8867-4^^LN||61||||||F\r".repeat(2) + "OBX|1|NM|8867-4\r");
    Path table =
        Files.writeString(
            dir.resolve("a.csv"),
            "subject,time,kind_or_code,value\nH|a,2110-01-01T00:00:05Z,heart_rate,61\n");
    run("--input=" + table, "--pseudonymKeyFile=" + key);
    List<String> ofTable = rows("summaries.tsv");
    Ledger ledger = run("--input=" + message, "--pseudonymKeyFile=" + key);
    assertEquals(List.of(), ledger.violations());
    String subject = rows("summaries.tsv").get(0).split("\t")[0];
    assertEquals(ofTable.get(0).split("\t")[0], subject);
    assertEquals(PayloadHash.keyed(Files.readAllBytes(key)).pseudonym("H|a"), subject);
  }

  private MonitorVitalsOptions options(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--output=" + dir.resolve("out"));
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .as(MonitorVitalsOptions.class);
  }

  private Ledger run(String... args) throws UsageException, IOException {
    MonitorVitalsOptions options = options(args);
    MonitorVitals monitor = new MonitorVitals();
    monitor.check(options);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    monitor.build(pipeline, options, rejects);
    rejects
        .all(pipeline)
        .apply("Reject lines", MapElements.into(TypeDescriptors.strings()).via(Rejected::toString));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    monitor.finish(options);
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

  private List<String> means() throws IOException {
    return rows("summaries.tsv").stream()
        .map(row -> row.split("\t"))
        .map(row -> row[1] + "=" + row[8])
        .toList();
  }
}
