package org.healthbeam.templates.launch;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;

/** The direct runner, for tests of what launches. */
@AutoService(RunnerAdapter.class)
public final class DirectRuns implements RunnerAdapter {
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
    result.waitUntilFinish();
    return result;
  }
}
