package org.healthbeam.transforms.vital.alert;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
import org.healthbeam.transforms.outcome.Rejects;
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
 * lateness is the outcome {@code late} of its stage and left out; {@code RefuseLate} before it,
 * with a window and lateness that together are not longer, rejects it instead. An input dated ahead
 * waits until its time has come ({@link #withTolerance}). Judgements of artefacts are passed over.
 *
 * <p>State by subject: the machine, 1 kB and 59 bytes for each rule, in bounded input once and in
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

  /** The name of the stage of vital signs. */
  public static final String STAGE = "Alert";

  /** The name of the stage of acknowledgements. */
  public static final String ACKNOWLEDGED_STAGE = "Acknowledge alerts";

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

  private static final TupleTag<KV<String, AlertInput>> INPUTS =
      new TupleTag<KV<String, AlertInput>>("inputs") {
        private static final long serialVersionUID = 1L;
      };

  private static final org.joda.time.Duration ALL_TIME =
      new org.joda.time.Duration(
          BoundedWindow.TIMESTAMP_MIN_VALUE, BoundedWindow.TIMESTAMP_MAX_VALUE);

  private final List<AlertRule> rules;
  private final List<ScoreDefinition> definitions;
  private ScoreSet scores;
  private Horizons horizons = Horizons.STANDARD;
  private Duration allowedLateness = Duration.ZERO;
  private Duration tolerance = Duration.ofHours(1);
  private String after = "";
  @Nullable private transient PCollection<Acknowledgement> acknowledgements;
  @Nullable private transient Rejects rejects;

  private AlertVitals(List<AlertRule> rules, List<ScoreDefinition> definitions, ScoreSet scores) {
    this.rules = rules;
    this.definitions = definitions;
    this.scores = scores;
  }

  /**
   * {@return alerts by these rules, over the scores that come with HealthBeam}
   *
   * @param rules with different names
   */
  public static AlertVitals by(List<AlertRule> rules) {
    return new AlertVitals(List.copyOf(rules), KnownScores.ALL, ScoreSet.of(KnownScores.ALL));
  }

  private AlertVitals with(Consumer<AlertVitals> change) {
    return with(definitions, scores, change);
  }

  private AlertVitals with(
      List<ScoreDefinition> otherDefinitions, ScoreSet otherScores, Consumer<AlertVitals> change) {
    AlertVitals other = new AlertVitals(rules, otherDefinitions, otherScores);
    other.horizons = horizons;
    other.allowedLateness = allowedLateness;
    other.tolerance = tolerance;
    other.after = after;
    other.acknowledgements = acknowledgements;
    other.rejects = rejects;
    change.accept(other);
    return other;
  }

  /**
   * {@return a copy that lets rules look at these scores}
   *
   * @param definitions with different names
   */
  public AlertVitals withScores(List<ScoreDefinition> definitions) {
    return with(List.copyOf(definitions), ScoreSet.of(definitions), other -> {});
  }

  /**
   * {@return a copy that lets values count for so long, where a parameter has no horizon of its
   * own}
   *
   * @param horizons by kind or parameter
   */
  public AlertVitals withHorizons(Horizons horizons) {
    return with(other -> other.horizons = horizons);
  }

  /**
   * {@return a copy that corrects alerts of unbounded input by what comes so long after its event
   * time; default none}
   *
   * @param allowedLateness in event time
   */
  public AlertVitals withAllowedLateness(Duration allowedLateness) {
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException("allowed lateness " + allowedLateness + " is negative");
    }
    return with(other -> other.allowedLateness = allowedLateness);
  }

  /**
   * {@return a copy that lets a reading of unbounded input that is dated further ahead of the
   * watermark wait until that is as near; the default is an hour} A watermark that follows readings
   * at a distance needs more than that distance, or alerts are told so much later.
   *
   * @param tolerance of event time
   */
  public AlertVitals withTolerance(Duration tolerance) {
    if (tolerance.isNegative()) {
      throw new IllegalArgumentException("tolerance " + tolerance + " is negative");
    }
    return with(other -> other.tolerance = tolerance);
  }

  /**
   * {@return a copy that scores the saturation of these subjects on scale 2 of NEWS2} Comes after
   * the scores.
   *
   * @param subjects with hypercapnic respiratory failure, by a clinician's decision
   */
  public AlertVitals withSpo2Scale2(Set<String> subjects) {
    return with(other -> other.scores = scores.withSpo2Scale2(subjects));
  }

  /**
   * {@return a copy that keeps alerts suppressed that somebody has seen}
   *
   * @param acknowledgements bounded or not, with the time from which they hold
   */
  public AlertVitals acknowledgedBy(PCollection<Acknowledgement> acknowledgements) {
    return with(other -> other.acknowledgements = acknowledgements);
  }

  /**
   * {@return a copy that lets the ledger check that all survivors of that stage, and nothing else,
   * come in here}
   *
   * @param stage the name of one that was declared before
   */
  public AlertVitals after(String stage) {
    return with(other -> other.after = stage);
  }

  /**
   * {@return a copy that declares the stages in that ledger; nothing is rejected}
   *
   * @param rejects take what is rejected
   */
  public AlertVitals rejectedTo(Rejects rejects) {
    return with(other -> other.rejects = rejects);
  }

  @Override
  public PCollectionTuple expand(PCollection<VitalSign> signs) {
    AlertPlan plan = AlertPlan.of(rules, definitions, horizons);
    AlertOutcomes outcomes = AlertOutcomes.declare(rejects, after, signs);
    // Bounded input is sorted by its timestamps, and nothing of it is late.
    long lateness = signs.isBounded() == IsBounded.BOUNDED ? 0 : allowedLateness.toMillis();
    PCollection<KV<String, AlertInput>> readings =
        keyed(
                signs,
                "Readings",
                new ToAlertInputs.OfSigns(plan.kinds(), outcomes, lateness),
                outcomes)
            .apply("Readings in the global window", globally(signs.isBounded()));
    PCollectionList<KV<String, AlertInput>> inputs = PCollectionList.of(readings);
    if (acknowledgements != null) {
      inputs =
          inputs.and(
              keyed(
                      acknowledgements,
                      "Acknowledgements",
                      new ToAlertInputs.OfAcknowledgements(outcomes, lateness),
                      outcomes)
                  .apply("Acknowledgements in the global window", globally(signs.isBounded())));
    }
    PCollection<KV<String, AlertInput>> together =
        inputs.apply("Readings and acknowledgements", Flatten.pCollections());
    PCollectionTuple told =
        together.apply(
            "Follow",
            ParDo.of(follow(together, new Followers(plan, scores), outcomes))
                .withOutputTags(ALERTS, outcomes.outputs(BURDEN)));
    Rejects.collectCounts(rejects, told);
    told.get(ALERTS).setCoder(AlertCoder.of());
    told.get(BURDEN).setCoder(AlertBurdenCoder.of());
    return told;
  }

  private DoFn<KV<String, AlertInput>, Alert> follow(
      PCollection<KV<String, AlertInput>> inputs, Followers followers, AlertOutcomes outcomes) {
    if (inputs.isBounded() == IsBounded.BOUNDED) {
      // Who calls at the end of a window does so after all is sorted; a timer might come before.
      return RunnerSupport.of(inputs).has(RunnerNeed.WINDOW_EXPIRATION)
          ? new SortedAlerts.UntilExpiration(followers, outcomes)
          : new SortedAlerts.UntilTimer(followers, outcomes);
    }
    RunnerSupport.of(inputs)
        .require(
            "Alerts cannot be told",
            "Leave alerts out (--alerts=off), or run on Flink.",
            RunnerNeed.EVENT_TIME_TIMERS);
    return new FollowAlerts(followers, outcomes, allowedLateness.toMillis(), tolerance.toMillis());
  }

  private <T> PCollection<KV<String, AlertInput>> keyed(
      PCollection<T> from,
      String name,
      DoFn<T, KV<String, AlertInput>> step,
      AlertOutcomes outcomes) {
    PCollection<KV<String, AlertInput>> inputs;
    if (outcomes.tells()) {
      PCollectionTuple outputs =
          from.apply(name, ParDo.of(step).withOutputTags(INPUTS, outcomes.outputs()));
      Rejects.collectCounts(rejects, outputs);
      inputs = outputs.get(INPUTS);
    } else {
      // A step of one output has another name in savepoints.
      inputs = from.apply(name, ParDo.of(step));
    }
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
