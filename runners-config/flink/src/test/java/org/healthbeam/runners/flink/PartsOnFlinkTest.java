package org.healthbeam.runners.flink;

import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.io.vcf.PartsRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file read in two parts and in seven gives on Flink the bytes of the direct runner. */
@Tag("slow")
class PartsOnFlinkTest {
  @TempDir private Path folder;

  private static PipelineOptions options() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(2);
    return options;
  }

  @Test
  void theBytesAreThoseOfTheDirectRunnerInAnyNumberOfParts() throws Exception {
    PartsRun.assertSameInParts(PartsOnFlinkTest::options, folder);
  }
}
