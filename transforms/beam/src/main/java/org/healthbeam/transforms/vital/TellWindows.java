package org.healthbeam.transforms.vital;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.window.Sessions;
import org.healthbeam.core.vital.window.SlotDigest;
import org.healthbeam.core.vital.window.SlotDigests;
import org.healthbeam.core.vital.window.VitalSummaries;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.core.vital.window.WindowFold;
import org.healthbeam.core.vital.window.WindowSpan;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.vital.block.SeriesOutcomes;

/** Tells what windows come to: as rows, and as digests that wider windows take. */
final class TellWindows {
  static final TupleTag<VitalSummary> ROWS =
      new TupleTag<VitalSummary>("rows") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<KV<SeriesKey, SlotDigest>> SLOTS =
      new TupleTag<KV<SeriesKey, SlotDigest>>("slots") {
        private static final long serialVersionUID = 1L;
      };

  private TellWindows() {}

  /**
   * What is told of the windows of a rung.
   *
   * @param bounded whether there is one pane of each window, the last
   * @param late whether a window goes on to be held after its end
   * @param rows whether they are summarized
   * @param goesUp whether there are wider windows
   */
  record Telling(boolean bounded, boolean late, boolean rows, boolean goesUp)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    boolean isFinal(PaneInfo pane) {
      return PanePolicy.isFinal(bounded, pane);
    }

    void tell(
        SeriesKey key,
        WindowFold fold,
        IntervalWindow window,
        PaneInfo pane,
        DoFn.OutputReceiver<VitalSummary> row,
        DoFn.OutputReceiver<KV<SeriesKey, SlotDigest>> slot) {
      long start = window.start().getMillis();
      long end = window.end().getMillis();
      if (rows && fold.n() > 0) {
        row.output(
            VitalSummaries.of(
                key.subject(),
                key.kind(),
                WindowSpan.of(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)),
                pane.getIndex(),
                isFinal(pane),
                fold));
      }
      if (goesUp && PanePolicy.mayHaveNews(late, pane)) {
        slot.output(
            KV.of(key, new SlotDigest(key.kind(), start, end, pane.getIndex(), fold.digest())));
      }
    }
  }

  /** Tells what windows come to that hold readings, and counts those of the last panes. */
  static final class OfReadings extends DoFn<KV<SeriesKey, ReadingSeries>, VitalSummary> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;
    private final ExpectedIntervals expected;
    private final Telling telling;

    OfReadings(Outcomes outcomes, ExpectedIntervals expected, Telling telling) {
      this.outcomes = outcomes;
      this.expected = expected;
      this.telling = telling;
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      outcomes.tell(context);
    }

    @ProcessElement
    public void process(
        @Element KV<SeriesKey, ReadingSeries> element,
        IntervalWindow window,
        PaneInfo pane,
        MultiOutputReceiver out) {
      ReadingSeries series = element.getValue();
      if (telling.isFinal(pane)) {
        SeriesOutcomes.count(series, window, outcomes);
      }
      SeriesKey key = element.getKey();
      telling.tell(
          key,
          new WindowFold(expected.of(key.kind())).addAll(series),
          window,
          pane,
          out.get(ROWS),
          out.get(SLOTS));
    }
  }

  /** Tells what windows come to that hold digests of finer ones. */
  static final class OfSlots extends DoFn<KV<SeriesKey, SlotDigests>, VitalSummary> {
    private static final long serialVersionUID = 1L;
    private final ExpectedIntervals expected;
    private final Telling telling;

    OfSlots(ExpectedIntervals expected, Telling telling) {
      this.expected = expected;
      this.telling = telling;
    }

    @ProcessElement
    public void process(
        @Element KV<SeriesKey, SlotDigests> element,
        IntervalWindow window,
        PaneInfo pane,
        MultiOutputReceiver out) {
      SeriesKey key = element.getKey();
      telling.tell(
          key,
          element.getValue().fold(expected.of(key.kind())),
          window,
          pane,
          out.get(ROWS),
          out.get(SLOTS));
    }
  }

  /** Tells the sessions of a subject that lie in one window. */
  static final class OfSessions extends DoFn<KV<String, SlotDigests>, VitalSummary> {
    private static final long serialVersionUID = 1L;
    private final ExpectedIntervals expected;
    private final Telling telling;
    private final long gap;
    private final long longest;

    OfSessions(ExpectedIntervals expected, Telling telling, VitalWindows windows) {
      this.expected = expected;
      this.telling = telling;
      this.gap = windows.gap().toMillis();
      this.longest = windows.longestSession().toMillis();
    }

    @ProcessElement
    public void process(
        @Element KV<String, SlotDigests> element, PaneInfo pane, OutputReceiver<VitalSummary> out) {
      boolean isFinal = telling.isFinal(pane);
      // Panes are counted anew when windows merge; what is known of their slots only grows.
      long revision = telling.bounded() ? 0 : element.getValue().revisions() + (isFinal ? 1 : 0);
      new Sessions(Duration.ofMillis(gap), Duration.ofMillis(longest))
          .part(
              element.getValue(),
              expected::of,
              (span, kinds) ->
                  kinds.forEach(
                      (kind, fold) ->
                          out.output(
                              VitalSummaries.of(
                                  element.getKey(), kind, span, revision, isFinal, fold))));
    }
  }
}
