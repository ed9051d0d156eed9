package org.healthbeam.transforms.vital;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummaries;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Summarizes the vital signs of each subject and kind in fixed windows of event time.
 *
 * <p>Input: plausible vital signs, bounded or not, in any windows; their event time is {@link
 * VitalSign#time}. Output: one {@link VitalSummary} for each window that has a value, when the
 * watermark passes the window's end; of unbounded input again, with a higher revision, for each
 * late reading, and a last time, marked final, when the allowed lateness is over. A window without
 * a value gives nothing. The output is in the fixed windows.
 *
 * <p>Every distinct reading of an open window is held, 16 to 32 bytes each: a subject's pulse at
 * one reading a second in windows of an hour is 58 to 115 kB for each window that is open, which it
 * is until its end and the allowed lateness are over.
 *
 * <p>Exact duplicates (subject, kind, time, value) count once. Corrections replace the readings of
 * their time and takings back remove them ({@link ReadingSeries}); each reading ends in one of the
 * outcomes passed, duplicate, superseded, withdrawn, withdrawal (a record that takes back) and
 * artefact. The result depends on the set of readings alone, not on the order of arrival or
 * merging. Readings later than the allowed lateness are lost here without a word: put {@link
 * RefuseLate} before it. Units: each kind's canonical one. The source of the definitions: {@link
 * VitalSummaries}.
 *
 * <pre>{@code
 * PCollection<VitalSummary> summaries =
 *     signs.apply("Summarize vital signs", Vitals.summarize(Duration.ofMinutes(1)));
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

  private final Duration window;
  private final Duration allowedLateness;
  private final ExpectedIntervals expected;
  private final String after;
  @Nullable private final transient PCollection<VitalSign> implausible;
  @Nullable private final transient Rejects rejects;

  private SummarizeVitals(
      Duration window,
      Duration allowedLateness,
      ExpectedIntervals expected,
      String after,
      @Nullable PCollection<VitalSign> implausible,
      @Nullable Rejects rejects) {
    this.window = window;
    this.allowedLateness = allowedLateness;
    this.expected = expected;
    this.after = after;
    this.implausible = implausible;
    this.rejects = rejects;
  }

  static SummarizeVitals inWindowsOf(Duration window) {
    if (window.toMillis() < 1) {
      throw new IllegalArgumentException("window " + window + " is not at least 1 ms");
    }
    return new SummarizeVitals(
        window, Duration.ZERO, ExpectedIntervals.all(Duration.ofMinutes(1)), "", null, null);
  }

  /** Takes readings of unbounded input that come so long after their window's end; default none. */
  public SummarizeVitals withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return new SummarizeVitals(window, allowedLateness, expected, after, implausible, rejects);
  }

  /** Tells coverage against these intervals; the default is one reading a minute. */
  public SummarizeVitals withExpectedIntervals(ExpectedIntervals expected) {
    return new SummarizeVitals(window, allowedLateness, expected, after, implausible, rejects);
  }

  /** Counts these, which are in no average, by window. */
  public SummarizeVitals countingImplausible(PCollection<VitalSign> implausible) {
    return new SummarizeVitals(window, allowedLateness, expected, after, implausible, rejects);
  }

  /** Lets the ledger check that all survivors of that stage, and nothing else, come in here. */
  public SummarizeVitals after(String stage) {
    return new SummarizeVitals(window, allowedLateness, expected, stage, implausible, rejects);
  }

  /** Declares the stage in that ledger; nothing is rejected. */
  public SummarizeVitals rejectedTo(Rejects rejects) {
    return new SummarizeVitals(window, allowedLateness, expected, after, implausible, rejects);
  }

  @Override
  public Map<TupleTag<?>, PValue> getAdditionalInputs() {
    return implausible == null ? Map.of() : Map.of(IMPLAUSIBLE, implausible);
  }

  @Override
  public PCollection<VitalSummary> expand(PCollection<VitalSign> signs) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "measurements", after);
    KvCoder<SeriesKey, VitalPoint> coder = KvCoder.of(SeriesKeyCoder.of(), VitalPointCoder.of());
    IsBounded isBounded =
        implausible == null ? signs.isBounded() : signs.isBounded().and(implausible.isBounded());
    PCollection<KV<SeriesKey, VitalPoint>> points =
        signs
            .apply("Points", ParDo.of(new ToPoints.BySeries(true)))
            .setCoder(coder)
            .apply("Fixed windows", windows(isBounded));
    if (implausible != null) {
      // Put into windows of its own before both meet: collections that come in different windows,
      // as these may, cannot be flattened.
      PCollection<KV<SeriesKey, VitalPoint>> refused =
          implausible
              .apply("Implausible points", ParDo.of(new ToPoints.BySeries(false)))
              .setCoder(coder)
              .apply("Implausible fixed windows", windows(isBounded));
      points = PCollectionList.of(points).and(refused).apply("All points", Flatten.pCollections());
    }
    boolean bounded = isBounded == IsBounded.BOUNDED;
    return points
        .apply("Collect series", Combine.perKey(new CollectSeries()))
        .apply("Summarize", ParDo.of(new SummarizeFn(outcomes, expected, bounded)))
        .setCoder(VitalSummaryCoder.of());
  }

  private Window<KV<SeriesKey, VitalPoint>> windows(IsBounded bounded) {
    return PanePolicy.window(FixedWindows.of(joda(window)), bounded, joda(allowedLateness));
  }

  static org.joda.time.Duration joda(Duration duration) {
    return org.joda.time.Duration.millis(duration.toMillis());
  }

  static final class SummarizeFn extends DoFn<KV<SeriesKey, ReadingSeries>, VitalSummary> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;
    private final ExpectedIntervals expected;
    private final boolean bounded;

    SummarizeFn(Outcomes outcomes, ExpectedIntervals expected, boolean bounded) {
      this.outcomes = outcomes;
      this.expected = expected;
      this.bounded = bounded;
    }

    @ProcessElement
    public void process(
        @Element KV<SeriesKey, ReadingSeries> element,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<VitalSummary> out) {
      ReadingSeries series = element.getValue();
      boolean last = PanePolicy.isFinal(bounded, pane);
      if (last) {
        outcomes.in(series.added());
        outcomes.out(Outcomes.PASSED, series.size());
        count("duplicate", series.duplicates());
        count("superseded", series.superseded());
        count("withdrawn", series.withdrawn());
        count("withdrawal", series.withdrawals());
        count("artefact", series.artefacts());
      }
      if (series.size() > 0) {
        SeriesKey key = element.getKey();
        out.output(
            VitalSummaries.of(
                key.subject(),
                key.kind(),
                Instant.ofEpochMilli(window.start().getMillis()),
                Instant.ofEpochMilli(window.end().getMillis()),
                pane.getIndex(),
                last,
                series,
                expected.of(key.kind())));
      }
    }

    private void count(String outcome, long n) {
      if (n > 0) {
        outcomes.out(outcome, n);
      }
    }
  }
}
