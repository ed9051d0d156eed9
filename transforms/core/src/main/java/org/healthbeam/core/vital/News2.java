package org.healthbeam.core.vital;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The National Early Warning Score 2.
 *
 * <p>Source: Royal College of Physicians, <i>National Early Warning Score (NEWS) 2: Standardising
 * the assessment of acute-illness severity in the NHS</i>, London 2017, chart 1 (scoring) and chart
 * 2 (thresholds).
 *
 * <p>The chart prints whole numbers, and tenths for the temperature. A value between two printed
 * ones is first rounded to what the chart prints, half upwards, by its decimal digits: 20.5 breaths
 * score as 21, 35.05 Cel as 35.1.
 */
public final class News2 {
  /** The name in {@code score_name}. */
  public static final String NAME = "NEWS2";

  /** The parameters, in the order in which they are told. */
  public static final List<VitalKind> PARAMETERS =
      List.of(
          VitalKind.RESPIRATORY_RATE,
          VitalKind.SPO2,
          VitalKind.INSPIRED_OXYGEN,
          VitalKind.SYSTOLIC_BP,
          VitalKind.HEART_RATE,
          VitalKind.CONSCIOUSNESS,
          VitalKind.TEMPERATURE);

  private static final double NEAR_TIE = 1e-6;

  private News2() {}

  /** Returns the points of the respiratory rate. */
  public static int respiratoryRate(double perMinute) {
    long v = (long) rounded(perMinute, 0);
    return v <= 8 ? 3 : v <= 11 ? 1 : v <= 20 ? 0 : v <= 24 ? 2 : 3;
  }

  /** Returns the points of the oxygen saturation on scale 1. */
  public static int spo2Scale1(double percent) {
    long v = (long) rounded(percent, 0);
    return v <= 91 ? 3 : v <= 93 ? 2 : v <= 95 ? 1 : 0;
  }

  /**
   * Returns the points of the oxygen saturation on scale 2, for hypercapnic respiratory failure.
   */
  public static int spo2Scale2(double percent, OxygenSupply supply) {
    long v = (long) rounded(percent, 0);
    if (v <= 92) {
      return v <= 83 ? 3 : v <= 85 ? 2 : v <= 87 ? 1 : 0;
    }
    return supply == OxygenSupply.AIR ? 0 : v <= 94 ? 1 : v <= 96 ? 2 : 3;
  }

  /** Returns the points of air or oxygen. */
  public static int inspiredOxygen(OxygenSupply supply) {
    return supply == OxygenSupply.AIR ? 0 : 2;
  }

  /** Returns the points of the systolic pressure. */
  public static int systolicPressure(double millimetresOfMercury) {
    long v = (long) rounded(millimetresOfMercury, 0);
    return v <= 90 ? 3 : v <= 100 ? 2 : v <= 110 ? 1 : v <= 219 ? 0 : 3;
  }

  /** Returns the points of the pulse. */
  public static int pulse(double perMinute) {
    long v = (long) rounded(perMinute, 0);
    return v <= 40 ? 3 : v <= 50 ? 1 : v <= 90 ? 0 : v <= 110 ? 1 : v <= 130 ? 2 : 3;
  }

  /** Returns the points of the level of consciousness. */
  public static int consciousness(ConsciousnessLevel level) {
    return level == ConsciousnessLevel.ALERT ? 0 : 3;
  }

  /** Returns the points of the temperature. */
  public static int temperature(double celsius) {
    long tenths = (long) rounded(celsius, 1);
    return tenths <= 350 ? 3 : tenths <= 360 ? 1 : tenths <= 380 ? 0 : tenths <= 390 ? 1 : 2;
  }

  /** Returns the most points that a parameter can have. */
  public static int mostPoints(VitalKind parameter) {
    return parameter == VitalKind.INSPIRED_OXYGEN ? 2 : 3;
  }

  /**
   * Returns the clinical risk.
   *
   * @param score the sum of the points
   * @param anyThree whether a single parameter has three points
   */
  public static String risk(int score, boolean anyThree) {
    if (score >= 7) {
      return "high";
    }
    if (score >= 5) {
      return "medium";
    }
    return anyThree ? "low-medium" : "low";
  }

  /**
   * Returns the value times ten to the power of {@code digits}, rounded half upwards by its decimal
   * digits: 35.05 is a tie although the double nearest to it is not.
   */
  private static double rounded(double value, int digits) {
    double scaled = digits == 0 ? value : value * 10;
    double fraction = scaled - Math.floor(scaled);
    if (Math.abs(fraction - 0.5) > NEAR_TIE) {
      return Math.floor(scaled + 0.5);
    }
    return BigDecimal.valueOf(value)
        .movePointRight(digits)
        .setScale(0, value < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP)
        .doubleValue();
  }
}
