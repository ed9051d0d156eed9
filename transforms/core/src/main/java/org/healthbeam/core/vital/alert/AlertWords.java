package org.healthbeam.core.vital.alert;

import java.util.List;
import java.util.stream.Collectors;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.Threshold;

/** The details of alerts, which depend on nothing but the rule and the values. */
final class AlertWords {
  /** Of an acknowledgement of what is active, when nothing is. */
  static final String NOTHING_ACTIVE = "nothing active";

  private final List<AlertRule> rules;

  AlertWords(List<AlertRule> rules) {
    this.rules = rules;
  }

  String raised(int rule, double value) {
    return value(rule, value)
        + " ("
        + rules.get(rule).raise().stream().map(Threshold::toString).collect(Collectors.joining(" "))
        + ")";
  }

  String value(int rule, double value) {
    AlertSignal signal = rules.get(rule).signal();
    String shown =
        switch (signal.type()) {
          case VALUE -> signal.kind() == null ? number(value) : signal.kind().display(value);
          case RISK -> ScoreDefinition.RISKS.get((int) value);
          default -> number(value);
        };
    return signal.words() + " " + shown;
  }

  String held(int rule, long millis) {
    return "held %s of %s"
        .formatted(Durations.text(millis), Durations.text(rules.get(rule).onDelay().toMillis()));
  }

  String none(int rule, long millis) {
    return rules.get(rule).signal().words() + ": none for " + Durations.text(millis);
  }

  String repeat(int rule, int n) {
    return n + " of " + rules.get(rule).repeats();
  }

  String after(long millis) {
    return "after " + Durations.text(millis);
  }

  String silence(long millis, boolean active) {
    return (active ? "" : "not active; ") + "silent for " + Durations.text(millis);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
