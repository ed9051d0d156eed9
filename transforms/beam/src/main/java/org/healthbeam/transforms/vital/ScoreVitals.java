package org.healthbeam.transforms.vital;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
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
import org.healthbeam.core.vital.EarlyWarningScore;
import org.healthbeam.core.vital.Horizons;
import org.healthbeam.core.vital.News2Timeline;
import org.healthbeam.core.vital.SubjectSeries;
import org.healthbeam.core.vital.VitalSign;

/**
 * Scores each subject by NEWS2 at every observation time.
 *
 * <p>Input: plausible vital signs, bounded or not, in any windows; their event time is {@link
 * VitalSign#time}. Output: one {@link EarlyWarningScore} for each subject and distinct time of a
 * parameter's reading. Of unbounded input the scores of a period come when the watermark passes its
 * end, again with a higher revision when a late reading comes in, and a last time, marked final,
 * when the allowed lateness is over.
 *
 * <p>A score is a function of event time. It is computed in sliding windows as long as the longest
 * horizon and the period together: a window tells the scores of its last period, from all that it
 * holds. So each reading is copied (horizon + period) / period times; the result does not depend on
 * the period. A window holds every distinct reading, 16 to 32 bytes each: five parameters at one a
 * minute for 15 hours are 72 to 144 kB, at one a second 4.3 to 8.6 MB. Readings later than the
 * allowed lateness are lost here without a word: put {@link RefuseLate} before it.
 *
 * <p>Units: each kind's canonical one. The source of the rule: Royal College of Physicians,
 * National Early Warning Score (NEWS) 2, 2017; see {@link News2Timeline}.
 *
 * <pre>{@code
 * PCollection<EarlyWarningScore> scores =
 *     signs.apply("Score by NEWS2", Vitals.news2().withHorizons(Horizons.all(Duration.ofHours(4))));
 * }</pre>
 */
public final class ScoreVitals
    extends PTransform<PCollection<VitalSign>, PCollection<EarlyWarningScore>> {
  private static final long serialVersionUID = 1L;

  private final Horizons horizons;
  private final Duration period;
  private final Duration allowedLateness;
  private final SubjectSet scale2;

  private ScoreVitals(
      Horizons horizons, Duration period, Duration allowedLateness, SubjectSet scale2) {
    this.horizons = horizons;
    this.period = period;
    this.allowedLateness = allowedLateness;
    this.scale2 = scale2;
  }

  static ScoreVitals news2() {
    return new ScoreVitals(
        Horizons.STANDARD, Duration.ofHours(3), Duration.ZERO, new SubjectSet(Set.of()));
  }

  /** Lets values count for so long. */
  public ScoreVitals withHorizons(Horizons horizons) {
    return new ScoreVitals(horizons, period, allowedLateness, scale2);
  }

  /** Tells scores so often; a shorter period costs more. The default is three hours. */
  public ScoreVitals withPeriod(Duration period) {
    if (period.toMillis() < 1) {
      throw new IllegalArgumentException("period " + period + " is not at least 1 ms");
    }
    return new ScoreVitals(horizons, period, allowedLateness, scale2);
  }

  /** Takes readings of unbounded input that come so long after their period's end; default none. */
  public ScoreVitals withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return new ScoreVitals(horizons, period, allowedLateness, scale2);
  }

  /** Scores the saturation of these subjects on scale 2. */
  public ScoreVitals withSpo2Scale2(Set<String> subjects) {
    return new ScoreVitals(horizons, period, allowedLateness, new SubjectSet(subjects));
  }

  /** Hides who is in it wherever a runner shows a transform's fields. */
  private record SubjectSet(Set<String> subjects) implements Serializable {
    SubjectSet {
      subjects = new HashSet<>(subjects);
    }

    @Override
    public String toString() {
      return subjects.size() + " subjects";
    }
  }

  @Override
  public PCollection<EarlyWarningScore> expand(PCollection<VitalSign> signs) {
    PCollection<KV<String, VitalPoint>> points =
        signs
            .apply("Points", ParDo.of(new ToPoints.BySubject()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VitalPointCoder.of()));
    long length = horizons.longest().toMillis();
    long every = period.toMillis();
    // Shifted so that the last periods of the windows begin at multiples of the period.
    SlidingWindows windows =
        SlidingWindows.of(org.joda.time.Duration.millis(length + every))
            .every(org.joda.time.Duration.millis(every))
            .withOffset(org.joda.time.Duration.millis((every - length % every) % every));
    return points
        .apply(
            "Sliding windows",
            PanePolicy.window(windows, points.isBounded(), SummarizeVitals.joda(allowedLateness)))
        .apply("Collect subject", Combine.perKey(new CollectSubject()))
        .apply(
            "Score",
            ParDo.of(new ScoreFn(horizons, every, scale2, points.isBounded() == IsBounded.BOUNDED)))
        .setCoder(EarlyWarningScoreCoder.of());
  }

  static final class ScoreFn extends DoFn<KV<String, SubjectSeries>, EarlyWarningScore> {
    private static final long serialVersionUID = 1L;
    private final Horizons horizons;
    private final long period;
    private final SubjectSet scale2;
    private final boolean bounded;

    ScoreFn(Horizons horizons, long period, SubjectSet scale2, boolean bounded) {
      this.horizons = horizons;
      this.period = period;
      this.scale2 = scale2;
      this.bounded = bounded;
    }

    @ProcessElement
    public void process(
        @Element KV<String, SubjectSeries> element,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<EarlyWarningScore> out) {
      Instant until = Instant.ofEpochMilli(window.end().getMillis());
      new News2Timeline(horizons)
          .scores(
              element.getKey(),
              element.getValue(),
              scale2.subjects().contains(element.getKey()),
              until.minusMillis(period),
              until,
              pane.getIndex(),
              PanePolicy.isFinal(bounded, pane),
              out::output);
    }
  }
}
