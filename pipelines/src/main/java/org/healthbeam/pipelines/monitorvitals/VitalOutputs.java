package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.score.EarlyWarningScore;

/** What the pipeline makes of vital signs, before it is written. */
public record VitalOutputs(
    PCollection<VitalSummary> summaries, PCollection<EarlyWarningScore> scores) {}
