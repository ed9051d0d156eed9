package org.healthbeam.samples.ward;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.healthbeam.samples.Shipped;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WardSampleTest {
  private static final Pattern GOOD_LINE =
      Pattern.compile("\"?ward-\\d\\d\"?,2026-03-0[0-9T:]+(Z|\\+01:00),[^,]+,[^,]*,[^,]*,[^,]+Z");

  private static List<String> lines;
  private static List<Row> rows;

  private record Row(
      String subject, Instant time, String code, String value, String unit, Instant received) {}

  @BeforeAll
  static void readWhatIsShipped() throws IOException {
    byte[] bytes = Shipped.unpacked(Shipped.path("vitals/ward.csv.gz"));
    lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    rows = new ArrayList<>();
    for (String line : lines) {
      if (GOOD_LINE.matcher(line).matches()
          && !line.contains(",cvp,")
          && !line.contains("furlong")
          && !line.contains(",\u00B0C")) {
        String[] field = line.split(",", -1);
        rows.add(
            new Row(
                field[0].replace("\"", ""),
                OffsetDateTime.parse(field[1]).toInstant(),
                field[2],
                field[3],
                new String(field[4].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
                Instant.parse(field[5])));
      }
    }
  }

  @Test
  void makerReproducesWhatIsShipped(@TempDir Path folder) throws IOException {
    WardSample.SHIPPED.write(folder);
    for (String name : List.of("ward.csv.gz", "ward.ndjson.gz", "spo2-scale-2.txt")) {
      assertArrayEquals(
          Shipped.unpacked(Shipped.path("vitals").resolve(name)),
          Shipped.unpacked(folder.resolve(name)),
          name);
    }
  }

  @Test
  void anotherSeedGivesAnotherWard(@TempDir Path folder) throws IOException {
    new WardSample(2, 1, 1).write(folder.resolve("one"));
    new WardSample(2, 1, 2).write(folder.resolve("two"));
    assertFalse(
        java.util.Arrays.equals(
            Shipped.unpacked(folder.resolve("one/ward.csv.gz")),
            Shipped.unpacked(folder.resolve("two/ward.csv.gz"))));
  }

  @Test
  void emptyWardIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WardSample(0, 24, 1));
    assertThrows(IllegalArgumentException.class, () -> new WardSample(12, 0, 1));
  }

  @Test
  void twelveSubjectsSendEverySign() {
    Map<String, List<Row>> bySubject = rows.stream().collect(groupingBy(Row::subject));
    assertEquals(12, bySubject.size());
    bySubject.forEach(
        (subject, own) -> {
          Set<String> codes = new HashSet<>();
          own.forEach(row -> codes.add(row.code));
          assertTrue(codes.contains("consciousness"), subject);
          assertTrue(
              codes.containsAll(Set.of("heart_rate", "respiratory_rate", "spo2", "temperature"))
                  || codes.containsAll(Set.of("8867-4", "9279-1", "59408-5", "8310-5")),
              subject);
        });
  }

  @Test
  void linesStandInTheOrderOfArrivalNotOfTime() {
    Instant last = Instant.MIN;
    int outOfOrder = 0;
    int hoursLate = 0;
    Map<String, Instant> newest = new HashMap<>();
    for (Row row : rows) {
      assertFalse(row.received.isBefore(last));
      last = row.received;
      Instant before = newest.merge(row.subject, row.time, (a, b) -> a.isAfter(b) ? a : b);
      outOfOrder += row.time.isBefore(before) ? 1 : 0;
      hoursLate +=
          Duration.between(row.time, row.received).compareTo(Duration.ofHours(1)) > 0 ? 1 : 0;
    }
    assertTrue(outOfOrder > 100, "out of order: " + outOfOrder);
    assertTrue(hoursLate > 10, "over an hour late: " + hoursLate);
  }

  @Test
  void exactAndContradictingDuplicatesOccur() {
    Map<String, Set<String>> values = new HashMap<>();
    int exact = 0;
    for (Row row : rows) {
      String key = row.subject + row.time + row.code;
      exact += values.computeIfAbsent(key, k -> new HashSet<>()).add(row.value) ? 0 : 1;
    }
    long contradicting = values.values().stream().filter(held -> held.size() > 1).count();
    assertTrue(exact > 20, "exact: " + exact);
    assertTrue(contradicting > 3, "contradicting: " + contradicting);
  }

  @Test
  void artefactsTextAndEmptyValuesOccur() {
    assertTrue(has("mean_bp|8478-0", "-27|-3\\.60", ".*"));
    assertTrue(has("temperature|8310-5", "99", "Cel|°C"));
    assertTrue(has("heart_rate|8867-4", "0|312|350", ".*"));
    assertTrue(has("spo2|59408-5", "0|127|0\\.00|1\\.27", ".*"));
    assertTrue(has(".*", "ERR|--|n/a|<40|off", ".*"));
    assertTrue(has(".*", "", ".*"));
  }

  @Test
  void unitsAreAsDirtyAsInLife() {
    assertTrue(has("heart_rate", "\\d+", "bpm"));
    assertTrue(has("temperature", "9\\d\\.\\d|10\\d\\.\\d", "F"));
    assertTrue(has("temperature", "9\\d\\.\\d|10\\d\\.\\d", "\\[degF\\]"));
    assertTrue(has("systolic_bp", "1\\d\\.\\d\\d", "kPa"));
    assertTrue(has("systolic_bp", "\\d+", "mm Hg"));
    assertTrue(has("spo2", "0\\.9\\d", "1"));
    assertTrue(has("temperature", "3\\d\\.\\d", "°C"));
    assertTrue(has("inspired_oxygen", "oxygen", ""));
    assertTrue(has("inspired_oxygen", "air", ""));
    assertTrue(has("inspired_oxygen", "0\\.\\d\\d", "1"));
    assertTrue(has("3151-8", "\\d+", "L/min"));
    assertTrue(has("3150-6", "\\d+", "%"));
  }

  @Test
  void brokenLinesOccur() {
    assertEquals(WardCsv.HEADER, lines.get(0));
    assertTrue(lines.lastIndexOf(WardCsv.HEADER) > 0, "a second header");
    assertTrue(lines.stream().anyMatch(line -> line.startsWith(",")), "no subject");
    assertTrue(lines.stream().anyMatch(line -> line.contains(",cvp,")), "unknown sign");
    assertTrue(lines.stream().anyMatch(line -> line.contains("2026-13-02")), "no such time");
    assertTrue(lines.stream().anyMatch(line -> line.contains("2026-03-02 07:15,")), "no zone");
    assertTrue(lines.stream().anyMatch(line -> line.contains("furlong")), "no such unit");
    assertTrue(lines.stream().anyMatch(line -> line.contains(",\u00B0C")), "not UTF-8");
    assertTrue(lines.stream().anyMatch(line -> line.split(",").length == 2), "cut short");
    long broken = lines.stream().filter(line -> !GOOD_LINE.matcher(line).matches()).count();
    assertTrue(broken < lines.size() / 500, "broken: " + broken);
  }

  @Test
  void devicesFallSilent() {
    assertTrue(longestGap("ward-04", "heart_rate").compareTo(Duration.ofMinutes(50)) > 0);
    assertTrue(longestGap("ward-11", "spo2").compareTo(Duration.ofMinutes(30)) > 0);
    assertTrue(longestGap("ward-11", "heart_rate").compareTo(Duration.ofMinutes(10)) < 0);
    Instant end = WardSample.START.plus(Duration.ofHours(21));
    assertTrue(
        rows.stream()
            .filter(row -> row.subject.equals("ward-10"))
            .allMatch(row -> row.time.isBefore(end)));
  }

  @Test
  void sepsisRaisesThePulseAndLowersThePressure() {
    assertTrue(mean("ward-02", "8867-4", 12, 18) > mean("ward-02", "8867-4", 0, 6) + 30);
    assertTrue(mean("ward-02", "8480-6", 12, 18) < mean("ward-02", "8480-6", 0, 6) - 25);
    assertTrue(mean("ward-02", "8310-5", 12, 18) > 38);
    assertTrue(rows.stream().anyMatch(r -> r.subject.equals("ward-02") && r.value.equals("V")));
  }

  @Test
  void respiratoryFailureRaisesBreathing() {
    assertTrue(mean("ward-12", "9279-1", 18, 24) > 25);
    assertTrue(mean("ward-12", "59408-5", 14, 24) < mean("ward-12", "59408-5", 0, 8) - 2);
  }

  @Test
  void recoveryBringsSignsBackToNormal() {
    assertTrue(mean("ward-05", "heart_rate", 0, 4) > 95);
    assertTrue(mean("ward-05", "heart_rate", 18, 24) < 90);
  }

  @Test
  void fhirHoldsTheSameReadingsAsTheCsv() throws IOException {
    Map<String, Integer> expected = new TreeMap<>();
    for (Row row : rows) {
      if (Set.of("ward-02", "ward-03", "ward-05").contains(row.subject)) {
        expected.merge(row.subject + row.received, 1, Integer::sum);
      }
    }
    Map<String, Integer> actual = new TreeMap<>();
    int panels = 0;
    int withdrawn = 0;
    for (JsonNode observation : observations()) {
      String subject = observation.get("subject").get("reference").asText().substring(8);
      int readings = Math.max(1, observation.path("component").size());
      actual.merge(subject + observation.get("issued").asText(), readings, Integer::sum);
      panels += observation.path("component").size() == 3 ? 1 : 0;
      withdrawn += observation.get("status").asText().equals("entered-in-error") ? 1 : 0;
    }
    // Not assertEquals, which would print thousands of entries.
    assertTrue(expected.equals(actual), expected.size() + " against " + actual.size());
    assertTrue(panels > 500, "panels: " + panels);
    assertTrue(withdrawn > 5, "withdrawn: " + withdrawn);
  }

  private static List<JsonNode> observations() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> observations = new ArrayList<>();
    byte[] bytes = Shipped.unpacked(Shipped.path("vitals/ward.ndjson.gz"));
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      observations.add(mapper.readTree(line));
    }
    return observations;
  }

  private static boolean has(String code, String value, String unit) {
    return rows.stream()
        .anyMatch(
            row -> row.code.matches(code) && row.value.matches(value) && row.unit.matches(unit));
  }

  private static Duration longestGap(String subject, String code) {
    List<Instant> times =
        rows.stream()
            .filter(row -> row.subject.equals(subject) && row.code.equals(code))
            .map(Row::time)
            .sorted()
            .toList();
    Duration longest = Duration.ZERO;
    for (int i = 1; i < times.size(); i++) {
      Duration gap = Duration.between(times.get(i - 1), times.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }

  private static double mean(String subject, String code, int fromHour, int toHour) {
    Instant from = WardSample.START.plus(Duration.ofHours(fromHour));
    Instant to = WardSample.START.plus(Duration.ofHours(toHour));
    return rows.stream()
        .filter(row -> row.subject.equals(subject) && row.code.equals(code))
        .filter(row -> !row.time.isBefore(from) && row.time.isBefore(to))
        .filter(row -> row.value.matches("\\d+(\\.\\d+)?"))
        .mapToDouble(row -> Double.parseDouble(row.value))
        .average()
        .orElseThrow();
  }
}
