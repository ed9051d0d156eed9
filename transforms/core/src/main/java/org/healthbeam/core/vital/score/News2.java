package org.healthbeam.core.vital.score;

import java.util.List;
import org.healthbeam.core.vital.VitalKind;

/**
 * The National Early Warning Score 2.
 *
 * <p>Source: Royal College of Physicians, <i>National Early Warning Score (NEWS) 2: Standardising
 * the assessment of acute-illness severity in the NHS</i>, London 2017, chart 1 (scoring) and chart
 * 2 (thresholds). The chart prints whole numbers, and tenths for the temperature; values between
 * are rounded as {@link Bands} says. A Glasgow coma scale of 15 counts as alert, a lower one as not
 * alert.
 */
public final class News2 {
  /** The name in {@code score_name}. */
  public static final String NAME = "NEWS2";

  private static final Bands ON_AIR = Bands.whole().upTo(83, 3).upTo(85, 2).upTo(87, 1).above(0);
  private static final Bands ON_OXYGEN =
      Bands.whole()
          .upTo(83, 3)
          .upTo(85, 2)
          .upTo(87, 1)
          .upTo(92, 0)
          .upTo(94, 1)
          .upTo(96, 2)
          .above(3);

  /** With scale 1 of the oxygen saturation. */
  public static final ScoreDefinition SCALE_1 =
      definition(
          ParameterDefinition.of(
              VitalKind.SPO2, Bands.whole().upTo(91, 3).upTo(93, 2).upTo(95, 1).above(0)));

  /**
   * With scale 2, for hypercapnic respiratory failure: from 93 % on it depends on air or oxygen;
   * where that is missing, the saturation has no points and the range of the possible widens.
   */
  public static final ScoreDefinition SCALE_2 =
      definition(
          ParameterDefinition.dependent(
              VitalKind.SPO2, VitalKind.INSPIRED_OXYGEN.kindName(), List.of(ON_AIR, ON_OXYGEN)));

  private News2() {}

  private static ScoreDefinition definition(ParameterDefinition saturation) {
    return ScoreDefinition.named(NAME, "Royal College of Physicians, 2017")
        .with(
            ParameterDefinition.of(
                VitalKind.RESPIRATORY_RATE,
                Bands.whole().upTo(8, 3).upTo(11, 1).upTo(20, 0).upTo(24, 2).above(3)))
        .with(saturation)
        .with(ParameterDefinition.of(VitalKind.INSPIRED_OXYGEN, Bands.byRank(0, 2)))
        .with(
            ParameterDefinition.of(
                VitalKind.SYSTOLIC_BP,
                Bands.whole().upTo(90, 3).upTo(100, 2).upTo(110, 1).upTo(219, 0).above(3)))
        .with(
            ParameterDefinition.of(
                VitalKind.HEART_RATE,
                Bands.whole()
                    .upTo(40, 3)
                    .upTo(50, 1)
                    .upTo(90, 0)
                    .upTo(110, 1)
                    .upTo(130, 2)
                    .above(3)))
        .with(
            ParameterDefinition.of(VitalKind.CONSCIOUSNESS, Bands.byRank(0, 3, 3, 3, 3))
                .or(VitalKind.GLASGOW_COMA_SCALE, Bands.exact().below(15, 3).above(0)))
        .with(
            ParameterDefinition.of(
                VitalKind.TEMPERATURE,
                Bands.tenths().upTo(35.0, 3).upTo(36.0, 1).upTo(38.0, 0).upTo(39.0, 1).above(2)))
        .risk("high", Threshold.parse(">=7"))
        .risk("medium", Threshold.parse(">=5"))
        .riskOfAny("low-medium", Threshold.parse(">=3"))
        .otherwise("low");
  }
}
