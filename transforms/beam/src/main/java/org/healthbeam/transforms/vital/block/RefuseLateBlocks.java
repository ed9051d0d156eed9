package org.healthbeam.transforms.vital.block;

import java.time.Duration;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.block.ReadingBlock;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.healthbeam.transforms.outcome.Histogram;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.StageMetrics;
import org.joda.time.Instant;

/**
 * Parts unbounded vital signs into those in time and those whose window and allowed lateness are
 * over, asking the watermark once for each block.
 *
 * <p>Input: vital signs in any windows. Output: {@link #IN_TIME} and rejects, in the global window,
 * at their event time. How far readings are behind the watermark is counted besides, in
 * milliseconds; at the end of time, where there is no watermark any more, it is not.
 */
public final class RefuseLateBlocks extends PTransform<PCollection<VitalSign>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The vital signs that are in time. */
  public static final TupleTag<VitalSign> IN_TIME =
      new TupleTag<VitalSign>("in time") {
        private static final long serialVersionUID = 1L;
      };

  private final Rung slot;
  private final Duration allowedLateness;
  private final Outcomes outcomes;

  /**
   * Makes the step.
   *
   * @param slot of the windows
   * @param allowedLateness in event time
   * @param outcomes of the stage
   */
  public RefuseLateBlocks(Rung slot, Duration allowedLateness, Outcomes outcomes) {
    this.slot = slot;
    this.allowedLateness = allowedLateness;
    this.outcomes = outcomes;
  }

  @Override
  public PCollectionTuple expand(PCollection<VitalSign> signs) {
    return SummarizeInBlocks.inGlobalWindow(signs, "")
        .apply("Pack", ParDo.of(new PackSigns(slot, true, true, allowedLateness)))
        .setCoder(PackSigns.coder())
        .apply(
            "Refuse",
            ParDo.of(new RefuseFn(outcomes, slot, allowedLateness.toMillis()))
                .withOutputTags(IN_TIME, TupleTagList.of(Outcomes.REJECTED)));
  }

  static final class RefuseFn extends DoFn<KV<ShardWindow, byte[]>, VitalSign> {
    private static final long serialVersionUID = 1L;
    private static final String WATERMARK = "watermark";
    private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();

    private final Outcomes outcomes;
    private final Rung slot;
    private final long allowedLateness;
    private final Histogram lateness;

    /** Never set: it is here to be asked for the time of its domain, which is the watermark. */
    @TimerId(WATERMARK)
    private final TimerSpec watermark = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    RefuseFn(Outcomes outcomes, Rung slot, long allowedLateness) {
      this.outcomes = outcomes;
      this.slot = slot;
      this.allowedLateness = allowedLateness;
      this.lateness =
          StageMetrics.histogram(
              outcomes.stage(),
              "lateness_ms",
              0,
              1_000,
              10_000,
              60_000,
              600_000,
              3_600_000,
              86_400_000);
    }

    /** Any: a block is at the last instant at which it is in time, its readings are before that. */
    @SuppressWarnings("deprecation")
    @Override
    public org.joda.time.Duration getAllowedTimestampSkew() {
      return org.joda.time.Duration.millis(Long.MAX_VALUE);
    }

    @ProcessElement
    public void process(
        @Element KV<ShardWindow, byte[]> element,
        @TimerId(WATERMARK) Timer timer,
        MultiOutputReceiver out) {
      long start = element.getKey().start();
      long now = timer.getCurrentRelativeTime().getMillis();
      boolean late = slot.lastInTime(start, allowedLateness) < now;
      boolean measured = now < END_OF_TIME;
      OutputReceiver<VitalSign> inTime = out.get(IN_TIME);
      long[] n = {0};
      ReadingBlock.signs(
          element.getValue(),
          start,
          sign -> {
            n[0]++;
            if (measured) {
              lateness.add(now - sign.time().toEpochMilli());
            }
            if (late) {
              outcomes.reject(
                  out.get(Outcomes.REJECTED),
                  RejectReason.LATE,
                  "the slot of its windows and the allowed lateness are over",
                  sign.source(),
                  sign.position(),
                  sign.payload());
            } else {
              inTime.outputWithTimestamp(sign, Instant.ofEpochMilli(sign.time().toEpochMilli()));
            }
          });
      lateness.flush();
      outcomes.in(n[0]);
      if (!late) {
        outcomes.out(Outcomes.PASSED, n[0]);
      }
    }

    @OnTimer(WATERMARK)
    public void onWatermark() {}
  }
}
