package org.healthbeam.pipelines.monitorvitals;

import java.time.Duration;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.FilterArtefacts;
import org.healthbeam.transforms.vital.Vitals;

/**
 * Vital signs after artefacts were judged, if that was asked for.
 *
 * @param lateness the allowed lateness of what comes after: judgements come later than readings
 */
record Filtered(
    PCollection<VitalSign> signs,
    Duration lateness,
    Optional<PCollection<VitalArtefact>> artefacts) {

  /**
   * Judges artefacts.
   *
   * @param windows those of the summaries after it
   */
  static Filtered of(
      PCollection<VitalSign> signs,
      Optional<ArtefactPolicy> policy,
      Duration lateness,
      VitalWindows windows,
      Rejects rejects) {
    if (policy.isEmpty()) {
      return new Filtered(signs, lateness, Optional.empty());
    }
    FilterArtefacts filter =
        Vitals.filterArtefacts(policy.get())
            .withAllowedLateness(windows.grain().plus(lateness))
            .forWindows(windows)
            .rejectedTo(rejects);
    PCollectionTuple filtered = signs.apply("Filter artefacts", filter);
    return new Filtered(
        filtered.get(FilterArtefacts.SIGNS),
        filter.latenessAfter(),
        Optional.of(filtered.get(FilterArtefacts.ARTEFACTS)));
  }
}
