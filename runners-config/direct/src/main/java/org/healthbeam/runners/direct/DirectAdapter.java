package org.healthbeam.runners.direct;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.StreamingOptions;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;
import org.healthbeam.pipelines.run.RunningPipeline;

/** Runs in this JVM and shows the counters while it does. */
@AutoService(RunnerAdapter.class)
public final class DirectAdapter implements RunnerAdapter {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of();
  }

  @Override
  public void configure(PipelineOptions options) {
    options.setRunner(DirectRunner.class);
  }

  @Override
  public PipelineResult run(Pipeline pipeline, Progress progress) {
    if (!pipeline.getOptions().as(StreamingOptions.class).isStreaming()) {
      useNoMoreThreadsThanCores(pipeline.getOptions());
    }
    PipelineResult result = pipeline.run();
    progress.watch(RunningPipeline.of(result));
    result.waitUntilFinish();
    return result;
  }

  /**
   * Beam takes three threads where there are fewer cores. The one without a bundle asks all the
   * time whether a timer is due, at the cost of those that have one.
   */
  private static void useNoMoreThreadsThanCores(PipelineOptions options) {
    boolean given =
        DisplayData.from(options).items().stream()
            .anyMatch(item -> item.getKey().equals("targetParallelism"));
    if (!given) {
      options
          .as(DirectOptions.class)
          .setTargetParallelism(Runtime.getRuntime().availableProcessors());
    }
  }
}
