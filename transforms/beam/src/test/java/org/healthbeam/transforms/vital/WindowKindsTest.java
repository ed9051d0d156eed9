package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of windows: batch, stream in order and out of order tell the same. */
class WindowKindsTest {
  private static final Instant T = Instant.parse("2150-03-01T00:00:00Z");
  private static final Duration LATENESS = Duration.ofMinutes(20);
  private static final int READINGS = 80;

  /** What pipelines of this JVM told, by run. */
  private static final Map<String, ConcurrentLinkedQueue<VitalSummary>> ROWS =
      new ConcurrentHashMap<>();

  private static final Map<String, ConcurrentLinkedQueue<String>> REJECTED =
      new ConcurrentHashMap<>();

  private static final Duration EARLY = Duration.ofSeconds(5);

  private static final Map<String, Set<Timing>> TIMINGS = new ConcurrentHashMap<>();

  private record Run(List<VitalSummary> rows, Set<String> rejected, Set<Timing> timings) {
    /** The last word on each window, without how often it was told. */
    Map<SummaryKey, VitalSummary> finals() {
      Map<SummaryKey, VitalSummary> finals = new HashMap<>();
      for (VitalSummary row : rows) {
        if (row.isFinal()) {
          assertNull(finals.put(row.key(), unrevised(row)), "a window is final once");
        }
      }
      return finals;
    }

    /** Shows the rows of each that the other has not. */
    static void assertSame(Map<SummaryKey, VitalSummary> a, Map<SummaryKey, VitalSummary> b) {
      assertEquals("", lines(a, b));
      assertEquals("", lines(b, a));
    }

    private static String lines(
        Map<SummaryKey, VitalSummary> of, Map<SummaryKey, VitalSummary> not) {
      return of.values().stream()
          .filter(row -> !row.equals(not.get(row.key())))
          .map(
              row ->
                  List.of(
                          row.subject(),
                          row.kind(),
                          row.windowStart(),
                          row.windowEnd(),
                          row.n(),
                          row.mean(),
                          row.sd(),
                          row.min(),
                          row.max(),
                          row.first(),
                          row.last(),
                          row.twa(),
                          row.slopePerHour(),
                          row.p05(),
                          row.p50(),
                          row.p95(),
                          row.coverage(),
                          row.maxGapSeconds(),
                          row.nImplausible(),
                          row.nDuplicate())
                      .toString())
          .sorted()
          .limit(10)
          .collect(Collectors.joining("; "));
    }
  }

  private static VitalSummary unrevised(VitalSummary s) {
    return new VitalSummary(
        s.subject(),
        s.kind(),
        s.windowStart(),
        s.windowEnd(),
        0,
        true,
        s.n(),
        s.mean(),
        s.sd(),
        s.min(),
        s.max(),
        s.first(),
        s.last(),
        s.twa(),
        s.slopePerHour(),
        s.p05(),
        s.p50(),
        s.p95(),
        s.coverage(),
        s.maxGapSeconds(),
        s.nImplausible(),
        s.nDuplicate());
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void fixedWindows(@ForAll Random random) {
    check(VitalWindows.fixed(Duration.ofMinutes(5)), random);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void windowsMadeOfSlots(@ForAll Random random) {
    check(VitalWindows.fixed(Duration.ofMinutes(125)), random);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void slidingWindows(@ForAll Random random) {
    check(VitalWindows.sliding(Duration.ofMinutes(30), Duration.ofMinutes(10)), random);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void sessions(@ForAll Random random) {
    check(VitalWindows.sessions(Duration.ofMinutes(7)).cutAt(Duration.ofHours(2)), random);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void ladder(@ForAll Random random) {
    VitalWindows ladder =
        VitalWindows.ladder(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(2));
    List<VitalSign> signs = signs(random);
    Map<SummaryKey, VitalSummary> rows = batch(ladder, shuffled(signs, random)).finals();
    Map<SummaryKey, VitalSummary> apart = new HashMap<>();
    for (int minutes : new int[] {1, 10, 120}) {
      apart.putAll(batch(VitalWindows.fixed(Duration.ofMinutes(minutes)), signs).finals());
    }
    Run.assertSame(apart, rows);
    check(ladder, random);
  }

  /** What is told early, late and at last adds up to what a batch tells, in every rung. */
  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void ladderThatIsToldEarly(@ForAll Random random) {
    VitalWindows ladder =
        VitalWindows.ladder(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(2));
    List<VitalSign> signs = signs(random);
    Run late = run(ladder, stream(signs, random, 4 * LATENESS.toMillis(), EARLY), EARLY);
    assertTrue(
        late.timings().containsAll(Set.of(Timing.EARLY, Timing.ON_TIME, Timing.LATE)),
        late.timings().toString());
    List<VitalSign> passed =
        signs.stream().filter(s -> !late.rejected().contains(s.position())).toList();
    Run.assertSame(batch(ladder, passed).finals(), late.finals());
    assertEachRungHasEachReading(late);
  }

  /**
   * A window's last pane says something new where nothing told it since an early one, and only
   * then: after a late reading, which is told at once, it has nothing to add. Numbers are the
   * seconds of readings, w90 is a watermark, a tick lets the time of early firings pass.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 10 tick 20", // told early, then at the very end
    "2, 10 tick w90 30", // nothing on time
    "3, 10 tick 20 w90 30",
    "2, 10 w90 30", // nothing early
    "1, w90 30", // late from the beginning
  })
  void lastPaneThatHasNewsReachesWiderWindows(long n, String steps) {
    TestStream.Builder<VitalSign> stream = TestStream.create(VitalSignCoder.of());
    for (String step : steps.split(" ")) {
      if (step.equals("tick")) {
        stream = stream.advanceProcessingTime(SummarizeVitals.joda(EARLY.multipliedBy(2)));
      } else if (step.startsWith("w")) {
        stream = stream.advanceWatermarkTo(instant(Integer.parseInt(step.substring(1))));
      } else {
        int second = Integer.parseInt(step);
        Instant time = T.plusSeconds(second);
        stream =
            stream.addElements(
                TimestampedValue.of(
                    new VitalSign("a", VitalKind.HEART_RATE, second, time, "s", step),
                    instant(second)));
      }
    }
    VitalWindows ladder = VitalWindows.ladder(Duration.ofMinutes(1), Duration.ofMinutes(10));
    // At once behind both windows and their lateness.
    Run run =
        run(ladder, stream.advanceWatermarkTo(instant(7_200)).advanceWatermarkToInfinity(), EARLY);
    assertEquals(Set.of(), run.rejected());
    assertEquals(
        List.of(n, n), run.finals().values().stream().map(VitalSummary::n).toList(), "both rungs");
  }

  private static org.joda.time.Instant instant(int second) {
    return org.joda.time.Instant.ofEpochMilli(T.plusSeconds(second).toEpochMilli());
  }

  private static void check(VitalWindows windows, Random random) {
    List<VitalSign> signs = signs(random);
    Run whole = batch(windows, signs);
    assertFalse(whole.rows().isEmpty());
    assertEquals(Set.of(), whole.rejected());

    Run inTime = run(windows, stream(signs, random, LATENESS.toMillis() / 2));
    assertEquals(Set.of(), inTime.rejected());
    Run.assertSame(whole.finals(), inTime.finals());
    Run.assertSame(newest(inTime), inTime.finals());

    Run late = run(windows, stream(signs, random, 4 * LATENESS.toMillis()));
    assertTrue(!late.rejected().isEmpty() && late.rejected().size() < signs.size());
    List<VitalSign> passed =
        signs.stream().filter(s -> !late.rejected().contains(s.position())).toList();
    Run.assertSame(batch(windows, passed).finals(), late.finals());
    if (windows.shape() == VitalWindows.Shape.NESTED) {
      assertEachRungHasEachReading(late);
    }
  }

  private static void assertEachRungHasEachReading(Run run) {
    Map<Duration, Long> byLength = new HashMap<>();
    for (VitalSummary row : run.finals().values()) {
      byLength.merge(Duration.between(row.windowStart(), row.windowEnd()), row.n(), Long::sum);
    }
    assertEquals(1, new HashSet<>(byLength.values()).size(), byLength.toString());
  }

  /** Of windows that are told as final at all: sessions may have grown into others. */
  private static Map<SummaryKey, VitalSummary> newest(Run run) {
    Map<SummaryKey, VitalSummary> newest = new HashMap<>();
    run.rows().forEach(row -> newest.merge(row.key(), row, VitalSummary::newest));
    newest.keySet().retainAll(run.finals().keySet());
    newest.replaceAll((key, row) -> unrevised(row));
    return newest;
  }

  private static List<VitalSign> signs(Random random) {
    List<VitalSign> signs = new ArrayList<>();
    Instant time = T;
    for (int i = 0; i < READINGS; i++) {
      time = time.plusSeconds(random.nextInt(random.nextInt(10) == 0 ? 1_800 : 90));
      VitalKind kind = random.nextInt(3) == 0 ? VitalKind.TEMPERATURE : VitalKind.HEART_RATE;
      signs.add(
          new VitalSign(
              random.nextInt(4) == 0 ? "b" : "a",
              kind,
              30 + random.nextInt(20),
              time,
              "s",
              "" + i));
      if (random.nextInt(10) == 0) {
        VitalSign same = signs.get(signs.size() - 1);
        signs.add(
            new VitalSign(
                same.subject(), kind, same.value(), time, "s", same.position() + " again"));
      }
    }
    return signs;
  }

  private static List<VitalSign> shuffled(List<VitalSign> signs, Random random) {
    List<VitalSign> shuffled = new ArrayList<>(signs);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** The signs as they arrive, each delayed; the watermark follows the latest time seen. */
  private static TestStream<VitalSign> stream(
      List<VitalSign> signs, Random random, long longestDelay) {
    return stream(signs, random, longestDelay, null);
  }

  private static TestStream<VitalSign> stream(
      List<VitalSign> signs, Random random, long longestDelay, @Nullable Duration early) {
    Map<VitalSign, Long> arrival = new HashMap<>();
    for (VitalSign sign : signs) {
      arrival.put(sign, sign.time().toEpochMilli() + random.nextInt((int) longestDelay));
    }
    List<VitalSign> order = new ArrayList<>(signs);
    order.sort(Comparator.comparing(arrival::get));
    TestStream.Builder<VitalSign> stream = TestStream.create(VitalSignCoder.of());
    long watermark = Long.MIN_VALUE;
    int since = 0;
    for (VitalSign sign : order) {
      long time = sign.time().toEpochMilli();
      stream =
          stream.addElements(TimestampedValue.of(sign, org.joda.time.Instant.ofEpochMilli(time)));
      if (early != null && random.nextInt(3) == 0) {
        stream = stream.advanceProcessingTime(SummarizeVitals.joda(early));
      }
      watermark = Math.max(watermark, time);
      if (++since == 5) {
        stream = stream.advanceWatermarkTo(org.joda.time.Instant.ofEpochMilli(watermark));
        since = 0;
      }
    }
    return stream.advanceWatermarkToInfinity();
  }

  private static Run batch(VitalWindows windows, List<VitalSign> signs) {
    return run(windows, Create.of(signs).withCoder(VitalSignCoder.of()));
  }

  private static Run run(VitalWindows windows, PTransform<PBegin, PCollection<VitalSign>> source) {
    return run(windows, source, null);
  }

  private static Run run(
      VitalWindows windows,
      PTransform<PBegin, PCollection<VitalSign>> source,
      @Nullable Duration early) {
    String run = UUID.randomUUID().toString();
    TIMINGS.put(run, ConcurrentHashMap.newKeySet());
    SummarizeVitals summarize = Vitals.summarize(windows).withAllowedLateness(LATENESS);
    if (early != null) {
      summarize = summarize.withEarlyFirings(early);
    }
    ROWS.put(run, new ConcurrentLinkedQueue<>());
    REJECTED.put(run, new ConcurrentLinkedQueue<>());
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline
        .apply("Signs", source)
        .apply("Refuse late readings", Vitals.refuseLate(windows, LATENESS).rejectedTo(rejects))
        .apply("Summarize", summarize.after(RefuseLate.STAGE).rejectedTo(rejects))
        .apply("Key", Vitals.keySummaries())
        .apply("Keep rows", ParDo.of(new KeepRows(run)));
    rejects.all(pipeline).apply("Keep rejects", ParDo.of(new KeepRejects(run)));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Ledger ledger = rejects.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
    List<VitalSummary> rows = List.copyOf(ROWS.remove(run));
    Map<String, VitalSummary> revisions = new HashMap<>();
    for (VitalSummary row : rows) {
      VitalSummary before =
          revisions.put(row.subject() + row.key() + row.windowEnd() + row.revision(), row);
      assertTrue(before == null || before.equals(row), "a key and a revision name one row");
    }
    return new Run(rows, new HashSet<>(REJECTED.remove(run)), TIMINGS.remove(run));
  }

  static final class KeepRows extends DoFn<KV<SummaryKey, VitalSummary>, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    KeepRows(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element KV<SummaryKey, VitalSummary> row, PaneInfo pane) {
      TIMINGS.get(run).add(pane.getTiming());
      ROWS.get(run).add(row.getValue());
    }
  }

  static final class KeepRejects extends DoFn<Rejected, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    KeepRejects(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element Rejected rejected) {
      assertEquals("late", rejected.reason().code());
      REJECTED.get(run).add(rejected.position());
    }
  }
}
