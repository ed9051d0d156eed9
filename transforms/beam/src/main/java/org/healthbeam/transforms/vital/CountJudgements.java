package org.healthbeam.transforms.vital;

import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.healthbeam.transforms.outcome.Outcomes;

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
    // A window's last instant is one millisecond before its end; as in RefuseLateBlocks.
    long over = slot.end(judgement.time().toEpochMilli()) - 1 + lateness;
    if (over < timer.getCurrentRelativeTime().getMillis()) {
      outcomes.out(LATE);
    } else {
      outcomes.out();
      out.output(judgement);
    }
  }

  @OnTimer(WATERMARK)
  public void onWatermark() {}

  /** Parts judgements, so that some can be counted beside others. */
  static final class ByShard extends DoFn<VitalSign, KV<Integer, VitalSign>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalSign sign, OutputReceiver<KV<Integer, VitalSign>> out) {
      out.output(KV.of(Math.floorMod(sign.subject().hashCode(), SHARDS), sign));
    }
  }

  /** Counts the judgements of bounded input, none of which is late. */
  static final class AllInTime extends DoFn<VitalSign, VitalSign> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    AllInTime(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(@Element VitalSign sign, OutputReceiver<VitalSign> out) {
      outcomes.in();
      outcomes.out();
      out.output(sign);
    }
  }
}
