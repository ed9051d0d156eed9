package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code alerts.tsv}; of all revisions with columns that tell these apart. */
final class AlertLines extends DoFn<Alert, String> {
  private static final long serialVersionUID = 1L;

  private static final Columns COLUMNS =
      Columns.none()
          .text("subject")
          .time("time")
          .text("rule,state,priority")
          .number("score")
          .text("detail");

  private final boolean all;

  AlertLines(boolean all) {
    this.all = all;
  }

  static Columns columns(boolean all) {
    return all ? COLUMNS.whole("revision").flag("final,withdrawn") : COLUMNS;
  }

  @ProcessElement
  public void process(@Element Alert alert, OutputReceiver<String> out) {
    TsvLine line =
        new TsvLine()
            .add(alert.subject())
            .add(alert.time())
            .add(alert.rule())
            .add(alert.state().text())
            .add(alert.priority().text())
            .add(alert.score())
            .add(alert.detail());
    if (all) {
      line.add(alert.revision()).add(alert.isFinal()).add(alert.withdrawn());
    }
    out.output(line.toString());
  }
}
