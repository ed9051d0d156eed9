package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marked payloads go through the failure paths of every pipeline; the mark is looked for in
 * everything that the run says: terminal, log, run.json, rejects, report.
 */
@Tag("slow")
class PrivacyTest {
  /** Stands in every field of the broken records, as a whole and as a part of a value. */
  private static final String MARK = "XMARKX";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void mapCodesNamesNoPayload() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("fhir/Condition.ndjson.gz", 20, input.resolve("Condition.ndjson"));
    Inputs.text(
        input.resolve("broken.ndjson"),
        "{\"resourceType\":\"Patient\",\"id\":\"XMARKX\",\"name\":[{\"family\":\"XMARKX\"}",
        "XMARKX",
        "{\"resourceType\":\"XMARKX\",\"id\":\"XMARKX\"}",
        "{\"id\":\"XMARKX\",\"XMARKX\":1}",
        "[\"XMARKX\"]",
        "{\"resourceType\":\"Condition\",\"code\":{\"coding\":\"XMARKX\"}}",
        "{\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"system\":5,\"code\":[\"XMARKX\"]}]}}",
        "{\"resourceType\":\"Patient\",\"birthDate\":XMARKX}",
        "{\"resourceType\":\"Patient\",\"id\":\"\\uXMARKX\"}");
    Inputs.truncatedGzip(markedLines(), input.resolve("cut.ndjson.gz"));
    Files.write(input.resolve("binary.ndjson"), binary());
    check("map-codes", "--input=" + input, "--maps=" + Inputs.samples().resolve("maps"));
  }

  @Test
  void monitorVitalsNamesNoPayloadOfTables() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("vitals/ward.csv.gz", 200, input.resolve("ward.csv"));
    Inputs.text(
        input.resolve("broken.csv"),
        "subject,time,kind_or_code,value,unit",
        "XMARKX,XMARKX,heart_rate,60,",
        "XMARKX,2026-03-02T00:00:10Z,XMARKX,60,",
        "XMARKX,2026-03-02T00:00:10Z,heart_rate,XMARKX,",
        "XMARKX,2026-03-02T00:00:10Z,heart_rate,60,XMARKX",
        "XMARKX,2026-03-02T00:00:10Z,heart_rate,6000000,",
        "XMARKX",
        "\"XMARKX",
        ",2026-03-02T00:00:10Z,heart_rate,60,XMARKX");
    Inputs.truncatedGzip(markedLines(), input.resolve("cut.csv.gz"));
    check("monitor-vitals", "--input=" + input);
  }

  @Test
  void monitorVitalsNamesNoPayloadOfObservations() throws Exception {
    Path input = folder.resolve("in");
    Inputs.head("vitals/ward.ndjson.gz", 50, input.resolve("ward.ndjson"));
    Inputs.text(
        input.resolve("broken.ndjson"),
        "XMARKX",
        "{\"resourceType\":\"XMARKX\"}",
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/XMARKX\"}}",
        "{\"resourceType\":\"Observation\",\"status\":\"XMARKX\",\"subject\":{\"reference\":\"XMARKX\"},"
            + "\"effectiveDateTime\":\"XMARKX\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\","
            + "\"code\":\"8867-4\"}]},\"valueQuantity\":{\"value\":\"XMARKX\",\"code\":\"XMARKX\"}}");
    Inputs.truncatedGzip(markedLines(), input.resolve("cut.ndjson.gz"));
    check("monitor-vitals", "--input=" + input);
  }

  @Test
  void summarizeVariantsNamesNoPayload() throws Exception {
    Path input = folder.resolve("in");
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 60, input.resolve("cohort.vcf"));
    List<String> lines = new ArrayList<>(Files.readAllLines(cohort, StandardCharsets.ISO_8859_1));
    String record = lines.get(lines.size() - 1);
    // Contig, ID, FILTER and INFO take any text, which may then stand in results and report: they
    // are marked only where POS, REF or QUAL make the record one that is rejected.
    for (int column : new int[] {1, 3, 4, 5, 8, 9, 10, 11}) {
      String[] cells = record.split("\t");
      cells[column] = MARK;
      lines.add(String.join("\t", cells));
      if (column == 1 || column == 3 || column == 5) {
        for (int free : new int[] {0, 2, 6, 7}) {
          cells[free] = MARK;
        }
        lines.add(String.join("\t", cells));
      }
      cells[column] = cells[column].toLowerCase(Locale.ROOT) + "\u0001";
      lines.add(String.join("\t", cells));
    }
    lines.add(MARK);
    Files.write(cohort, lines, StandardCharsets.ISO_8859_1);
    check("summarize-variants", "--input=" + input);
  }

  @Test
  void runThatFailsInTheMiddleNamesNoPayload() throws Exception {
    Path cohort = Inputs.head("variants/cohort.vcf.gz", 60, folder.resolve("in/cohort.vcf"));
    Files.writeString(
        cohort,
        "chr20\tXMARKX\tXMARKX\tXMARKX\tXMARKX\tXMARKX\n",
        java.nio.file.StandardOpenOption.APPEND);
    Path out = folder.resolve("out");
    Path log = folder.resolve("run.log");
    HealthBeamProcess run =
        HealthBeamProcess.run(
                "direct",
                folder.resolve("process"),
                "run",
                "summarize-variants",
                "--input=" + cohort,
                "--onInvalid=strict",
                "--output=" + out,
                "--log=" + log,
                "--stacktrace")
            .endedWith(1);
    assertTrue(run.err().contains("FAILED"), run::err);
    assertFalse(marked(run.err()), run::err);
    assertFalse(marked(run.out()), run::out);
    assertFalse(marked(Files.readString(log)), "the log");
  }

  private void check(String pipeline, String... args) throws Exception {
    Path out = folder.resolve("out");
    Path log = folder.resolve("run.log");
    List<String> all = new ArrayList<>(List.of("run", pipeline, "--output=" + out, "--log=" + log));
    all.addAll(List.of(args));
    HealthBeamProcess run =
        HealthBeamProcess.run("direct", folder.resolve("process"), all.toArray(String[]::new))
            .endedWith(0);
    assertFalse(RunOutput.of(out).lines().get("rejected/").isEmpty(), "there are rejects");
    List<String> found = new ArrayList<>();
    if (marked(run.out()) || marked(run.err())) {
      found.add("terminal: " + run.out() + run.err());
    }
    List<Path> files =
        new ArrayList<>(List.of(log, out.resolve("run.json"), out.resolve("report.html")));
    try (Stream<Path> rejected = Files.list(out.resolve("rejected"))) {
      rejected.forEach(files::add);
    }
    for (Path file : files) {
      for (String line : lines(file)) {
        if (marked(line)) {
          found.add(file.getFileName() + ": " + line.substring(0, Math.min(300, line.length())));
        }
      }
    }
    assertTrue(Files.size(log) > 0, "something was logged");
    assertEquals(List.of(), found);
  }

  private static boolean marked(String text) {
    return text.toUpperCase(Locale.ROOT).contains(MARK);
  }

  private static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static List<String> markedLines() {
    return Stream.iterate(0, i -> i + 1).limit(500).map(i -> MARK + " " + i * 7919).toList();
  }

  private static byte[] binary() {
    byte[] bytes = (MARK + "\0\1\2" + MARK).repeat(10).getBytes(StandardCharsets.ISO_8859_1);
    bytes[7] = (byte) 0xff;
    return bytes;
  }
}
