package org.healthbeam.runners.spark;

import com.google.auto.service.AutoService;
import java.util.Map;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.spark.package$;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;
import org.healthbeam.pipelines.run.RunningPipeline;

/** Runs on Spark, embedded in this JVM or on a cluster, and shows the counters while it does. */
@AutoService(RunnerAdapter.class)
public final class SparkAdapter implements RunnerAdapter {
  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("spark", package$.MODULE$.SPARK_VERSION());
  }

  @Override
  public void configure(PipelineOptions options) {
    options.setRunner(SparkRunner.class);
    if (options.as(SparkPipelineOptions.class).getSparkMaster().startsWith("local")) {
      // A page for one user who looks at the terminal costs a web server at every start.
      System.getProperties().putIfAbsent("spark.ui.enabled", "false");
    }
  }

  @Override
  public PipelineResult run(Pipeline pipeline, Progress progress) {
    PipelineResult result = pipeline.run();
    progress.watch(RunningPipeline.of(result));
    result.waitUntilFinish();
    return result;
  }
}
