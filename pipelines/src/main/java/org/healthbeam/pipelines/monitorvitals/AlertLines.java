package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code alerts.tsv}. */
final class AlertLines extends DoFn<Alert, String> {
  private static final long serialVersionUID = 1L;

  static final List<String> COLUMNS =
      List.of("subject", "time", "rule", "state", "priority", "score", "detail");

  @ProcessElement
  public void process(@Element Alert alert, OutputReceiver<String> out) {
    out.output(
        new TsvLine()
            .add(alert.subject())
            .add(alert.time())
            .add(alert.rule())
            .add(alert.withdrawn() ? "withdrawn" : alert.state().text())
            .add(alert.priority().text())
            .add(alert.score())
            .add(alert.withdrawn() ? alert.state().text() : alert.detail())
            .toString());
  }
}
