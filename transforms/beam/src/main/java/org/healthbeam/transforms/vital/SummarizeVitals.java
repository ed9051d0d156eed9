package org.healthbeam.transforms.vital;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.window.SlotDigest;
import org.healthbeam.core.vital.window.VitalSummaries;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.healthbeam.core.vital.window.VitalWindows.Shape;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.healthbeam.transforms.vital.block.SummarizeInBlocks;
import org.healthbeam.transforms.vital.window.CollectSlots;
import org.healthbeam.transforms.vital.window.SessionGroups;
import org.healthbeam.transforms.vital.window.SlotDigestCoder;
import org.healthbeam.transforms.vital.window.SlotWindows;

/**
 * Summarizes the vital signs of each subject and kind in windows of event time: fixed, sliding or
 * nested ones, or the sessions of a subject ({@link VitalWindows}).
 *
 * <p>Input: plausible vital signs, bounded or not, in any windows; their event time is {@link
 * VitalSign#time}. Output: one {@link VitalSummary} for each window that has a value, when the
 * watermark passes the window's end; of unbounded input again, with a higher revision, for each
 * late reading, and a last time, marked final, when the allowed lateness is over. {@link
 * #withEarlyFirings} adds rows of windows that are not over. A window without a value gives
 * nothing. Of the rows with one key the newest holds ({@link VitalSummary#key}). The output is in
 * the global window; its rows are at their window's last instant.
 *
 * <p>Only slots hold readings: the windows themselves up to an hour, the shortest windows of a
 * ladder, steps, and at most 10 min of what is longer. Wider windows take the digests of their
 * slots, and again the digest of a slot that changed, so a late reading tells each wider window
 * again. A reading is in time for all its windows, or late for all of them: it is late when its
 * slot has been over for longer than the allowed lateness. Late ones are lost here without a word:
 * put {@link RefuseLate} with the same windows before it.
 *
 * <p>Memory: a slot holds every distinct reading, 16 to 32 bytes each, until its end and the
 * allowed lateness are over: a pulse at 125 a second in slots of 10 min is 1.2 to 2.4 MB a slot. A
 * wider window holds at most 256 digests, a session 4,320, n overlapping windows n (n + 1) / 2:
 * each up to 1 kB for up to 64 readings, up to 17 kB while there are at most 1,000 distinct values,
 * and at most 250 kB beyond ({@code core.vital.window.WindowDigest}).
 *
 * <p>Runners: one grouping for fixed windows up to an hour; all others group what was grouped,
 * which Spark loses in streaming.
 *
 * <p>Exact duplicates (subject, kind, time, value) count once. Corrections replace the readings of
 * their time and takings back remove them ({@link ReadingSeries}); each reading ends in one of the
 * outcomes passed, duplicate, superseded, withdrawn, withdrawal (a record that takes back) and
 * artefact. The result depends on the set of readings alone, not on the order of arrival or
 * merging. Units: each kind's canonical one. The source of the definitions: {@link VitalSummaries}.
 *
 * <pre>{@code
 * VitalWindows windows =
 *     VitalWindows.ladder(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
 * PCollection<VitalSummary> summaries =
 *     signs
 *         .apply("Refuse late readings", Vitals.refuseLate(windows, lateness).rejectedTo(rejects))
 *         .apply("Summarize vital signs", Vitals.summarize(windows).withAllowedLateness(lateness));
 * }</pre>
 */
public final class SummarizeVitals
    extends PTransform<PCollection<VitalSign>, PCollection<VitalSummary>> {
  private static final long serialVersionUID = 1L;

  /** The name of the stage. */
  public static final String STAGE = "Summarize vital signs";

  private static final TupleTag<VitalSign> IMPLAUSIBLE =
      new TupleTag<VitalSign>("implausible") {
        private static final long serialVersionUID = 1L;
      };

  private final VitalWindows windows;
  private final Duration allowedLateness;
  @Nullable private final Duration early;
  private final ExpectedIntervals expected;
  private final String after;
  @Nullable private final transient PCollection<VitalSign> implausible;
  @Nullable private final transient Rejects rejects;

  private SummarizeVitals(
      VitalWindows windows,
      Duration allowedLateness,
      @Nullable Duration early,
      ExpectedIntervals expected,
      String after,
      @Nullable PCollection<VitalSign> implausible,
      @Nullable Rejects rejects) {
    this.windows = windows;
    this.allowedLateness = allowedLateness;
    this.early = early;
    this.expected = expected;
    this.after = after;
    this.implausible = implausible;
    this.rejects = rejects;
  }

  static SummarizeVitals in(VitalWindows windows) {
    return new SummarizeVitals(
        windows, Duration.ZERO, null, ExpectedIntervals.all(Duration.ofMinutes(1)), "", null, null);
  }

  /**
   * {@return a copy that takes readings of unbounded input that come so long after their slot's
   * end; default none}
   *
   * @param allowedLateness in event time
   */
  public SummarizeVitals withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return new SummarizeVitals(
        windows, allowedLateness, early, expected, after, implausible, rejects);
  }

  /**
   * {@return a copy that tells windows of unbounded input before they are over too, so long (by the
   * clock) after the first reading that was not told yet; wider windows so long after their slots}
   * Default: not.
   *
   * @param delay by the clock
   */
  public SummarizeVitals withEarlyFirings(Duration delay) {
    if (delay.toMillis() < 1) {
      throw new IllegalArgumentException("delay of early firings " + delay + " is not positive");
    }
    return new SummarizeVitals(
        windows, allowedLateness, delay, expected, after, implausible, rejects);
  }

  /**
   * {@return a copy that tells coverage against these intervals; the default is one reading a
   * minute}
   *
   * @param expected by kind
   */
  public SummarizeVitals withExpectedIntervals(ExpectedIntervals expected) {
    return new SummarizeVitals(
        windows, allowedLateness, early, expected, after, implausible, rejects);
  }

  /**
   * {@return a copy that counts these, which are in no average, by window}
   *
   * @param implausible of the same input
   */
  public SummarizeVitals countingImplausible(PCollection<VitalSign> implausible) {
    return new SummarizeVitals(
        windows, allowedLateness, early, expected, after, implausible, rejects);
  }

  /**
   * {@return a copy that lets the ledger check that all survivors of that stage, and nothing else,
   * come in here}
   *
   * @param stage the name of one that was declared before
   */
  public SummarizeVitals after(String stage) {
    return new SummarizeVitals(
        windows, allowedLateness, early, expected, stage, implausible, rejects);
  }

  /**
   * {@return a copy that declares the stage in that ledger; nothing is rejected}
   *
   * @param rejects take what is rejected
   */
  public SummarizeVitals rejectedTo(Rejects rejects) {
    return new SummarizeVitals(
        windows, allowedLateness, early, expected, after, implausible, rejects);
  }

  @Override
  public Map<TupleTag<?>, PValue> getAdditionalInputs() {
    return implausible == null ? Map.of() : Map.of(IMPLAUSIBLE, implausible);
  }

  @Override
  public PCollection<VitalSummary> expand(PCollection<VitalSign> signs) {
    if (!windows.isOneGrouping()) {
      RunnerSupport.of(signs)
          .require(
              "Vital signs cannot be summarized in " + windows,
              "Take fixed windows of at most 1h, or run on Flink.",
              RunnerNeed.CHAINED_GROUPING);
    }
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "measurements", after);
    if (signs.isBounded() == IsBounded.UNBOUNDED
        && early == null
        && windows.isOneGrouping()
        && RunnerSupport.of(signs).has(RunnerNeed.EVENT_TIME_TIMERS)) {
      return signs.apply(
          "In blocks",
          new SummarizeInBlocks(windows.slot(), allowedLateness, expected, outcomes, implausible));
    }
    IsBounded bounded =
        implausible == null ? signs.isBounded() : signs.isBounded().and(implausible.isBounded());
    List<Rung> rungs = windows.rungs();
    boolean grouped = windows.shape() != Shape.NESTED;
    List<PCollection<VitalSummary>> rows = new ArrayList<>();
    PCollectionTuple told =
        points(signs, rungs.get(0), bounded)
            .apply("Collect series", Combine.perKey(new CollectSeries()))
            .apply(
                "Summarize",
                ParDo.of(
                        new TellWindows.OfReadings(
                            outcomes,
                            expected,
                            telling(bounded, rungs.get(0), grouped || rungs.size() > 1)))
                    .withOutputTags(TellWindows.ROWS, outcomes.outputs(TellWindows.SLOTS)));
    Rejects.collectCounts(rejects, told);
    PCollection<KV<SeriesKey, SlotDigest>> slots = take(told, rows);
    for (int i = 1; i < rungs.size(); i++) {
      Rung rung = rungs.get(i);
      told =
          wider(
              slots,
              "of " + Duration.ofMillis(rung.length()),
              SlotWindows.of(rung),
              telling(bounded, rung, grouped || i + 1 < rungs.size()));
      slots = take(told, rows);
    }
    switch (windows.shape()) {
      case NESTED -> {}
      case SLIDING ->
          take(
              wider(
                  slots,
                  "sliding",
                  SlidingWindows.of(joda(windows.length())).every(joda(windows.every())),
                  telling(bounded, true, false)),
              rows);
      case SESSIONS -> rows.add(sessions(slots));
    }
    return PCollectionList.of(rows)
        .apply("All rows", Flatten.pCollections())
        .setCoder(VitalSummaryCoder.of());
  }

  private PCollection<KV<SeriesKey, VitalPoint>> points(
      PCollection<VitalSign> signs, Rung slot, IsBounded bounded) {
    KvCoder<SeriesKey, VitalPoint> coder = KvCoder.of(SeriesKeyCoder.of(), VitalPointCoder.of());
    PCollection<KV<SeriesKey, VitalPoint>> points =
        signs
            .apply("Points", ParDo.of(new ToPoints.BySeries(true)))
            .setCoder(coder)
            .apply("Fixed windows", windows(SlotWindows.of(slot), bounded));
    if (implausible == null) {
      return points;
    }
    // Put into windows of its own before both meet: collections that come in different windows,
    // as these may, cannot be flattened.
    PCollection<KV<SeriesKey, VitalPoint>> refused =
        implausible
            .apply("Implausible points", ParDo.of(new ToPoints.BySeries(false)))
            .setCoder(coder)
            .apply("Implausible fixed windows", windows(SlotWindows.of(slot), bounded));
    return PCollectionList.of(points).and(refused).apply("All points", Flatten.pCollections());
  }

  private PCollectionTuple wider(
      PCollection<KV<SeriesKey, SlotDigest>> slots,
      String which,
      WindowFn<Object, IntervalWindow> windowFn,
      TellWindows.Telling telling) {
    return slots
        .apply("Windows " + which, windows(windowFn, slots.isBounded()))
        .apply("Collect slots " + which, Combine.perKey(new CollectSlots()))
        .apply(
            "Summarize windows " + which,
            ParDo.of(new TellWindows.OfSlots(expected, telling))
                .withOutputTags(TellWindows.ROWS, TupleTagList.of(TellWindows.SLOTS)));
  }

  private PCollection<VitalSummary> sessions(PCollection<KV<SeriesKey, SlotDigest>> slots) {
    return slots
        .apply("Key by subject", ParDo.of(new BySubject()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SlotDigestCoder.of()))
        .apply("Session groups", windows(SessionGroups.of(windows), slots.isBounded()))
        .apply("Collect slots of sessions", Combine.perKey(new CollectSlots()))
        .apply(
            "Summarize sessions",
            ParDo.of(
                new TellWindows.OfSessions(
                    expected, telling(slots.isBounded(), true, false), windows)))
        .setCoder(VitalSummaryCoder.of())
        .apply("Rows of sessions", inGlobalWindow());
  }

  static final class BySubject extends DoFn<KV<SeriesKey, SlotDigest>, KV<String, SlotDigest>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<SeriesKey, SlotDigest> slot, OutputReceiver<KV<String, SlotDigest>> out) {
      out.output(KV.of(slot.getKey().subject(), slot.getValue()));
    }
  }

  private TellWindows.Telling telling(IsBounded bounded, Rung rung, boolean goesUp) {
    return telling(bounded, rung.told(), goesUp);
  }

  private TellWindows.Telling telling(IsBounded bounded, boolean rows, boolean goesUp) {
    return new TellWindows.Telling(
        bounded == IsBounded.BOUNDED, !allowedLateness.isZero(), rows, goesUp);
  }

  /** Takes the rows of a rung, and returns what wider windows are made of. */
  private static PCollection<KV<SeriesKey, SlotDigest>> take(
      PCollectionTuple told, List<PCollection<VitalSummary>> rows) {
    rows.add(
        told.get(TellWindows.ROWS)
            .setCoder(VitalSummaryCoder.of())
            .apply("Rows " + (rows.size() + 1), inGlobalWindow()));
    return told.get(TellWindows.SLOTS)
        .setCoder(KvCoder.of(SeriesKeyCoder.of(), SlotDigestCoder.of()));
  }

  /** Rows of windows of several lengths stand in one collection, so in one kind of window. */
  static <T> Window<T> inGlobalWindow() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(org.joda.time.Duration.ZERO)
        .discardingFiredPanes();
  }

  private <T> Window<T> windows(WindowFn<? super T, IntervalWindow> windowFn, IsBounded bounded) {
    return PanePolicy.window(
        windowFn, bounded, joda(allowedLateness), early == null ? null : joda(early));
  }

  static org.joda.time.Duration joda(Duration duration) {
    return org.joda.time.Duration.millis(duration.toMillis());
  }
}
