package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code burden.tsv}. */
final class BurdenLines extends DoFn<AlertBurden, String> {
  private static final long serialVersionUID = 1L;

  static final Columns COLUMNS =
      Columns.none()
          .text("subject,day")
          .whole("raised,suppressed,delayed")
          .number("active_s,hysteresis_s");

  @ProcessElement
  public void process(@Element AlertBurden burden, OutputReceiver<String> out) {
    out.output(
        new TsvLine()
            .add(burden.subject())
            .add(burden.day().toString())
            .add(burden.raised())
            .add(burden.suppressed())
            .add(burden.delayed())
            .add(burden.activeMillis() / 1000.0)
            .add(burden.hysteresisMillis() / 1000.0)
            .toString());
  }
}
