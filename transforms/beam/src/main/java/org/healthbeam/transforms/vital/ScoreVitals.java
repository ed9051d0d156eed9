package org.healthbeam.transforms.vital;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreTimeline;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;

/**
 * Scores each subject at every observation time, by NEWS2 or whatever {@link ScoreDefinition}s.
 *
 * <p>Input: plausible vital signs, bounded or not, in any windows; their event time is {@link
 * VitalSign#time}. Output: one {@link EarlyWarningScore} for each subject, score and distinct time
 * of a reading of its parameters. Of unbounded input the scores of a period come when the watermark
 * passes its end, again with a higher revision when a late reading comes in, and a last time,
 * marked final, when the allowed lateness is over.
 *
 * <p>A score is a function of event time. It is computed in sliding windows as long as the longest
 * horizon and the period together: a window tells the scores of its last period, from all that it
 * holds. So each reading is copied (horizon + period) / period times; the result does not depend on
 * the period. A window holds every distinct reading of the scores' kinds, 16 to 32 bytes each: five
 * kinds at one a minute for 15 hours are 72 to 144 kB, at one a second 4.3 to 8.6 MB. Readings
 * later than the allowed lateness are lost here without a word: put {@link RefuseLate} before it.
 *
 * <p>Units: each kind's canonical one. The source of the rules: {@link ScoreDefinition#source}; see
 * {@link ScoreTimeline}.
 *
 * <pre>{@code
 * PCollection<EarlyWarningScore> scores =
 *     signs.apply(
 *         "Score",
 *         Vitals.score(News2.SCALE_1, KnownScores.QSOFA)
 *             .withHorizons(Horizons.all(Duration.ofHours(4))));
 * }</pre>
 */
public final class ScoreVitals
    extends PTransform<PCollection<VitalSign>, PCollection<EarlyWarningScore>> {
  private static final long serialVersionUID = 1L;

  private final ScoreSet scores;
  private final Horizons horizons;
  private final Duration period;
  private final Duration allowedLateness;

  private ScoreVitals(
      ScoreSet scores, Horizons horizons, Duration period, Duration allowedLateness) {
    this.scores = scores;
    this.horizons = horizons;
    this.period = period;
    this.allowedLateness = allowedLateness;
  }

  static ScoreVitals of(List<ScoreDefinition> definitions) {
    return new ScoreVitals(
        ScoreSet.of(definitions), Horizons.STANDARD, Duration.ofHours(3), Duration.ZERO);
  }

  /**
   * {@return a copy that lets values count for so long, where a parameter has no horizon of its
   * own}
   *
   * @param horizons by kind or parameter
   */
  public ScoreVitals withHorizons(Horizons horizons) {
    return new ScoreVitals(scores, horizons, period, allowedLateness);
  }

  /**
   * {@return a copy that tells scores so often; a shorter period costs more} The default is three
   * hours.
   *
   * @param period of event time
   */
  public ScoreVitals withPeriod(Duration period) {
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException("period " + period + " is not at least 1 ms");
    }
    return new ScoreVitals(scores, horizons, period, allowedLateness);
  }

  /**
   * {@return a copy that takes readings of unbounded input that come so long after their period's
   * end; default none}
   *
   * @param allowedLateness in event time
   */
  public ScoreVitals withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return new ScoreVitals(scores, horizons, period, allowedLateness);
  }

  /**
   * {@return a copy that scores these subjects by another definition in place of the one of the
   * same name}
   *
   * @param variant of the definition of its name
   * @param subjects who are scored by it
   */
  public ScoreVitals withVariant(ScoreDefinition variant, Set<String> subjects) {
    return new ScoreVitals(
        scores.withVariant(variant, subjects), horizons, period, allowedLateness);
  }

  /**
   * {@return a copy that scores the saturation of these subjects on scale 2, if {@link
   * News2#SCALE_1} is asked for}
   *
   * @param subjects with hypercapnic respiratory failure, by a clinician's decision
   */
  public ScoreVitals withSpo2Scale2(Set<String> subjects) {
    return new ScoreVitals(scores.withSpo2Scale2(subjects), horizons, period, allowedLateness);
  }

  @Override
  public PCollection<EarlyWarningScore> expand(PCollection<VitalSign> signs) {
    PCollection<KV<String, VitalPoint>> points =
        signs
            .apply("Points", ParDo.of(new ToPoints.BySubject(scores.kinds())))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VitalPointCoder.of()));
    long length = scores.longest(horizons).toMillis();
    long every = period.toMillis();
    // Shifted so that the last periods of the windows begin at multiples of the period.
    SlidingWindows windows =
        SlidingWindows.of(org.joda.time.Duration.millis(length + every))
            .every(org.joda.time.Duration.millis(every))
            .withOffset(org.joda.time.Duration.millis((every - length % every) % every));
    PCollection<KV<String, SubjectSeries>> collected =
        points
            .apply(
                "Sliding windows",
                PanePolicy.window(
                    windows, points.isBounded(), SummarizeVitals.joda(allowedLateness)))
            .apply("Collect subject", Combine.perKey(new CollectSubject()));
    boolean bounded = points.isBounded() == IsBounded.BOUNDED;
    if (!bounded && RunnerSupport.of(signs).has(RunnerNeed.CHAINED_GROUPING)) {
      return collected
          .apply("Key by period", ParDo.of(new TellScores.ByPeriod()))
          .setCoder(TellScores.coder())
          .apply("Periods together", SummarizeVitals.inGlobalWindow())
          .apply("Score", ParDo.of(new TellScores(scores, horizons, every)))
          .setCoder(EarlyWarningScoreCoder.of());
    }
    return collected
        .apply("Score", ParDo.of(new ScoreFn(scores, horizons, every, bounded)))
        .setCoder(EarlyWarningScoreCoder.of());
  }

  static final class ScoreFn extends DoFn<KV<String, SubjectSeries>, EarlyWarningScore> {
    private static final long serialVersionUID = 1L;
    private final ScoreSet scores;
    private final Horizons horizons;
    private final long period;
    private final boolean bounded;

    ScoreFn(ScoreSet scores, Horizons horizons, long period, boolean bounded) {
      this.scores = scores;
      this.horizons = horizons;
      this.period = period;
      this.bounded = bounded;
    }

    @ProcessElement
    public void process(
        @Element KV<String, SubjectSeries> element,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<EarlyWarningScore> out) {
      Instant until = Instant.ofEpochMilli(window.end().getMillis());
      new ScoreTimeline(scores.of(element.getKey()), horizons)
          .scores(
              element.getKey(),
              element.getValue(),
              until.minusMillis(period),
              until,
              pane.getIndex(),
              PanePolicy.isFinal(bounded, pane),
              out::output);
    }
  }
}
