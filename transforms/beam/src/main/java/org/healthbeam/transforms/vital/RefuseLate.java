package org.healthbeam.transforms.vital;

import java.time.Duration;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.healthbeam.transforms.vital.block.RefuseLateBlocks;

/**
 * Rejects the vital signs that come later than their windows allow, which grouping would drop
 * without a word.
 *
 * <p>Input: vital signs; of bounded input all pass, since nothing bounded is late. Output: those
 * whose slot's end ({@link VitalWindows#slot}) and the allowed lateness the watermark has not
 * passed, in the global window. The slot is the first of a reading's windows to end, or shorter: a
 * reading is in time for all its windows, or is rejected and in none, so final rows are those of a
 * batch of what passed here. That is: fixed windows up to an hour are the slots themselves, longer
 * ones have slots of 10 min; sliding windows have slots of their step, a ladder of its shortest
 * windows, sessions of their gap, but at most 10 min. The watermark is the one that this step sees;
 * no step after it is ahead of it, so what passes here is not dropped by a grouping after it into
 * windows that end no earlier. Runners: it needs a timer that tells the watermark, which the direct
 * runner and Flink have; on Spark, which has no timers of event time, streaming input is refused
 * when the pipeline is built.
 *
 * <p>The direct runner lets the watermark run ahead of elements that are behind it already. So what
 * is under way here carries the last instant at which it is in time, and holds the watermark until
 * it is through.
 *
 * <pre>{@code
 * signs.apply(
 *     "Refuse late readings",
 *     Vitals.refuseLate(VitalWindows.fixed(Duration.ofMinutes(1)), Duration.ofHours(1)).rejectedTo(rejects));
 * }</pre>
 */
public final class RefuseLate extends PTransform<PCollection<VitalSign>, PCollection<VitalSign>> {
  private static final long serialVersionUID = 1L;

  /** The name of the stage. */
  public static final String STAGE = "Refuse late readings";

  private static final TupleTag<VitalSign> IN_TIME = RefuseLateBlocks.IN_TIME;

  private final VitalWindows windows;
  private final Duration allowedLateness;
  private final String after;
  @Nullable private final transient Rejects rejects;

  private RefuseLate(
      VitalWindows windows, Duration allowedLateness, String after, @Nullable Rejects rejects) {
    this.windows = windows;
    this.allowedLateness = allowedLateness;
    this.after = after;
    this.rejects = rejects;
  }

  static RefuseLate of(VitalWindows windows, Duration allowedLateness) {
    return new RefuseLate(windows, allowedLateness, "", null);
  }

  /**
   * {@return a copy that lets the ledger check that all survivors of that stage, and nothing else,
   * come in here}
   *
   * @param stage the name of one that was declared before
   */
  public RefuseLate after(String stage) {
    return new RefuseLate(windows, allowedLateness, stage, rejects);
  }

  /**
   * {@return a copy that sends late readings there; without it the first one fails the pipeline}
   *
   * @param rejects take what is rejected
   */
  public RefuseLate rejectedTo(Rejects rejects) {
    return new RefuseLate(windows, allowedLateness, after, rejects);
  }

  @Override
  public PCollection<VitalSign> expand(PCollection<VitalSign> signs) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "measurements", after).byBundlesOf(signs);
    PCollectionTuple outputs;
    if (signs.isBounded() == IsBounded.BOUNDED) {
      outputs =
          signs.apply(
              "Pass",
              ParDo.of(new PassFn(outcomes))
                  .withOutputTags(IN_TIME, outcomes.outputs(Outcomes.REJECTED)));
    } else {
      RunnerSupport.of(signs)
          .require(
              "Late readings cannot be told",
              "Leave RefuseLate out, or run on Flink.",
              RunnerNeed.EVENT_TIME_TIMERS);
      outputs =
          signs.apply("In blocks", new RefuseLateBlocks(windows.slot(), allowedLateness, outcomes));
    }
    Rejects.collect(rejects, outputs);
    return outputs.get(IN_TIME).setCoder(VitalSignCoder.of());
  }

  static final class PassFn extends DoFn<VitalSign, VitalSign> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    PassFn(Outcomes outcomes) {
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
