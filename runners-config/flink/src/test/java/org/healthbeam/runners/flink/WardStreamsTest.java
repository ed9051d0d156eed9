package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.healthbeam.io.replay.ReplayOrder;
import org.healthbeam.io.replay.ReplaySpeed;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;

/**
 * Batch is streaming is out of order is restarted: the final rows of all tables are the same for a
 * generated ward, in whichever way it is read, in every kind of windows, with artefacts and
 * without.
 */
@Tag("slow")
class WardStreamsTest {
  private static final String FIXED = "--window=10m";

  /** An hour takes two seconds. */
  private static final ReplaySpeed SLOW = new ReplaySpeed(1800);

  record Ward(int beds, int hours, long seed, int year, String windows, String artefacts) {
    GeneratedRun generate() throws IOException {
      return new GeneratedRun(
          beds,
          hours,
          seed,
          Instant.parse(year + "-03-28T18:00:00Z"),
          windows + " --artefacts=" + artefacts);
    }
  }

  @Provide
  Arbitrary<Ward> wards() {
    return wards(6);
  }

  @Provide
  Arbitrary<Ward> shortWards() {
    return wards(3);
  }

  private static Arbitrary<Ward> wards(int mostHours) {
    return Combinators.combine(
            Arbitraries.integers().between(2, 6),
            Arbitraries.integers().between(2, mostHours),
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.of(2026, 2110, 2150, 2201),
            Arbitraries.of(
                FIXED,
                "--window=2h",
                "--window=1h --slide=20m",
                "--sessionGap=5m",
                "--ladder=1m,10m,1h,2h"),
            Arbitraries.of("none", "hampel"))
        .as(Ward::new);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void finalRowsAreThoseOfTheBatch(@ForAll("shortWards") Ward ward) throws Exception {
    inEveryWay(ward);
  }

  @Tag("long")
  @Property(tries = 40, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void finalRowsAreThoseOfTheBatchManyTimes(@ForAll("wards") Ward ward) throws Exception {
    inEveryWay(ward);
  }

  private static void inEveryWay(Ward ward) throws Exception {
    try (GeneratedRun of = ward.generate()) {
      Map<String, List<String>> batch = of.run(of.direct());
      for (String table : List.of("summaries.tsv", "scores.tsv")) {
        assertTrue(batch.get(table).size() > 10, table + " has rows");
      }
      for (String table : List.of("alerts.tsv", "burden.tsv")) {
        assertTrue(batch.get(table).size() > ward.beds(), table + " has rows of each bed");
      }
      String[] inOrder = {"--streaming=true"};
      String[] asReceived = {"--streaming=true", "--replayOrder=FILE", "--maxDelay=10m"};
      assertEquals(batch, of.run(of.direct(inOrder)), "direct, in order");
      assertEquals(
          batch, of.run(of.direct(asReceived)), "direct, as received, many within the lateness");
      assertEquals(batch, of.run(of.flink(inOrder)), "Flink, in order");
      assertEquals(
          batch, of.run(of.flink(asReceived)), "Flink, as received, many within the lateness");
      Path restarted = of.restarted(of.flink(inOrder), ReplayOrder.EVENT_TIME, SLOW, 0);
      assertEquals(batch, WrittenTables.in(restarted), "Flink, failed once and restarted");
    }
  }

  /**
   * Windows are told from blocks, and told again from blocks of late readings, alerts as readings
   * come, before the failure and after it: each revision of a row stands there once, and the last
   * one is that of the batch.
   */
  @Example
  void restartNeitherLosesNorDoublesARevisionOfARow() throws Exception {
    try (GeneratedRun of = new Ward(6, 3, 20_261, 2150, FIXED, "none").generate()) {
      Map<String, List<String>> batch = of.run(of.direct());
      MonitorVitalsOptions options =
          of.flink("--streaming=true", "--revisions=ALL", "--maxDelay=10m");
      Path out =
          of.restarted(
              options, ReplayOrder.asInFiles(Duration.ofMinutes(10)), SLOW, of.records() / 2);
      for (List<String> table :
          List.of(
              List.of("summaries.tsv", "subject", "kind", "window_start", "window_end"),
              List.of("scores.tsv", "subject", "time", "score_name"),
              List.of("alerts.tsv", "subject", "time", "rule", "state"))) {
        String name = table.get(0);
        List<List<String>> rows = WrittenTables.rows(out.resolve(name));
        List<String> columns = rows.get(0);
        Collection<NavigableMap<Integer, List<String>>> byKey =
            revisions(rows, table.subList(1, table.size()));
        for (NavigableMap<Integer, List<String>> all : byKey) {
          assertEquals(all.size() - 1, all.lastKey(), name + ": no revision is lost");
        }
        assertTrue(
            byKey.stream().anyMatch(all -> all.size() > 2),
            name + ": late readings told rows again");
        List<List<String>> last = new ArrayList<>(List.of(columns));
        byKey.forEach(all -> last.add(all.lastEntry().getValue()));
        assertEquals(batch.get(name), WrittenTables.lastWords(last), name);
      }
      // What is told once has no revisions.
      assertEquals(batch.get("burden.tsv"), WrittenTables.in(out).get("burden.tsv"));
    }
  }

  /** Returns the rows of each key by revision, of which none is there twice. */
  private static Collection<NavigableMap<Integer, List<String>>> revisions(
      List<List<String>> table, List<String> key) {
    List<String> columns = table.get(0);
    Map<List<String>, NavigableMap<Integer, List<String>>> byKey = new HashMap<>();
    for (List<String> row : table.subList(1, table.size())) {
      List<String> of = key.stream().map(column -> row.get(columns.indexOf(column))).toList();
      assertNull(
          byKey
              .computeIfAbsent(of, k -> new TreeMap<>())
              .put(Integer.parseInt(row.get(columns.indexOf("revision"))), row),
          "a revision is told once");
    }
    return byKey.values();
  }
}
