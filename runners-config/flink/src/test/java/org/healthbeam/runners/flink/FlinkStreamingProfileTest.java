package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.config.Profile;
import org.junit.jupiter.api.Test;

class FlinkStreamingProfileTest {
  @Test
  void stateIsCopiedSoThatSnapshotsInTheBackgroundDoNotSeeLaterReadings() throws Exception {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                Profile.ofRunner("flink", true).values().entrySet().stream()
                    .map(e -> "--" + e.getKey() + "=" + e.getValue())
                    .toArray(String[]::new))
            .as(FlinkPipelineOptions.class);
    assertFalse(options.getFasterCopy());
    assertTrue(options.getCheckpointingInterval() > 0, "snapshots are taken");
  }
}
