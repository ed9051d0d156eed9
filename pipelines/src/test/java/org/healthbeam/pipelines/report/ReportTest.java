package org.healthbeam.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path temp;

  private PageText write(Path... folders) throws IOException {
    return PageText.of(temp.resolve("out/report.html"), folders);
  }

  @Test
  void demoHasASectionForEachFamilyAndOneForTheOverview() throws IOException {
    PageText page = write(Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS);
    assertEquals(List.of("overview", "codes", "vitals", "variants"), page.sections());
  }

  @Test
  void singleRunHasNoSectionOfAnAbsentFamily() throws IOException {
    assertEquals(List.of("overview", "codes"), write(Fixtures.CODES).sections());
    assertEquals(List.of("overview", "vitals"), write(Fixtures.VITALS).sections());
    assertEquals(List.of("overview", "variants"), write(Fixtures.VARIANTS).sections());
  }

  @Test
  void twoRunsOfOneFamilyHaveAnchorsOfTheirOwn() throws IOException {
    PageText page = write(Fixtures.CODES, Fixtures.CODES);
    assertEquals(List.of("overview", "codes", "codes-2"), page.sections());
    assertTrue(page.data().has("coverage-2"));
  }

  @Test
  void sameFilesGiveSameBytes() throws IOException {
    String first = write(Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS).html();
    assertEquals(first, write(Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS).html());
  }

  @Test
  void orderOfTheLinesDoesNotMatter() throws IOException {
    String inOrder = write(Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS).html();
    List<Path> reversed = new ArrayList<>();
    for (Path folder : List.of(Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS)) {
      reversed.add(Fixtures.reversed(folder, temp.resolve(folder.getFileName())));
    }
    assertEquals(inOrder, write(reversed.toArray(new Path[0])).html());
  }

  @Test
  void folderWithoutAnyFileIsSaidToBeUnknown() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("nothing"));
    PageText page = write(folder);
    assertEquals(List.of("overview"), page.sections());
    assertTrue(page.html().contains("no run.json that can be read"));
  }

  @Test
  void emptyRunShowsEmptyTablesAndNoPlotsOfNothing() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("empty"));
    for (Path original : List.of(Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS)) {
      try (var files = Files.list(original)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).toList()) {
          Files.writeString(
              folder.resolve(file.getFileName()), Files.readAllLines(file).get(0) + "\n");
        }
      }
    }
    Files.writeString(folder.resolve("cohort.json"), "");
    Files.writeString(folder.resolve("run.json"), "{\"pipeline\":\"map-codes\",\"stages\":[]}");
    PageText page = write(folder);
    assertEquals(List.of("overview", "codes", "vitals", "variants"), page.sections());
    assertFalse(page.data().has("ward"));
    assertFalse(page.data().has("spectrum"));
  }

  @Test
  void brokenRunJsonIsNoReasonToFail() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("broken"));
    Files.writeString(folder.resolve("run.json"), "{\"pipeline\":");
    assertTrue(write(folder).html().contains("no run.json that can be read"));
  }

  @Test
  void runThatDoesNotAddUpIsAnAlarm() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("leak"));
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"pipeline":"map-codes","stages":[{"stage":"Parse","unit":"lines","in":10,"out":8,
        "rejected":1,"outcomes":{"passed":8,"rejected:malformed":1},"conserved":false}],
        "conserved":false,"violations":["Stage 'Parse': in 10 is not out 8 + rejected 1"]}
        """);
    PageText page = write(folder);
    assertTrue(page.html().contains("Does not add up. map-codes: Stage 'Parse'"));
    assertTrue(page.html().contains("class=\"alarming\""));
  }

  /** A stream with all its revisions: a row that is not final, and a score that was withdrawn. */
  @Test
  void partsOfAStreamThatWasCutOffAreShownAsTheTableOfTheirFinalRows() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("cut-off"));
    Path whole = Files.createDirectory(temp.resolve("whole"));
    for (String table : List.of("summaries", "scores", "quality", "gaps")) {
      List<String> lines = Files.readAllLines(Fixtures.VITALS.resolve(table + ".tsv"));
      Files.write(whole.resolve(table + ".tsv"), lines);
      Path parts = Files.createDirectory(folder.resolve(table));
      boolean scores = table.equals("scores");
      String header = lines.get(0) + (scores ? "\tfinal\twithdrawn" : "");
      for (int part = 0; part < 2; part++) {
        List<String> some = new ArrayList<>(List.of(header));
        for (int i = 1 + part; i < lines.size(); i += 2) {
          some.add(lines.get(i) + (scores ? "\ttrue\tfalse" : ""));
        }
        if (scores) {
          some.add(lines.get(1).replaceFirst("^ward-1", "ward-9") + "\tfalse\tfalse");
          some.add(lines.get(2).replaceFirst("^ward-1", "ward-9") + "\ttrue\ttrue");
        } else if (table.equals("summaries")) {
          some.add(lines.get(1).replace("\ttrue\t", "\tfalse\t"));
        }
        Files.write(parts.resolve("part-0000000" + part + ".tsv"), some);
      }
      Files.writeString(parts.resolve(".temp-beam-part-x"), header + "\nnot whole");
    }
    String account = "{\"pipeline\":\"monitor-vitals\",\"stages\":[],\"status\":\"stopped\"%s}";
    Files.writeString(folder.resolve("run.json"), account.formatted(",\"under_way\":[]"));
    Files.writeString(whole.resolve("run.json"), account.formatted(",\"conserved\":true"));
    PageText cutOff = write(folder);
    PageText table = write(whole);
    assertEquals(List.of("overview", "vitals"), cutOff.sections());
    assertEquals(table.data(), cutOff.data());
    assertTrue(cutOff.html().contains("2 early or superseded rows are not counted"));
    assertFalse(cutOff.html().contains("ward-9"));
    assertTrue(cutOff.html().contains("monitor-vitals was cut off before its end"));
    assertTrue(table.html().contains("monitor-vitals was stopped before its end. All that it had"));
  }

  @Test
  void readingsAreDescribedAsTheyWereReceived() throws IOException {
    PageText page = write(Fixtures.VITALS);
    String text =
        page.withoutScripts().replaceAll("<[^>]*>", "|").replaceAll("[|\\s]*\\|\\s*", "|");
    assertTrue(text.contains("|heart rate|2|20|17|85"), "hours with a reading by kind");
    assertTrue(
        text.contains(
            "|ward-1|heart rate|3 h|2026-01-02 09:10|2026-01-02 08:00|2026-01-02 17:30|70"),
        text::toString);
    assertTrue(text.contains("|SpO\u2082|(none)|implied|77|"), "units");
    assertTrue(text.contains("|temperature|&lt;b&gt;F|rejected|3|"), "units are text");
    assertTrue(text.contains("|heart rate|(0.0, 300.0)|above|5|"), "implausible values");
    assertTrue(text.contains("|Kind|not told|up to 1m|more than 7d|"), "only delays that occur");
    assertTrue(text.contains("|heart rate|0|90|10|"), "delays");
    assertEquals(
        137,
        page.data()
            .path("readings-by-hour")
            .path("series")
            .path(0)
            .path("values")
            .path(8)
            .asLong());
  }

  @Test
  void displaysCannotBecomeMarkupOrScript() throws IOException {
    String hostile =
        "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&<!--\u2028{{data}}";
    Path folder = Files.createDirectory(temp.resolve("hostile"));
    Files.writeString(
        folder.resolve("codes.tsv"),
        Fixtures.CODE_COLUMNS
            + hostileCode(hostile, "unmapped")
            + hostileCode(hostile, "ambiguous")
            + hostileCode(hostile, "fallback"));
    Files.writeString(
        folder.resolve("coverage.tsv"), "source_system\toutcome\tn\n" + hostile + "\tmapped\t3\n");
    Files.createDirectory(folder.resolve("rejected"));
    Map<String, Object> reject = new TreeMap<>();
    for (String field : List.of("stage", "reason", "detail", "source", "position")) {
      reject.put(field, hostile);
    }
    Files.writeString(
        folder.resolve("rejected/part.jsonl"), PageText.JSON.writeValueAsString(reject) + "\n");
    Files.writeString(
        folder.resolve("run.json"),
        PageText.JSON.writeValueAsString(
            Map.of("pipeline", hostile, "options", Map.of(hostile, hostile))));
    PageText page = write(folder);
    assertFalse(page.withoutScripts().contains("<script>alert"));
    assertFalse(page.withoutScripts().contains("<img"));
    assertFalse(page.dataText().contains("<"));
    assertEquals(4, page.scripts(), "the library, ours, and two blocks of data");
    assertEquals(
        hostile, page.data().path("coverage").path("categories").path(0).path("name").asText());
  }

  @Test
  void subjectsAndSamplesCannotBecomeMarkup() throws IOException {
    String hostile = "<b onclick=alert(1)>x</b>";
    Path folder = Files.createDirectory(temp.resolve("hostile"));
    for (Path original : List.of(Fixtures.VITALS, Fixtures.VARIANTS)) {
      for (String name : List.of("summaries", "scores", "samples", "variants", "regions")) {
        Path file = original.resolve(name + ".tsv");
        if (Files.exists(file)) {
          Files.writeString(
              folder.resolve(name + ".tsv"),
              Files.readString(file)
                  .replace("ward-1", hostile)
                  .replace("HG00001", hostile)
                  .replace("chr22", hostile)
                  .replace("PASS", hostile));
        }
      }
    }
    PageText page = write(folder);
    assertFalse(page.withoutScripts().contains("<b "));
    assertFalse(page.dataText().contains("<"));
  }

  @Test
  void policyAllowsTheTwoScriptsOnlyAndNoRequest() throws IOException {
    PageText page = write(Fixtures.CODES);
    assertTrue(page.html().contains("default-src 'none'"));
    assertFalse(page.withoutScripts().contains("src=\"http"));
    assertFalse(page.withoutScripts().contains("<link"));
    assertArrayEquals(page.hashesOfScripts(), page.hashesOfPolicy());
  }

  @Test
  void rejectsAreCountedWithTheirFirstPlacesAndWithoutContent() throws IOException {
    String html = write(Fixtures.CODES).html();
    assertTrue(html.contains("conditions.ndjson:7, conditions.ndjson:12"));
    assertFalse(html.contains("ab12"));
  }

  @Test
  void implausibleValuesOfTheWholeRunStandBesideThoseOfTheWindows() throws IOException {
    assertTrue(write(Fixtures.VITALS).html().contains("the whole run rejected 4 as implausible"));
  }

  @Test
  void alarmsAreToldByRuleByDayAndBySubject() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("alarms"));
    Files.writeString(
        folder.resolve("scores.tsv"),
        "subject\ttime\tscore_name\tscore\trisk\trevision\tmissing\n");
    Files.writeString(
        folder.resolve("alerts.tsv"),
        "subject\ttime\trule\tstate\tpriority\tscore\tdetail\n"
            + "quiet\t2026-01-01T00:00:00Z\tpulse\traised\tmedium\t\t\n".repeat(3));
    StringBuilder burden =
        new StringBuilder("subject\tday\traised\tsuppressed\tdelayed\tactive_s\n");
    for (int i = 0; i < 30; i++) {
      burden.append("bed-%02d\t2026-01-01\t%d\t1\t2\t60\n".formatted(i, i));
    }
    burden.append("bed-07\t2026-01-02\t100\t0\t0\t3600\n");
    Files.writeString(folder.resolve("burden.tsv"), burden);
    String html = write(folder).html();
    assertTrue(html.contains("Alerts by rule and state"));
    assertTrue(html.contains("Alarm burden by day"));
    assertTrue(html.contains("Subjects with the most alarms"));
    int most = html.indexOf("Subjects with the most alarms");
    assertTrue(html.indexOf("bed-07", most) < html.indexOf("bed-29", most), "107 before 29");
    assertTrue(html.contains("10 subjects with fewer are not shown"));
    assertFalse(html.substring(most).contains("bed-03"));
  }

  @Test
  void subjectsHaveAPageEachTheWorstFirst() throws IOException {
    PageText page = write(Fixtures.VITALS);
    JsonNode first = page.subjects().path(0);
    assertEquals(3, page.subjects().size());
    assertEquals("ward-3", first.path("name").asText());
    assertTrue(page.html().contains("<option value=\"0\">ward-3: NEWS2 "));
    Map<String, List<Map<String, String>>> byKind =
        Fixtures.rows(Fixtures.VITALS.resolve("summaries.tsv")).stream()
            .filter(row -> row.get("subject").equals("ward-3"))
            .filter(row -> !row.get("final").equals("false"))
            .collect(Collectors.groupingBy(row -> row.get("kind")));
    assertEquals(byKind.size(), first.path("kinds").size());
    long windows = byKind.get("heart_rate").size();
    JsonNode heartRate = first.path("kinds").path(0);
    assertEquals("heart rate", heartRate.path(0).asText());
    assertEquals(windows, heartRate.path(2).asLong());
    long values =
        byKind.get("heart_rate").stream().mapToLong(r -> Long.parseLong(r.get("n"))).sum();
    assertEquals(values, heartRate.path(3).asLong());
  }

  @Test
  void earlierRevisionsAreCountedOnASubjectsPage() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("revised"));
    String header = "subject\tkind\tunit\twindow_start\twindow_end\trevision\tfinal\tn\tmean\n";
    String window = "a\theart_rate\t/min\t2026-01-02T08:00:00Z\t2026-01-02T08:01:00Z\t";
    Files.writeString(
        folder.resolve("summaries.tsv"),
        header + window + "0\tfalse\t1\t80\n" + window + "1\ttrue\t2\t81\n");
    String figures = write(folder).subjects().path(0).path("figures").toString();
    assertEquals(
        "[[\"earlier rows that were revised\",\"1\"],[\"highest revision\",\"1\"]]", figures);
  }

  @Test
  void whatIsReadIsTheInputNotAFileOfRegions() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("regions"));
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"pipeline":"summarize-variants","stages":[
        {"stage":"Read regions","unit":"lines","in":7,"out":7,"rejected":0},
        {"stage":"Scan variants","unit":"lines","in":12345,"out":12345,"rejected":0}]}
        """);
    String html = write(folder).html();
    assertTrue(html.contains(">12,345 lines</td>"));
    assertFalse(html.contains(">7 lines</td>"));
  }

  @Test
  void bigInputsGiveASmallPage() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("big"));
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("scores.tsv"))) {
      out.write("subject\ttime\tscore_name\tscore\trisk\trevision\tmissing\n");
      for (int subject = 0; subject < 3_000; subject++) {
        for (int i = 0; i < 20; i++) {
          int score = (subject * 7 + i) % 9;
          out.write(
              "s%05d\t2026-01-%02dT%02d:00:00Z\tNEWS2\t%d\t%s\t0\t\n"
                  .formatted(subject, 1 + i, subject % 24, score, score >= 7 ? "high" : "low"));
        }
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("samples.tsv"))) {
      out.write("sample\tcall_rate\tti_tv\thet_hom\tdp_mean\n");
      for (int i = 0; i < 30_000; i++) {
        out.write("sample%06d\t0.99\t%s\t1.5\t%d\n".formatted(i, 2 + i % 100 / 1000.0, 20 + i % 9));
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("codes.tsv"))) {
      out.write("source_system\tsource_code\tsource_display\toutcome\tn\tanswer\n");
      for (int i = 0; i < 150_000; i++) {
        out.write("urn:x\tc%06d\tdisplay\tunmapped\t1\t0\n".formatted(i));
        if (i % 100 == 0) {
          out.write("urn:x\tfrequent\tmost frequent\tunmapped\t1\t0\n");
        }
      }
    }
    PageText page = write(folder);
    assertTrue(page.dataText().length() < 1_000_000, "data block " + page.dataText().length());
    assertTrue(page.html().length() < 3_000_000, "page " + page.html().length());
    assertTrue(page.html().contains("2,960 more subjects with lower scores are not shown"));
    assertEquals(140, page.subjects().size());
    assertTrue(page.html().contains("2,860 others have no page here"));
    assertTrue(page.html().contains("most frequent"));
    JsonNode points = page.data().path("ti-tv").path("points");
    assertTrue(points.size() <= 2_100, "points " + points.size());
  }

  private static String hostileCode(String hostile, String outcome) {
    List<String> cells =
        List.of(
            hostile, hostile, hostile, hostile, hostile, outcome, hostile, "1", "1", hostile,
            hostile, hostile, hostile, "true", "true", hostile, hostile);
    return String.join("\t", cells) + "\n";
  }
}
