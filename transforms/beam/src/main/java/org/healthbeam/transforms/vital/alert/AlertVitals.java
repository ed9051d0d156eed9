package org.healthbeam.transforms.vital.alert;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.alert.AlertFollower;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.core.vital.alert.AlertPlan;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.transforms.runner.Engine;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.healthbeam.transforms.vital.ScoreSet;

/**
 * Tells alerts by rules over scores, values, trends and missing readings, and the burden of alarms.
 *
 * <p>Input: plausible vital signs, bounded or not, in any windows, and acknowledgements, if there
 * are any; their event times count. Output, in the global window: {@link #ALERTS} and {@link
 * #BURDEN}. Final alerts are a function of the set of inputs ({@link AlertFollower}). Of bounded
 * input only these are told. Of unbounded input each alert is told at once; when late inputs change
 * it again, with a higher revision, or as withdrawn; and a last time as final, when the watermark
 * has passed its time by the allowed lateness and up to an eighth of it. The burden of a day is
 * told once, when the day is final.
 *
 * <p>Guarantees: subject, rule, time and state are an alert's key, the same after a restart, so
 * that a sink that upserts neither loses nor doubles one. An input that is later than the allowed
 * lateness is counted and left out; {@code RefuseLate} before it, with a window and lateness that
 * together are not longer, rejects it instead.
 *
 * <p>State by subject: the machine, 1 kB and 51 bytes for each rule, in bounded input once and in
 * unbounded input twice; with trends 16 bytes for each time within the longest, a day at most; and
 * in unbounded input 18 bytes for each input and about 60 for each alert that is not final. It is
 * forgotten when nothing of it matters any more.
 *
 * <p>Runners: bounded input needs the runner to sort by time, which all three do (Flink and Spark
 * on disk, the direct runner in memory). Unbounded input needs timers of event time: on Spark,
 * which has none in streaming, it is refused when the pipeline is built.
 *
 * <p>Units: each kind's canonical one. The source of the rules: {@link AlertRule#source}. No
 * conformity to an alarm standard is claimed.
 *
 * <pre>{@code
 * PCollectionTuple alerts =
 *     signs.apply(
 *         "Alert",
 *         Vitals.alert(DefaultAlerts.RULES).withAllowedLateness(Duration.ofHours(1)));
 * }</pre>
 */
public final class AlertVitals extends PTransform<PCollection<VitalSign>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** What happened to alerts. */
  public static final TupleTag<Alert> ALERTS =
      new TupleTag<Alert>("alerts") {
        private static final long serialVersionUID = 1L;
      };

  /** The alarms of subjects by day. */
  public static final TupleTag<AlertBurden> BURDEN =
      new TupleTag<AlertBurden>("burden") {
        private static final long serialVersionUID = 1L;
      };

  private static final org.joda.time.Duration ALL_TIME =
      new org.joda.time.Duration(
          BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  private final List<AlertRule> rules;
  private final ScoreSet scores;
  private final List<ScoreDefinition> definitions;
  private final Horizons horizons;
  private final Duration allowedLateness;
  @Nullable private final transient PCollection<Acknowledgement> acknowledgements;

  private AlertVitals(
      List<AlertRule> rules,
      List<ScoreDefinition> definitions,
      ScoreSet scores,
      Horizons horizons,
      Duration allowedLateness,
      @Nullable PCollection<Acknowledgement> acknowledgements) {
    this.rules = rules;
    this.definitions = definitions;
    this.scores = scores;
    this.horizons = horizons;
    this.allowedLateness = allowedLateness;
    this.acknowledgements = acknowledgements;
  }

  /** Returns alerts by these rules, over the scores that come with HealthBeam. */
  public static AlertVitals by(List<AlertRule> rules) {
    return new AlertVitals(
        List.copyOf(rules),
        KnownScores.ALL,
        ScoreSet.of(KnownScores.ALL),
        Horizons.STANDARD,
        Duration.ZERO,
        null);
  }

  /** Lets rules look at these scores. */
  public AlertVitals withScores(List<ScoreDefinition> definitions) {
    return new AlertVitals(
        rules,
        List.copyOf(definitions),
        ScoreSet.of(definitions),
        horizons,
        allowedLateness,
        acknowledgements);
  }

  /** Lets values count for so long, where a parameter has no horizon of its own. */
  public AlertVitals withHorizons(Horizons horizons) {
    return new AlertVitals(rules, definitions, scores, horizons, allowedLateness, acknowledgements);
  }

  /**
   * Corrects alerts of unbounded input by what comes so long after its event time; default none.
   */
  public AlertVitals withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return new AlertVitals(rules, definitions, scores, horizons, allowedLateness, acknowledgements);
  }

  /** Scores the saturation of these subjects on scale 2 of NEWS2. Comes after the scores. */
  public AlertVitals withSpo2Scale2(Set<String> subjects) {
    return new AlertVitals(
        rules,
        definitions,
        scores.withSpo2Scale2(subjects),
        horizons,
        allowedLateness,
        acknowledgements);
  }

  /** Keeps alerts suppressed that somebody has seen. */
  public AlertVitals acknowledgedBy(PCollection<Acknowledgement> acknowledgements) {
    return new AlertVitals(rules, definitions, scores, horizons, allowedLateness, acknowledgements);
  }

  @Override
  public PCollectionTuple expand(PCollection<VitalSign> signs) {
    AlertPlan plan = AlertPlan.of(rules, definitions, horizons);
    PCollection<KV<String, AlertInput>> readings =
        keyed(signs.apply("Readings", ParDo.of(new ToAlertInputs.OfSigns(plan.kinds()))))
            .apply("Readings in the global window", globally(signs.isBounded()));
    PCollectionList<KV<String, AlertInput>> inputs = PCollectionList.of(readings);
    if (acknowledgements != null) {
      inputs =
          inputs.and(
              keyed(
                      acknowledgements.apply(
                          "Acknowledgements", ParDo.of(new ToAlertInputs.OfAcknowledgements())))
                  .apply("Acknowledgements in the global window", globally(signs.isBounded())));
    }
    PCollection<KV<String, AlertInput>> together =
        inputs.apply("Readings and acknowledgements", Flatten.pCollections());
    PCollectionTuple told =
        together.apply(
            "Follow",
            ParDo.of(follow(together, new Followers(plan, scores)))
                .withOutputTags(ALERTS, TupleTagList.of(BURDEN)));
    told.get(ALERTS).setCoder(AlertCoder.of());
    told.get(BURDEN).setCoder(AlertBurdenCoder.of());
    return told;
  }

  private DoFn<KV<String, AlertInput>, Alert> follow(
      PCollection<KV<String, AlertInput>> inputs, Followers followers) {
    if (inputs.isBounded() == IsBounded.BOUNDED) {
      // Spark has no call at the end of a window in batch either; the others have it after all is
      // sorted, where a timer might come before.
      return Engine.of(inputs.getPipeline().getOptions()) == Engine.SPARK
          ? new SortedAlerts.UntilTimer(followers)
          : new SortedAlerts.UntilExpiration(followers);
    }
    RunnerSupport.of(inputs)
        .require(
            "Alerts cannot be told",
            "Leave alerts out (--alerts=off), or run on Flink.",
            RunnerNeed.EVENT_TIME_TIMERS);
    return new FollowAlerts(followers, allowedLateness.toMillis());
  }

  private static PCollection<KV<String, AlertInput>> keyed(
      PCollection<KV<String, AlertInput>> inputs) {
    return inputs.setCoder(KvCoder.of(StringUtf8Coder.of(), AlertInputCoder.of()));
  }

  private static <T> Window<T> globally(IsBounded bounded) {
    // Nothing bounded is late, though the watermark may be at the end of time already.
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(bounded == IsBounded.BOUNDED ? ALL_TIME : org.joda.time.Duration.ZERO)
        .discardingFiredPanes();
  }
}
