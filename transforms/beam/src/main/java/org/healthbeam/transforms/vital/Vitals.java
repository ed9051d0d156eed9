package org.healthbeam.transforms.vital;

import java.time.Duration;
import java.util.List;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.vital.alert.AlertVitals;
import org.healthbeam.transforms.vital.quality.FindGaps;
import org.healthbeam.transforms.vital.window.KeySummaries;

/** The transforms of vital signs, by name; each returned transform is immutable. */
public final class Vitals {
  private Vitals() {}

  /** {@return a transform that parses FHIR Observations and rows of tables into readings} */
  public static ParseVitals parse() {
    return ParseVitals.create();
  }

  /**
   * {@return a transform that replaces subjects by pseudonyms}
   *
   * @param hash with the key
   */
  public static PseudonymizeSubjects pseudonymize(PayloadHash hash) {
    return new PseudonymizeSubjects(hash);
  }

  /** {@return a transform that converts readings to the canonical unit of their kind} */
  public static ConvertUnits convertUnits() {
    return ConvertUnits.create();
  }

  /**
   * {@return a transform that parts vital signs by what a policy accepts}
   *
   * @param policy the limits by kind
   */
  public static CheckPlausibility checkPlausibility(PlausibilityPolicy policy) {
    return CheckPlausibility.with(policy);
  }

  /**
   * {@return a transform that judges which readings are artefacts, so that what comes after leaves
   * them out}
   *
   * @param policy the filters by kind
   */
  public static FilterArtefacts filterArtefacts(ArtefactPolicy policy) {
    return FilterArtefacts.with(policy);
  }

  /** {@return a transform that finds where readings are absent, by subject and kind} */
  public static FindGaps findGaps() {
    return FindGaps.create();
  }

  /**
   * {@return a transform that rejects what comes after the slot of its windows and the allowed
   * lateness are over}
   *
   * @param windows of the summaries that follow
   * @param allowedLateness in event time
   */
  public static RefuseLate refuseLate(VitalWindows windows, Duration allowedLateness) {
    return RefuseLate.of(windows, allowedLateness);
  }

  /**
   * {@return a transform that rejects what comes after its fixed window and the allowed lateness
   * are over}
   *
   * @param window its length in event time
   * @param allowedLateness in event time
   */
  public static RefuseLate refuseLate(Duration window, Duration allowedLateness) {
    return RefuseLate.of(VitalWindows.fixed(window), allowedLateness);
  }

  /**
   * {@return a transform that summarizes vital signs in fixed, sliding or nested windows, or in
   * sessions}
   *
   * @param windows of event time
   */
  public static SummarizeVitals summarize(VitalWindows windows) {
    return SummarizeVitals.in(windows);
  }

  /**
   * {@return a transform that summarizes vital signs in fixed windows}
   *
   * @param window their length in event time
   */
  public static SummarizeVitals summarize(Duration window) {
    return SummarizeVitals.in(VitalWindows.fixed(window));
  }

  /** {@return a transform that keys summaries by what sinks upsert them by} */
  public static KeySummaries keySummaries() {
    return KeySummaries.create();
  }

  /** {@return a transform that scores vital signs by NEWS2, with horizons of twelve hours} */
  public static ScoreVitals news2() {
    return score(News2.SCALE_1);
  }

  /**
   * Scores vital signs by any definitions: those of {@link KnownScores} or your own.
   *
   * <pre>{@code
   * ScoreDefinition breathing =
   *     ScoreDefinition.named("breathing", "an example")
   *         .with(
   *             ParameterDefinition.of(
   *                 VitalKind.RESPIRATORY_RATE, Bands.whole().upTo(8, 2).upTo(24, 0).above(1)))
   *         .with(ParameterDefinition.of(VitalKind.SPO2, Bands.whole().upTo(89, 2).above(0)))
   *         .risk("high", Threshold.parse(">=3"))
   *         .otherwise("low");
   * PCollection<EarlyWarningScore> scores = signs.apply("Score", Vitals.score(breathing));
   * }</pre>
   *
   * @param definitions with different names
   * @return a transform of vital signs to scores
   */
  public static ScoreVitals score(ScoreDefinition... definitions) {
    return ScoreVitals.of(List.of(definitions));
  }

  /**
   * {@return a transform that tells alerts by rules, and the burden of alarms}
   *
   * @param rules with different names
   */
  public static AlertVitals alert(List<AlertRule> rules) {
    return AlertVitals.by(rules);
  }
}
