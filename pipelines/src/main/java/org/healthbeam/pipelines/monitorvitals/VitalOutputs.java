package org.healthbeam.pipelines.monitorvitals;

import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.score.EarlyWarningScore;

/**
 * What the pipeline makes of vital signs, before it is written.
 *
 * @param artefacts what was left out as artefacts, if that was asked for
 */
public record VitalOutputs(
    PCollection<VitalSummary> summaries,
    PCollection<EarlyWarningScore> scores,
    Optional<PCollection<VitalArtefact>> artefacts) {}
