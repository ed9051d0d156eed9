package org.healthbeam.pipelines.run;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** The direct runner, for tests of what surrounds a runner. */
@AutoService(RunnerAdapter.class)
public final class TestAdapter implements RunnerAdapter {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("test", "1");
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
