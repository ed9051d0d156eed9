package org.healthbeam.transforms.vital;

import java.time.Duration;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.core.vital.artefact.HampelFilter;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;

/**
 * Judges which readings are artefacts by their neighbours in time, so that summaries and scores
 * after it leave them out.
 *
 * <p>Input: plausible vital signs, bounded or not, in any windows. Output, in the global window:
 * {@link #SIGNS}, the vital signs themselves at once, and with them judgements ({@link
 * ReadingVersion#judged}), which summaries and scores apply to the reading of the same subject,
 * kind, time and value; and {@link #ARTEFACTS}, the readings that were judged so, with why. Nothing
 * is rejected: the stage "Summarize vital signs" counts them as {@code artefact}, and {@link
 * #STAGE} the judgements, which are late where a grouping after it would drop them.
 *
 * <p>A judgement is a function of event time: it is made in sliding windows as long as four times
 * the policy's span, each of which judges its middle half, so each reading is copied twice. Of
 * unbounded input it comes {@link #delay} after the reading at the latest. When late readings come
 * in, what they change is told again, with a higher revision, also where a reading that was said to
 * be an artefact was corrected or taken back; the last one counts. So what groups after it needs an
 * allowed lateness of {@link #latenessAfter}, and tells a window that was told with an artefact
 * again without it. The final rows are those of bounded input.
 *
 * <p>Memory: as in {@link SummarizeVitals}, every distinct reading of a window, 16 to 32 bytes
 * each; with the span of five minutes and one reading a second 1,200 of them, two windows at a
 * time, and as many as the lateness holds open. Runners: in streaming it needs a grouping after a
 * grouping, and is refused where the pipeline is built on a runner that loses it. The source of the
 * rule: {@link HampelFilter}.
 *
 * <pre>{@code
 * PCollectionTuple filtered =
 *     signs.apply("Filter artefacts", Vitals.filterArtefacts(ArtefactPolicy.HAMPEL));
 * PCollection<VitalSummary> summaries =
 *     filtered
 *         .get(FilterArtefacts.SIGNS)
 *         .apply("Summarize vital signs", Vitals.summarize(Duration.ofMinutes(1)));
 * }</pre>
 */
public final class FilterArtefacts extends PTransform<PCollection<VitalSign>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The vital signs, and judgements of them. */
  public static final TupleTag<VitalSign> SIGNS =
      new TupleTag<VitalSign>("signs") {
        private static final long serialVersionUID = 1L;
      };

  /** What was judged to be an artefact, and later revisions of that. */
  public static final TupleTag<VitalArtefact> ARTEFACTS =
      new TupleTag<VitalArtefact>("artefacts") {
        private static final long serialVersionUID = 1L;
      };

  /** The name of the stage, which counts judgements: {@code passed} or {@code late}. */
  public static final String STAGE = "Judge artefacts";

  private final ArtefactPolicy policy;
  private final Duration allowedLateness;
  private final VitalWindows windows;
  @Nullable private final transient Rejects rejects;

  private FilterArtefacts(
      ArtefactPolicy policy,
      Duration allowedLateness,
      VitalWindows windows,
      @Nullable Rejects rejects) {
    this.policy = policy;
    this.allowedLateness = allowedLateness;
    this.windows = windows;
    this.rejects = rejects;
  }

  static FilterArtefacts with(ArtefactPolicy policy) {
    VitalWindows shortest = VitalWindows.fixed(Duration.ofMillis(1));
    return new FilterArtefacts(policy, Duration.ZERO, shortest, null);
  }

  /**
   * {@return a copy that judges again when readings of unbounded input come so long after their own
   * time; default not} It must be at least what {@link RefuseLate} lets through: its window and its
   * lateness.
   *
   * @param allowedLateness in event time
   */
  public FilterArtefacts withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return new FilterArtefacts(policy, allowedLateness, windows, rejects);
  }

  /**
   * {@return a copy that counts a judgement as late where its reading's slot of these windows, and
   * {@link #latenessAfter}, are over; without them where the reading's own time and that are}
   *
   * @param windows of the summaries that follow
   */
  public FilterArtefacts forWindows(VitalWindows windows) {
    return new FilterArtefacts(policy, allowedLateness, windows, rejects);
  }

  /**
   * {@return a copy that declares the stage in that ledger; nothing is rejected}
   *
   * @param rejects take what is rejected
   */
  public FilterArtefacts rejectedTo(Rejects rejects) {
    return new FilterArtefacts(policy, allowedLateness, windows, rejects);
  }

  /** {@return how long after a reading, in event time, it is judged at the latest} */
  public Duration delay() {
    return policy.span().multipliedBy(3);
  }

  /** {@return the allowed lateness that groupings after this need for all judgements} */
  public Duration latenessAfter() {
    return allowedLateness.plus(delay());
  }

  @Override
  public PCollectionTuple expand(PCollection<VitalSign> signs) {
    RunnerSupport.of(signs)
        .require(
            "Artefacts cannot be judged",
            "Leave FilterArtefacts out, or run on Flink.",
            RunnerNeed.CHAINED_GROUPING);
    long span = policy.span().toMillis();
    // Each window judges its middle half, which begins at a multiple of its length.
    SlidingWindows windows =
        SlidingWindows.of(org.joda.time.Duration.millis(4 * span))
            .every(org.joda.time.Duration.millis(2 * span))
            .withOffset(org.joda.time.Duration.millis(span));
    ArtefactPolicy judged = policy;
    PCollectionTuple judgements =
        signs
            .apply("Judged kinds", Filter.by(sign -> judged.judges(sign.kind())))
            .setCoder(VitalSignCoder.of())
            .apply("Points", ParDo.of(new ToPoints.BySeries(true)))
            .setCoder(KvCoder.of(SeriesKeyCoder.of(), VitalPointCoder.of()))
            .apply("Sliding windows", windows(windows, signs.isBounded()))
            .apply("Collect series", Combine.perKey(new CollectSeries()))
            .apply("Judge", ParDo.of(new TellArtefacts.Judge(policy)))
            .setCoder(TellArtefacts.coder())
            .apply(
                "Tell artefacts",
                ParDo.of(
                        signs.isBounded() == IsBounded.BOUNDED
                            ? new TellArtefacts.Once()
                            : new TellArtefacts())
                    .withOutputTags(SIGNS, TupleTagList.of(ARTEFACTS)));
    PCollection<VitalSign> marks =
        counted(
            judgements
                .get(SIGNS)
                .setCoder(VitalSignCoder.of())
                .apply("Judgements together", together()));
    PCollection<VitalSign> all =
        PCollectionList.of(signs.apply("Signs together", together()))
            .and(marks)
            .apply("Signs and judgements", Flatten.pCollections());
    PCollection<VitalArtefact> artefacts =
        judgements
            .get(ARTEFACTS)
            .setCoder(VitalArtefactCoder.of())
            .apply("Artefacts together", together());
    return PCollectionTuple.of(SIGNS, all.setCoder(VitalSignCoder.of())).and(ARTEFACTS, artefacts);
  }

  private PCollection<VitalSign> counted(PCollection<VitalSign> judgements) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "judgements", "").byBundlesOf(judgements);
    long lateness = latenessAfter().toMillis();
    if (judgements.isBounded() == IsBounded.BOUNDED) {
      PCollectionTuple counted =
          judgements.apply(
              "Count",
              ParDo.of(new CountJudgements.AllInTime(outcomes))
                  .withOutputTags(SIGNS, outcomes.outputs()));
      Rejects.collectCounts(rejects, counted);
      return counted.get(SIGNS).setCoder(VitalSignCoder.of());
    }
    PCollection<VitalSign> counted =
        judgements
            .apply("Shards", ParDo.of(new CountJudgements.ByShard(windows.slot(), lateness)))
            .setCoder(KvCoder.of(VarIntCoder.of(), VitalSignCoder.of()))
            .apply("Count", ParDo.of(new CountJudgements(outcomes, windows.slot(), lateness)));
    return counted.setCoder(VitalSignCoder.of());
  }

  /** As others, but that nobody needs to be told which judgement is the last. */
  private Window<KV<SeriesKey, VitalPoint>> windows(SlidingWindows windows, IsBounded bounded) {
    Window<KV<SeriesKey, VitalPoint>> window =
        PanePolicy.window(windows, bounded, SummarizeVitals.joda(allowedLateness));
    return bounded == IsBounded.BOUNDED
        ? window
        : window.withAllowedLateness(
            SummarizeVitals.joda(allowedLateness), Window.ClosingBehavior.FIRE_IF_NON_EMPTY);
  }

  private static <T> Window<T> together() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(org.joda.time.Duration.ZERO)
        .discardingFiredPanes();
  }
}
