package org.healthbeam.bench.vital;

import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkExecutionEnvironments;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.healthbeam.config.ConfigException;
import org.healthbeam.config.Profile;

/**
 * The embedded Flink that both sides have.
 *
 * @param backend {@code filesystem} (the heap) or {@code rocksdb}
 * @param checkpointMillis between the beginnings of checkpoints
 * @param options of Beam's, each {@code --name=value}
 */
record Environment(
    String backend, int slots, long checkpointMillis, Path checkpoints, List<String> options) {

  /** Returns the options of the profile with which the pipelines stream on Flink. */
  static List<String> profile() throws ConfigException {
    return Profile.ofRunner("flink", true).values().entrySet().stream()
        .map(each -> "--" + each.getKey() + "=" + each.getValue())
        .sorted()
        .toList();
  }

  /** Returns Beam's options; the job by hand gets its environment from the same. */
  FlinkPipelineOptions flink() {
    FlinkPipelineOptions flink =
        PipelineOptionsFactory.fromArgs(options.toArray(new String[0]))
            .as(FlinkPipelineOptions.class);
    flink.setRunner(FlinkRunner.class);
    flink.setFlinkMaster("[local]");
    flink.setStreaming(true);
    flink.setParallelism(slots);
    flink.setStateBackend(backend);
    flink.setStateBackendStoragePath(checkpoints.toUri().toString());
    flink.setCheckpointingInterval(checkpointMillis);
    flink.setMinPauseBetweenCheckpoints(0L);
    flink.setShutdownSourcesAfterIdleMs(0L);
    flink.setFilesToStage(List.of());
    return flink;
  }

  StreamExecutionEnvironment byHand() {
    return FlinkExecutionEnvironments.createStreamExecutionEnvironment(flink(), List.of(), null);
  }
}
