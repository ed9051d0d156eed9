package org.healthbeam.transforms.vital;

import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.healthbeam.transforms.outcome.Outcomes;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Counts the judgements of a stream as passed or late, and passes on those in time: a judgement
 * whose reading's slot and the lateness are over is one that groupings would drop without a word.
 */
final class CountJudgements extends DoFn<KV<Integer, VitalSign>, VitalSign> {
  private static final long serialVersionUID = 1L;
  private static final String WATERMARK = "watermark";
  private static final String LATE = "late";
  private static final int SHARDS = 64;

  /** Never set: it is here to be asked for the time of its domain, which is the watermark. */
  @TimerId(WATERMARK)
  private final TimerSpec watermark = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final Outcomes outcomes;
  private final Rung slot;
  private final long lateness;

  CountJudgements(Outcomes outcomes, Rung slot, long lateness) {
    this.outcomes = outcomes;
    this.slot = slot;
    this.lateness = lateness;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, VitalSign> element,
      @TimerId(WATERMARK) Timer timer,
      OutputReceiver<VitalSign> out) {
    VitalSign judgement = element.getValue();
    outcomes.in();
    long over = slot.lastInTime(judgement.time().toEpochMilli(), lateness);
    if (over < timer.getCurrentRelativeTime().getMillis()) {
      outcomes.out(LATE);
    } else {
      outcomes.out();
      out.outputWithTimestamp(judgement, Instant.ofEpochMilli(judgement.time().toEpochMilli()));
    }
  }

  /** Any: see {@link ByShard}. */
  @SuppressWarnings("deprecation")
  @Override
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  @OnTimer(WATERMARK)
  public void onWatermark() {}

  /**
   * Parts judgements, so that some can be counted beside others. They come at the last instant at
   * which they are in time: on the direct runner an element behind the watermark does not hold it
   * back, and so may meet the end of time.
   */
  static final class ByShard extends DoFn<VitalSign, KV<Integer, VitalSign>> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();

    private final Rung slot;
    private final long lateness;

    ByShard(Rung slot, long lateness) {
      this.slot = slot;
      this.lateness = lateness;
    }

    @ProcessElement
    public void process(
        @Element VitalSign sign,
        @Timestamp Instant timestamp,
        OutputReceiver<KV<Integer, VitalSign>> out) {
      long last = Math.min(slot.lastInTime(sign.time().toEpochMilli(), lateness), END_OF_TIME);
      out.outputWithTimestamp(
          KV.of(Math.floorMod(sign.subject().hashCode(), SHARDS), sign),
          Instant.ofEpochMilli(Math.max(last, timestamp.getMillis())));
    }
  }

  /** Counts the judgements of bounded input, none of which is late. */
  static final class AllInTime extends DoFn<VitalSign, VitalSign> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    AllInTime(Outcomes outcomes) {
      this.outcomes = outcomes;
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
    public void process(@Element VitalSign sign, OutputReceiver<VitalSign> out) {
      outcomes.in();
      outcomes.out();
      out.output(sign);
    }
  }
}
