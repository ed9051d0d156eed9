package org.healthbeam.pipelines.monitorvitals;

import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.score.EarlyWarningScore;

/**
 * What the pipeline makes of vital signs, before it is written.
 *
 * @param summaries of windows, each in its newest revisions
 * @param scores at observation times, each in its newest revisions
 * @param artefacts what was left out as artefacts, if that was asked for
 * @param alerts what happened to alerts, unless they are off
 * @param burden the burden of alarms, unless they are off
 * @param gaps where readings are absent, if that was asked for
 */
public record VitalOutputs(
    PCollection<VitalSummary> summaries,
    PCollection<EarlyWarningScore> scores,
    Optional<PCollection<VitalArtefact>> artefacts,
    Optional<PCollection<Alert>> alerts,
    Optional<PCollection<AlertBurden>> burden,
    Optional<PCollection<ReadingGaps>> gaps) {}
