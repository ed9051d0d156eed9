package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code artefacts.tsv}. */
final class ArtefactLines extends DoFn<VitalArtefact, String> {
  private static final long serialVersionUID = 1L;

  static final Columns COLUMNS =
      Columns.none()
          .text("subject")
          .time("time")
          .text("kind,unit")
          .number("value,median,limit")
          .whole("revision")
          .flag("artefact");

  @ProcessElement
  public void process(@Element VitalArtefact a, OutputReceiver<String> out) {
    out.output(
        new TsvLine()
            .add(a.subject())
            .add(a.time())
            .add(a.kind().kindName())
            .add(a.kind().unit())
            .add(a.value())
            .add(a.median())
            .add(a.limit())
            .add(a.revision())
            .add(a.artefact())
            .toString());
  }
}
