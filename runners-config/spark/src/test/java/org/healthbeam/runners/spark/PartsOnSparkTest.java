package org.healthbeam.runners.spark;

import java.nio.file.Path;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.io.vcf.PartsRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file read in two parts and in seven gives on Spark the bytes of the direct runner. */
@Tag("slow")
class PartsOnSparkTest {
  @TempDir private Path folder;

  private static PipelineOptions options() {
    SparkPipelineOptions options = PipelineOptionsFactory.as(SparkPipelineOptions.class);
    options.setRunner(SparkRunner.class);
    options.setSparkMaster("local[2]");
    return options;
  }

  @Test
  void theBytesAreThoseOfTheDirectRunnerInAnyNumberOfParts() throws Exception {
    PartsRun.assertSameInParts(PartsOnSparkTest::options, folder);
  }
}
