package org.healthbeam.runners.direct;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
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
    PipelineResult result = pipeline.run();
    progress.watch(RunningPipeline.of(result));
    result.waitUntilFinish();
    return result;
  }
}
