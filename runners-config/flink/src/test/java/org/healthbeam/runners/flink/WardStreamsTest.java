package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
   * Windows are told from blocks, and told again from blocks of late readings, before the failure
   * and after it: each revision of a row stands there once, and the last one is that of the batch.
   */
  @Example
  void restartNeitherLosesNorDoublesARevisionOfARow() throws Exception {
    try (GeneratedRun of = new Ward(6, 3, 20_261, 2150, FIXED, "none").generate()) {
      List<String> batch = of.run(of.direct()).get("summaries.tsv");
      MonitorVitalsOptions options =
          of.flink("--streaming=true", "--revisions=ALL", "--maxDelay=10m");
      Path out =
          of.restarted(
              options, ReplayOrder.asInFiles(Duration.ofMinutes(10)), SLOW, of.records() / 2);
      List<List<String>> table = WrittenTables.rows(out.resolve("summaries.tsv"));
      List<String> header = table.get(0);
      int revision = header.indexOf("revision");
      int isFinal = header.indexOf("final");
      Map<List<String>, TreeMap<Integer, List<String>>> byKey = new HashMap<>();
      for (List<String> row : table.subList(1, table.size())) {
        List<String> key =
            Stream.of("subject", "kind", "window_start", "window_end")
                .map(column -> row.get(header.indexOf(column)))
                .toList();
        assertNull(
            byKey
                .computeIfAbsent(key, k -> new TreeMap<>())
                .put(Integer.parseInt(row.get(revision)), row),
            "a revision is told once");
      }
      for (TreeMap<Integer, List<String>> all : byKey.values()) {
        assertEquals(all.size() - 1, all.lastKey(), "no revision is lost");
        for (List<String> row : all.values()) {
          assertEquals(row == all.lastEntry().getValue(), row.get(isFinal).equals("true"));
        }
      }
      assertTrue(
          byKey.values().stream().anyMatch(all -> all.size() > 2), "late blocks told rows again");
      List<String> last =
          Stream.concat(
                  Stream.of(header), byKey.values().stream().map(all -> all.lastEntry().getValue()))
              .map(row -> WrittenTables.without(revision, row))
              .sorted()
              .toList();
      assertEquals(batch, last);
    }
  }
}
