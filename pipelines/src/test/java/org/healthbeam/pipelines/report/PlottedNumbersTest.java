package org.healthbeam.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plots are given, against a plain recount of the tables. */
class PlottedNumbersTest {
  @TempDir Path temp;

  private JsonNode plot(Path folder, String id) throws IOException {
    JsonNode plot = PageText.of(temp.resolve("report.html"), folder).data().path(id);
    assertTrue(plot.isObject(), "no plot " + id);
    return plot;
  }

  private static Map<String, Map<String, Long>> bars(JsonNode plot) {
    Map<String, Map<String, Long>> result = new TreeMap<>();
    for (JsonNode series : plot.path("series")) {
      for (int i = 0; i < plot.path("categories").size(); i++) {
        long n = series.path("values").path(i).asLong();
        if (n > 0) {
          result
              .computeIfAbsent(
                  plot.path("categories").path(i).path("name").asText(), c -> new TreeMap<>())
              .put(series.path("name").asText(), n);
        }
      }
    }
    return result;
  }

  private static long count(Map<String, String> row, String column) {
    return Long.parseLong(row.get(column));
  }

  @Test
  void coverageIsTheTable() throws IOException {
    assertEquals(
        Map.of(
            "SNOMED CT",
            Map.of("mapped", 9L, "ambiguous", 3L, "unmapped", 5L),
            "LOINC",
            Map.of("unmapped", 2L)),
        bars(plot(Fixtures.CODES, "coverage")));
  }

  @Test
  void stagesAreThoseOfTheRun() throws IOException {
    assertEquals(
        Map.of(
            "Parse resources",
            Map.of("passed", 19L, "rejected", 2L),
            "Map codes",
            Map.of("passed", 9L, "ambiguous", 3L, "unmapped", 7L)),
        bars(plot(Fixtures.CODES, "conservation-1")));
  }

  @Test
  void relationshipsAreCountedByTarget() throws IOException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.CODES.resolve("codes.tsv"))) {
      if (!row.get("target_code").isEmpty()) {
        expected
            .computeIfAbsent(row.get("relationship"), r -> new TreeMap<>())
            .merge("targets", Long.parseLong(row.get("n")), Long::sum);
      }
    }
    assertEquals(expected, bars(plot(Fixtures.CODES, "relationships")));
  }

  @Test
  void ambiguousCodesAreCountedByCodingNotByTarget() throws IOException {
    String html = PageText.of(temp.resolve("report.html"), Fixtures.CODES).html();
    assertTrue(
        html.contains(
            "<td>Acute viral pharyngitis</td><td class=\"n\">3</td><td class=\"n\">2</td>"));
  }

  @Test
  void aTargetThatWasTakenIsNotAmongTheAmbiguousOnes() throws IOException {
    Path run = Files.createDirectory(temp.resolve("run"));
    String start = "Condition\ts\t\t1\tOne\tambiguous\tseveral-targets\t1\t";
    Files.writeString(
        run.resolve("codes.tsv"),
        Fixtures.CODE_COLUMNS
            + (start + "1\tomop\ttaken\t\tequivalent\ttrue\tfalse\tm\t1\n")
            + (start + "2\tt\tx1\t\tequivalent\tfalse\tfalse\tm\t1\n")
            + (start + "3\tt\tx2\t\tequivalent\tfalse\tfalse\tm\t1\n")
            + (start + "4\tomop\tcond\t\t\tfalse\tfalse\tm\t1\n")
            + (start + "5\tv\talone\t\t\tfalse\tfalse\tm\t1\n")
            + (start + "6\tu\tno\t\tnot-related-to\tfalse\tfalse\tm\t1\n"));
    Files.writeString(run.resolve("coverage.tsv"), "source_system\toutcome\tn\ns\tambiguous\t1\n");
    String html = PageText.of(temp.resolve("report.html"), run).html();
    assertTrue(
        html.contains(
            "<td>One</td><td class=\"n\">1</td><td class=\"n\">4</td><td>alone; cond; x1; x2</td>"),
        html.substring(html.indexOf("Most frequent ambiguous codes")));
  }

  @Test
  void aCodeIsOneRowWithItsMostFrequentDisplayWhereverItStands() throws IOException {
    Path run = Files.createDirectory(temp.resolve("run"));
    String end = "\tunmapped\tcode-not-in-maps\t%d\t0\t\t\t\t\t\t\t\t\n";
    Files.writeString(
        run.resolve("codes.tsv"),
        Fixtures.CODE_COLUMNS
            + ("Condition\ts\t\t1\tTwo words" + end.formatted(2))
            + ("Procedure\ts\t\t1\tOne" + end.formatted(3))
            + ("Procedure\ts\t2.0\t1\t" + end.formatted(8))
            + ("Observation\ts\t\t1\tTwo words" + end.formatted(2)));
    Files.writeString(
        run.resolve("changes.tsv"),
        "resource_type\tsource_system\tsource_code\tsource_display\tn\toutcome_before"
            + "\ttargets_before\toutcome_after\ttargets_after\twhen\n"
            + "Condition\ts\t1\tTwo words\t2\tunmapped\t\tmapped\tx\tnow\n"
            + "Procedure\ts\t1\tOne\t3\tunmapped\t\tmapped\tx\tnow\n");
    String html = PageText.of(temp.resolve("report.html"), run).html();
    assertTrue(
        html.contains("<td>1</td><td>Two words</td><td class=\"n\">15</td>"),
        html.substring(html.indexOf("Most frequent codes without a map")));
    assertTrue(
        html.contains("<td>1</td><td>One</td><td class=\"n\">5</td><td>unmapped</td>"),
        html.substring(html.indexOf("What the newer maps")));
  }

  @Test
  void codingsAreCountedByResourceTypeOnceHoweverManyAnswersThereAre() throws IOException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.CODES.resolve("codes.tsv"))) {
      if (Integer.parseInt(row.get("answer")) <= 1) {
        expected
            .computeIfAbsent(row.get("resource_type"), r -> new TreeMap<>())
            .merge(row.get("outcome"), Long.parseLong(row.get("n")), Long::sum);
      }
    }
    assertEquals(expected, bars(plot(Fixtures.CODES, "resource-types")));
  }

  @Test
  void fallbacksAndWhatNewerMapsWouldChangeAreListedByCodings() throws IOException {
    Path run = Files.createDirectory(temp.resolve("run"));
    Files.writeString(
        run.resolve("codes.tsv"),
        Fixtures.CODE_COLUMNS
            + "Condition\ts\t\t1\tOne\tfallback\tunmapped-fixed\t7\t1\tt\tu\tUnknown\trelated-to"
            + "\ttrue\ttrue\turn:m\t1\n");
    Files.writeString(
        run.resolve("changes.tsv"),
        "resource_type\tsource_system\tsource_code\tsource_display\tn\toutcome_before"
            + "\ttargets_before\toutcome_after\ttargets_after\twhen\n"
            + "Condition\ts\t1\tOne\t7\tfallback\tu\tmapped\tx\tsome-days\n"
            + "Procedure\ts\t1\tOne\t2\tfallback\tu\tmapped\tx\tsome-days\n");
    String html = PageText.of(temp.resolve("report.html"), run).html();
    assertTrue(
        html.contains("<td>One</td><td class=\"n\">7</td><td>u Unknown</td>"),
        html.substring(html.indexOf("Where a fallback was used")));
    assertTrue(html.contains("9 codings of 1 codes would be answered otherwise"));
    assertTrue(
        html.contains(
            "<td>One</td><td class=\"n\">9</td><td>fallback: u</td><td>mapped: x</td><td>on some days</td>"));
  }

  @Test
  void scoresByRiskAreThoseOfTheTable() throws IOException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VITALS.resolve("scores.tsv"))) {
      expected
          .computeIfAbsent(row.get("score"), s -> new TreeMap<>())
          .merge(row.get("risk"), 1L, Long::sum);
    }
    assertEquals(expected, bars(plot(Fixtures.VITALS, "score-distribution")));
  }

  @Test
  void everyCellOfTheWardIsTheWorstScoreOfItsSpan() throws IOException {
    JsonNode ward = plot(Fixtures.VITALS, "ward");
    List<String> risks = List.of("low", "low-medium", "medium", "high");
    Map<String, int[]> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VITALS.resolve("scores.tsv"))) {
      String span = null;
      for (JsonNode column : ward.path("columns")) {
        Instant start = Instant.parse(column.asText().replace(' ', 'T') + ":00Z");
        if (!start.isAfter(Instant.parse(row.get("time")))) {
          span = column.asText();
        }
      }
      int[] cell = {risks.indexOf(row.get("risk")), Integer.parseInt(row.get("score"))};
      expected.merge(
          row.get("subject") + " " + span,
          cell,
          (a, b) -> a[0] > b[0] || (a[0] == b[0] && a[1] >= b[1]) ? a : b);
    }
    Map<String, int[]> actual = new TreeMap<>();
    for (JsonNode cell : ward.path("cells")) {
      actual.put(
          ward.path("rows").path(cell.path(1).asInt()).asText()
              + " "
              + ward.path("columns").path(cell.path(0).asInt()).asText(),
          new int[] {cell.path(3).asInt(), cell.path(2).asInt()});
    }
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((k, v) -> assertEquals(Arrays.toString(v), Arrays.toString(actual.get(k)), k));
  }

  @Test
  void worstSubjectIsTheFirstRow() throws IOException {
    assertEquals(
        List.of("ward-3", "ward-2", "ward-1"), texts(plot(Fixtures.VITALS, "ward").path("rows")));
  }

  @Test
  void trendsAreTheMeansOfTheWindows() throws IOException {
    JsonNode trend = plot(Fixtures.VITALS, "trend-1");
    List<Double> means = new ArrayList<>();
    trend
        .path("panels")
        .path(0)
        .path("series")
        .path(0)
        .path("points")
        .forEach(p -> means.add(p.path(1).asDouble()));
    List<Double> expected = new ArrayList<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VITALS.resolve("summaries.tsv"))) {
      if (row.get("subject").equals("ward-3") && row.get("kind").equals("heart_rate")) {
        expected.add(Double.valueOf(row.get("mean")));
      }
    }
    assertEquals(expected, means);
  }

  @Test
  void implausibleAndDuplicateMeasurementsAreSummedByKind() throws IOException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VITALS.resolve("summaries.tsv"))) {
      Map<String, Long> kind =
          expected.computeIfAbsent(VitalsPart.words(row.get("kind")), k -> new TreeMap<>());
      kind.merge("implausible", count(row, "n_implausible"), Long::sum);
      kind.merge("duplicate", count(row, "n_duplicate"), Long::sum);
    }
    expected.values().forEach(k -> k.values().removeIf(n -> n == 0));
    expected.values().removeIf(Map::isEmpty);
    assertEquals(expected, bars(plot(Fixtures.VITALS, "vital-quality")));
  }

  @Test
  void spectrumCountsEveryAlternateAlleleOnce() throws IOException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VARIANTS.resolve("variants.tsv"))) {
      expected
          .computeIfAbsent(row.get("ac"), a -> new TreeMap<>())
          .merge("alternate alleles", 1L, Long::sum);
    }
    assertEquals(expected, bars(plot(Fixtures.VARIANTS, "spectrum")));
  }

  @Test
  void transitionsAndTransversionsAreToldApart() throws IOException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VARIANTS.resolve("variants.tsv"))) {
      String change = row.get("ref") + ">" + row.get("alt");
      if (change.length() == 3) {
        boolean transition = List.of("A>G", "G>A", "C>T", "T>C").contains(change);
        expected
            .computeIfAbsent(change, c -> new TreeMap<>())
            .merge(transition ? "transition" : "transversion", 1L, Long::sum);
      }
    }
    assertEquals(expected, bars(plot(Fixtures.VARIANTS, "substitutions")));
  }

  @Test
  void indelsAreCountedByTheirChangeOfLength() throws IOException {
    Map<Integer, Long> expected = new TreeMap<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VARIANTS.resolve("variants.tsv"))) {
      if (!row.get("type").equals("snp")) {
        expected.merge(row.get("alt").length() - row.get("ref").length(), 1L, Long::sum);
      }
    }
    Map<Integer, Long> actual = new TreeMap<>();
    bars(plot(Fixtures.VARIANTS, "indels"))
        .forEach(
            (name, n) ->
                actual.put(
                    Integer.valueOf(name.replace('\u2212', '-').replace("+", "")),
                    n.values().iterator().next()));
    assertEquals(expected, actual);
  }

  @Test
  void histogramOfDepthIsTheCohortsInWiderBars() throws IOException {
    assertEquals(
        Map.of(
            "0\u20134",
            Map.of("genotypes", 3L),
            "30\u201334",
            Map.of("genotypes", 130L),
            "130\u2013134",
            Map.of("genotypes", 2L)),
        bars(plot(Fixtures.VARIANTS, "dp")));
  }

  @Test
  void samplesStandInOrderOfValueWithTheirNames() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VARIANTS.resolve("samples.tsv"))) {
      expected.add(row.get("ti_tv") + " " + row.get("sample"));
    }
    expected.sort(null);
    List<String> actual = new ArrayList<>();
    plot(Fixtures.VARIANTS, "ti-tv")
        .path("points")
        .forEach(p -> actual.add(p.path(1).asText() + " " + p.path(2).asText()));
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      String[] a = expected.get(i).split(" ");
      String[] b = actual.get(i).split(" ");
      assertEquals(a[1], b[1]);
      assertEquals(Double.parseDouble(a[0]), Double.parseDouble(b[0]));
    }
  }

  @Test
  void hardyWeinbergPointsAreTheSortedValuesWithinTheirRounding() throws IOException {
    List<Double> sizes = new ArrayList<>();
    for (Map<String, String> row : Fixtures.rows(Fixtures.VARIANTS.resolve("variants.tsv"))) {
      if (count(row, "ac") < count(row, "an")) {
        sizes.add(-Math.log10(Double.parseDouble(row.get("p_hwe_midp"))));
      }
    }
    sizes.sort((a, b) -> Double.compare(b, a));
    JsonNode points =
        plot(Fixtures.VARIANTS, "hardy-weinberg").path("series").path(0).path("points");
    int n = sizes.size();
    for (JsonNode point : points) {
      // The expected value tells the rank.
      double rank = n * Math.pow(10, -point.path(0).asDouble());
      double observed = point.path(1).asDouble();
      double above = sizes.get((int) Math.floor(Math.max(0, rank - 1)));
      double below = sizes.get((int) Math.min(n - 1, Math.ceil(rank)));
      assertTrue(
          observed <= above + 0.0051 && observed >= below - 0.0051,
          () -> "rank " + rank + ": " + observed + " is not in " + below + " to " + above);
    }
    assertEquals(sizes.get(0), points.path(0).path(1).asDouble(), 0.0051);
  }

  private static List<String> texts(JsonNode array) {
    List<String> result = new ArrayList<>();
    array.forEach(a -> result.add(a.asText()));
    return result;
  }
}
