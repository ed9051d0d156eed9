package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    Path file = PartsRun.write(folder);
    PipelineOptions direct = PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create();
    Map<String, List<String>> whole = PartsRun.outputs(direct, file, 1, folder.resolve("direct"));
    assertEquals(30, whole.get("rejects").size());
    for (int parts : new int[] {2, 7}) {
      Map<String, List<String>> other =
          PartsRun.outputs(options(), file, parts, folder.resolve("parts" + parts));
      assertEquals(whole, other, parts + " parts");
    }
  }
}
