package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code artefacts.tsv}. */
final class ArtefactLines extends DoFn<VitalArtefact, String> {
  private static final long serialVersionUID = 1L;

  static final List<String> COLUMNS =
      List.of(
          "subject", "time", "kind", "unit", "value", "median", "limit", "revision", "artefact");

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
