package org.healthbeam.transforms.vital.alert;

import java.time.Duration;
import java.time.Instant;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;

/** What tests of alerts share: readings of some subjects, and alerts as text. */
final class ShownAlerts {
  static final Instant T = Instant.parse("2150-06-01T22:30:00Z");
  static final Duration LATENESS = Duration.ofMinutes(20);

  static final AlertRule PULSE =
      AlertRule.of("pulse", AlertPriority.MEDIUM, AlertSignal.value(VitalKind.HEART_RATE), ">=120")
          .delayed(Duration.ofSeconds(30), Duration.ZERO);

  private ShownAlerts() {}

  static VitalSign sign(String subject, int second, VitalKind kind, double value) {
    return new VitalSign(subject, kind, value, T.plusSeconds(second), "s", "" + second);
  }

  static TimestampedValue<VitalSign> at(int second, double pulse) {
    return TimestampedValue.of(
        sign("a", second, VitalKind.HEART_RATE, pulse), joda(T.plusSeconds(second).toEpochMilli()));
  }

  static org.joda.time.Instant joda(long millis) {
    return org.joda.time.Instant.ofEpochMilli(millis);
  }

  static String show(Alert a) {
    return String.join(
        " ",
        a.subject(),
        a.time().toString(),
        a.rule(),
        a.state().text(),
        "" + a.score(),
        a.detail());
  }

  static String show(AlertBurden b) {
    return "%s %s %d %d %d %d"
        .formatted(b.subject(), b.day(), b.raised(), b.suppressed(), b.delayed(), b.activeMillis());
  }

  static final class Show extends DoFn<Alert, String> {
    private static final long serialVersionUID = 1L;
    private final boolean finalOnly;

    Show(boolean finalOnly) {
      this.finalOnly = finalOnly;
    }

    @ProcessElement
    public void process(@Element Alert alert, OutputReceiver<String> out) {
      if (finalOnly) {
        if (alert.isFinal()) {
          out.output(show(alert));
        }
      } else {
        String mark = alert.isFinal() ? "final" : alert.withdrawn() ? "withdrawn" : "told";
        out.output(
            "%s %s r%d %s"
                .formatted(
                    Duration.between(T, alert.time()),
                    alert.state().text(),
                    alert.revision(),
                    mark));
      }
    }
  }

  static final class ShowBurden extends DoFn<AlertBurden, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element AlertBurden burden, OutputReceiver<String> out) {
      out.output(show(burden));
    }
  }

  static final class Of extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final String what;

    Of(String what) {
      this.what = what;
    }

    @ProcessElement
    public void process(@Element String row, OutputReceiver<String> out) {
      if (row.contains(what)) {
        out.output(row);
      }
    }
  }
}
