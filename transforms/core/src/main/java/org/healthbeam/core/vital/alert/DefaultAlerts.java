package org.healthbeam.core.vital.alert;

import java.time.Duration;
import java.util.List;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.News2;

/**
 * The rules that hold unless others are given.
 *
 * <p>Thresholds are those of NEWS2: the scores that its chart 2 calls high, medium and low-medium,
 * and the values that alone have three points in its chart 1 (Royal College of Physicians, 2017);
 * and, for missing readings, the longest interval of observation that its chart 4 allows. Delays,
 * hystereses and suppressions are our own choice. Limits compare the value as it was measured,
 * without rounding.
 */
public final class DefaultAlerts {
  private static final String CHART_1 = "NEWS2, RCP 2017, chart 1: 3 points";
  private static final String CHART_2 = "NEWS2, RCP 2017, chart 2";
  private static final Duration QUIET = Duration.ofMinutes(30);

  /** The rules. */
  public static final List<AlertRule> RULES =
      List.of(
          AlertRule.of("news2-high", AlertPriority.HIGH, AlertSignal.score(News2.NAME), ">=7")
              .suppressedFor(QUIET)
              .from(CHART_2),
          AlertRule.of(
                  "news2-medium", AlertPriority.MEDIUM, AlertSignal.score(News2.NAME), ">=5", "<7")
              .suppressedFor(QUIET)
              .from(CHART_2),
          AlertRule.of(
                  "news2-single-3",
                  AlertPriority.LOW_MEDIUM,
                  AlertSignal.risk(News2.NAME),
                  ">=1",
                  "<2")
              .suppressedFor(QUIET)
              .from(CHART_2),
          limit("heart-rate-low", VitalKind.HEART_RATE, "<=40", ">=45"),
          limit("heart-rate-high", VitalKind.HEART_RATE, ">=131", "<=125"),
          limit("respiratory-rate-low", VitalKind.RESPIRATORY_RATE, "<=8", ">=9"),
          limit("respiratory-rate-high", VitalKind.RESPIRATORY_RATE, ">=25", "<=23"),
          limit("systolic-bp-low", VitalKind.SYSTOLIC_BP, "<=90", ">=95"),
          limit("systolic-bp-high", VitalKind.SYSTOLIC_BP, ">=220", "<=210"),
          limit("temperature-low", VitalKind.TEMPERATURE, "<=35", ">=35.5"),
          AlertRule.of(
                  "spo2-limit",
                  AlertPriority.MEDIUM,
                  AlertSignal.points(News2.NAME, VitalKind.SPO2.kindName()),
                  ">=3")
              .clearing("<=1")
              .suppressedFor(QUIET)
              .from(CHART_1 + ", on the subject's scale"),
          AlertRule.of(
                  "consciousness",
                  AlertPriority.MEDIUM,
                  AlertSignal.points(News2.NAME, VitalKind.CONSCIOUSNESS.kindName()),
                  ">=3")
              .clearing("<=0")
              .suppressedFor(QUIET)
              .from(CHART_1 + ", by letter or Glasgow coma scale"),
          AlertRule.of(
                  "no-reading", AlertPriority.LOW, AlertSignal.missing(null, Duration.ofHours(12)))
              .repeating(Duration.ofHours(12), 1)
              .suppressedFor(Duration.ofHours(12))
              .from("NEWS2, RCP 2017, chart 4: at least every 12 hours"));

  private DefaultAlerts() {}

  private static AlertRule limit(String name, VitalKind kind, String raise, String clear) {
    return AlertRule.of(name, AlertPriority.MEDIUM, AlertSignal.value(kind), raise)
        .clearing(clear)
        .suppressedFor(QUIET)
        .from(CHART_1);
  }
}
