package org.healthbeam.pipelines.run;

import java.time.Instant;
import java.util.Optional;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * What a cluster says of a job that it was handed.
 *
 * @param state {@code UNKNOWN} if it knows no such job, {@code STOPPED} if it was stopped so that
 *     it can go on
 * @param ended when the job ended; now, if it has not
 * @param metrics its counters, of a job that has ended
 * @param failure why it failed, if it did
 */
public record JobAccount(
    PipelineResult.State state,
    Instant ended,
    Optional<MetricResults> metrics,
    Optional<Throwable> failure) {}
