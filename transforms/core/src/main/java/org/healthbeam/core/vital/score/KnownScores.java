package org.healthbeam.core.vital.score;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.ParameterDefinition.Role;

/** The scores that come with HealthBeam, by name. */
public final class KnownScores {
  /** Below it a Glasgow coma scale counts as altered mentation in {@link #QSOFA}. */
  private static final int FULLY_AWAKE = 15;

  /** A horizon is open at its far end; values a minute apart still count together. */
  private static final Duration PRESSURES_TOGETHER = Duration.ofMinutes(1).plusMillis(1);

  /**
   * The quick SOFA: Singer et al., The Third International Consensus Definitions for Sepsis and
   * Septic Shock (Sepsis-3), JAMA 2016;315:801-810, box 4. Altered mentation is a Glasgow coma
   * scale below 15, or any level of consciousness but alert. Its criteria are inequalities and not
   * a chart, so values are not rounded. Two or more are {@code high}.
   */
  public static final ScoreDefinition QSOFA = qsofa("qSOFA", FULLY_AWAKE);

  /**
   * The same with a Glasgow coma scale of 13 or less as altered mentation, as in the first analysis
   * of Seymour et al., Assessment of Clinical Criteria for Sepsis, JAMA 2016;315:762-774.
   */
  public static final ScoreDefinition QSOFA_GCS13 = qsofa("qSOFA-GCS13", 14);

  /**
   * The Modified Early Warning Score as printed by Subbe et al., Validation of a modified Early
   * Warning Score in medical admissions, QJM 2001;94:521-526: a temperature below 35 has 2 points,
   * without rounding; 38.45 and more round to 38.5. The print leaves a systolic pressure of 70 and
   * a heart rate of 40 out ({@code <70}, {@code 71-80}); they count with the values below them. New
   * confusion, which it does not know, counts as reacting to voice. A Glasgow coma scale does not
   * stand for AVPU. Five or more are {@code high}.
   */
  public static final ScoreDefinition MEWS_SUBBE =
      mews("MEWS-Subbe", Bands.exact().below(35, 2).below(38.45, 0).above(2));

  /** The same as it is often reprinted: a temperature of 35.0 has 2 points too. */
  public static final ScoreDefinition MEWS_SUBBE_35 =
      mews("MEWS-Subbe-35", Bands.tenths().upTo(35.0, 2).upTo(38.4, 0).above(2));

  /**
   * Heart rate by systolic pressure, both of the last hour. Above 0.9 is {@code high}: Rady et al.,
   * Ann Emerg Med 1994;24:685-690. Up to 0.7 is normal ({@code low}): Allgoewer and Burri, Dtsch
   * Med Wochenschr 1967;92:1947-1950. Between is {@code medium}.
   */
  public static final ScoreDefinition SHOCK_INDEX =
      ScoreDefinition.named("shock-index", "Allgoewer and Burri 1967; Rady et al. 1994")
          .with(
              ParameterDefinition.value(VitalKind.HEART_RATE, Role.GREATEST_VALUE)
                  .within(Duration.ofHours(1)))
          .with(
              ParameterDefinition.value(VitalKind.SYSTOLIC_BP, Role.LEAST_VALUE)
                  .within(Duration.ofHours(1)))
          .computedBy(ScoreFormula.ratio(0, 1))
          .risk("high", Threshold.parse(">0.9"))
          .risk("medium", Threshold.parse(">0.7"))
          .otherwise("low");

  /**
   * Mean arterial pressure as (systolic + 2 diastolic) / 3, of pressures not more than a minute
   * apart; a measured mean pressure is shown beside it. Below 65 is {@code high}, the target of
   * Evans et al., Surviving Sepsis Campaign 2021; below 70 {@code medium}, a point of SOFA: Vincent
   * et al., Intensive Care Med 1996;22:707-710.
   */
  public static final ScoreDefinition MEAN_ARTERIAL_PRESSURE =
      ScoreDefinition.named("MAP", "(SBP + 2 DBP) / 3")
          .with(
              ParameterDefinition.value(VitalKind.SYSTOLIC_BP, Role.LEAST_VALUE)
                  .within(PRESSURES_TOGETHER))
          .with(
              ParameterDefinition.value(VitalKind.DIASTOLIC_BP, Role.LEAST_VALUE)
                  .within(PRESSURES_TOGETHER))
          .with(ParameterDefinition.value(VitalKind.MEAN_BP, Role.SHOWN).within(PRESSURES_TOGETHER))
          .computedBy(ScoreFormula.weighted(3, List.of(1.0, 2.0, 0.0)))
          .risk("high", Threshold.parse("<65"))
          .risk("medium", Threshold.parse("<70"))
          .otherwise("low");

  /** All of them; NEWS2 with scale 1 of the oxygen saturation. */
  public static final List<ScoreDefinition> ALL =
      List.of(
          News2.SCALE_1,
          QSOFA,
          QSOFA_GCS13,
          MEWS_SUBBE,
          MEWS_SUBBE_35,
          SHOCK_INDEX,
          MEAN_ARTERIAL_PRESSURE);

  private KnownScores() {}

  /**
   * {@return the one of that name, in any case}
   *
   * @param name as it stands in {@code score_name}
   */
  public static Optional<ScoreDefinition> find(String name) {
    return ALL.stream()
        .filter(d -> d.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * {@return a qSOFA that takes a Glasgow coma scale below a threshold as altered mentation}
   *
   * @param name stands in {@code score_name}
   * @param comaBelow the scale that is no longer normal, as 15 or 13
   */
  public static ScoreDefinition qsofa(String name, int comaBelow) {
    return ScoreDefinition.named(name, "Singer et al., JAMA 2016;315:801; GCS < " + comaBelow)
        .with(
            ParameterDefinition.of(VitalKind.RESPIRATORY_RATE, Bands.exact().below(22, 0).above(1)))
        .with(ParameterDefinition.of(VitalKind.SYSTOLIC_BP, Bands.exact().upTo(100, 1).above(0)))
        .with(
            ParameterDefinition.of(VitalKind.CONSCIOUSNESS, Bands.byRank(0, 1, 1, 1, 1))
                .or(VitalKind.GLASGOW_COMA_SCALE, Bands.exact().below(comaBelow, 1).above(0)))
        .risk("high", Threshold.parse(">=2"))
        .otherwise("low");
  }

  private static ScoreDefinition mews(String name, Bands temperature) {
    return ScoreDefinition.named(name, "Subbe et al., QJM 2001;94:521")
        .with(
            ParameterDefinition.of(
                VitalKind.SYSTOLIC_BP,
                Bands.whole().upTo(70, 3).upTo(80, 2).upTo(100, 1).upTo(199, 0).above(2)))
        .with(
            ParameterDefinition.of(
                VitalKind.HEART_RATE,
                Bands.whole()
                    .upTo(40, 2)
                    .upTo(50, 1)
                    .upTo(100, 0)
                    .upTo(110, 1)
                    .upTo(129, 2)
                    .above(3)))
        .with(
            ParameterDefinition.of(
                VitalKind.RESPIRATORY_RATE,
                Bands.whole().upTo(8, 2).upTo(14, 0).upTo(20, 1).upTo(29, 2).above(3)))
        .with(ParameterDefinition.of(VitalKind.TEMPERATURE, temperature))
        .with(ParameterDefinition.of(VitalKind.CONSCIOUSNESS, Bands.byRank(0, 1, 1, 2, 3)))
        .risk("high", Threshold.parse(">=5"))
        .otherwise("low");
  }
}
