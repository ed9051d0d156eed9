package org.healthbeam.runners.dataflow;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.DataflowRunnerInfo;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.extensions.gcp.storage.GcsPathValidator;
import org.apache.beam.sdk.options.PipelineOptions;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;
import org.healthbeam.pipelines.run.RunningPipeline;
import org.healthbeam.pipelines.run.UsageException;

/**
 * Runs on Google Cloud's Dataflow and waits for the end, or writes the job for the launcher of a
 * flex template, which starts it ({@code --templateLocation}).
 */
@AutoService(RunnerAdapter.class)
public final class DataflowAdapter implements RunnerAdapter {
  /** Set by the launcher script where a run needs the job jar: its file. */
  private static final String JOB_JAR = "healthbeam.jobJar";

  private static final String PROJECT = "project";
  private static final String REGION = "region";
  private static final String TEMPORARY = "tempLocation";
  private static final String TEMPORARY_OF_CLOUD = "gcpTempLocation";

  @Override
  public String name() {
    return "dataflow";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("dataflow", DataflowRunnerInfo.getDataflowRunnerInfo().getVersion());
  }

  /** Without a job jar, all of the class path is staged, as Beam does. */
  @Override
  public void configure(PipelineOptions options) {
    options.setRunner(DataflowRunner.class);
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    String jar = System.getProperty(JOB_JAR);
    if (jar != null && dataflow.getFilesToStage() == null) {
      dataflow.setFilesToStage(List.of(jar));
    }
  }

  /** Beam would take them from the settings of gcloud, or make a bucket of its own. */
  @Override
  public List<String> missing(Predicate<String> given) {
    List<String> sentences = new ArrayList<>();
    if (!given.test(PROJECT)) {
      sentences.add("--project is missing: the project of Google Cloud, by its id");
    }
    if (!given.test(REGION)) {
      sentences.add(
          "--region is missing: where the job runs, and its data are. For example:"
              + " --region=europe-west1");
    }
    if (!given.test(TEMPORARY) && !given.test(TEMPORARY_OF_CLOUD)) {
      sentences.add(
          "--tempLocation is missing: a folder for the job's own files. For example:"
              + " --tempLocation=gs://BUCKET/temporary");
    }
    return sentences;
  }

  @Override
  public void check(PipelineOptions options) throws UsageException {
    if (options.as(GcpOptions.class).getGcpCredential() == null) {
      throw new UsageException(
          "There are no credentials of Google Cloud; gcloud auth application-default login makes some");
    }
  }

  /** The validator of paths, as Beam calls it, may be one that takes all. */
  @Override
  public boolean seesDisk(PipelineOptions options) {
    return options.as(GcsOptions.class).getPathValidatorClass() != GcsPathValidator.class;
  }

  @Override
  public String clusterOption() {
    return PROJECT;
  }

  @Override
  public boolean isCluster(String project) {
    return true;
  }

  @Override
  public boolean onlyDescribes(PipelineOptions options) {
    return options.as(DataflowPipelineOptions.class).getTemplateLocation() != null;
  }

  @Override
  public void describe(Pipeline pipeline) {
    pipeline.run();
  }

  @Override
  public PipelineResult run(Pipeline pipeline, Progress progress) {
    PipelineResult result = pipeline.run();
    progress.watch(RunningPipeline.of(result));
    PipelineResult.State state;
    do {
      // Null: the service did not answer for some minutes, and the job goes on.
      state = result.waitUntilFinish();
    } while (state == null && !Thread.currentThread().isInterrupted());
    return result;
  }
}
