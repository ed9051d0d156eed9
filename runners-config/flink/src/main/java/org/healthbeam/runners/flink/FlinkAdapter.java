package org.healthbeam.runners.flink;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.healthbeam.pipelines.run.JobAccount;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;
import org.healthbeam.pipelines.run.Submission;
import org.healthbeam.pipelines.run.SubmittedJob;
import org.healthbeam.pipelines.run.TemporaryFolders;
import org.healthbeam.pipelines.run.UsageException;

/** Runs on Flink, embedded in this JVM or on a session cluster. */
@AutoService(RunnerAdapter.class)
public final class FlinkAdapter implements RunnerAdapter {
  /** Set by the launcher script where a run needs the job jar: its file. */
  private static final String JOB_JAR = "healthbeam.jobJar";

  private static final TemporaryFolders FOLDERS = new TemporaryFolders();

  /** How many checkpoints may be under way in a stream, at the least. */
  private static final int FEWEST_CHECKPOINTS = 3;

  @Override
  public String name() {
    return "flink";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("flink", EnvironmentInformation.getVersion());
  }

  /**
   * On a cluster a job is not attached: it goes on when this process ends, and tells its id. The
   * cluster gets the job jar, of which this process is made too.
   */
  @Override
  public void configure(PipelineOptions options) {
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (!isCluster(flink.getFlinkMaster())) {
      return;
    }
    flink.setAttachedMode(false);
    String jar = System.getProperty(JOB_JAR);
    if (jar != null && flink.getFilesToStage() == null) {
      flink.setFilesToStage(List.of(jar));
    }
  }

  @Override
  public String clusterOption() {
    return "flinkMaster";
  }

  @Override
  public boolean isCluster(String master) {
    return !master.startsWith("[");
  }

  @Override
  public boolean goesOn(PipelineOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    return isCluster(flink.getFlinkMaster()) && flink.getSavepointPath() != null;
  }

  @Override
  public void requireCluster(PipelineOptions options) throws UsageException {
    SessionCluster.of(options.as(FlinkPipelineOptions.class)).require();
  }

  @Override
  public JobAccount account(PipelineOptions options, String job) throws IOException {
    return SessionCluster.of(options.as(FlinkPipelineOptions.class)).account(job);
  }

  @Override
  public SubmittedJob submit(Submission submission) throws UsageException, IOException {
    FlinkPipelineOptions flink = submission.options().as(FlinkPipelineOptions.class);
    SessionCluster cluster = SessionCluster.of(flink);
    tellOfJobs(flink);
    String id = ClusterJob.start(submission.build()).id();
    String address = cluster.at("/jobs/" + id).toString();
    Map<String, String> hints = new LinkedHashMap<>();
    hints.put("follow", cluster.at("/#/job/running/" + id).toString());
    hints.put("state", "curl -s " + address);
    if (flink.isStreaming()) {
      hints.put(
          "stop",
          "curl -s -X POST -H 'Content-Type: application/json' -d"
              + " '{\"targetDirectory\":\"SAVEPOINTS\"}' "
              + address
              + "/stop   with a savepoint, from which it can go on");
    }
    hints.put("cancel", "curl -s -X PATCH " + address + "?mode=cancel");
    return new SubmittedJob(id, hints, false);
  }

  /** Has Flink tell of a job when it has taken it, and remembers its own configuration. */
  private static void tellOfJobs(FlinkPipelineOptions options) {
    Path configuration = EmbeddedJob.configure(options.getFlinkConfDir());
    options.setFlinkConfDir(configuration.toString());
    FOLDERS.removeAtTheEnd(configuration);
  }

  /**
   * Lets a source that has ended end, which Beam's runner does not do where checkpoints are on. In
   * this JVM a failure ends the run: checkpoints die with it, and its counters would be those of
   * the last attempt only. Checkpoints lie on the disk until then: Flink's own place for them, the
   * memory of its JobManager, takes 5 MB.
   *
   * <p>Beam's runner holds what waits for a checkpoint, as rows do that are sent exactly once, in
   * one buffer more than there may be checkpoints at a time, turn by turn. After a failure one of
   * them still has what was restored: with only two, what comes after the next checkpoint began
   * joins that, and leaves before what came earlier.
   */
  @Override
  public void configureStream(PipelineOptions options, boolean ends) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setNumConcurrentCheckpoints(
        Math.max(FEWEST_CHECKPOINTS, flink.getNumConcurrentCheckpoints()));
    // One that is embedded ends when it is told to, whatever its input.
    if ((ends || isEmbedded(flink)) && flink.getShutdownSourcesAfterIdleMs() < 0) {
      flink.setShutdownSourcesAfterIdleMs(0L);
    }
    if (!isEmbedded(flink)) {
      return;
    }
    tellOfJobs(flink);
    if (flink.getNumberOfExecutionRetries() < 0) {
      flink.setNumberOfExecutionRetries(0);
    }
    if (flink.getStateBackend() == null && flink.getStateBackendStoragePath() == null) {
      flink.setStateBackend("filesystem");
      flink.setStateBackendStoragePath(
          FOLDERS.create("healthbeam-checkpoints-").toUri().toString());
    }
  }

  private static boolean isEmbedded(FlinkPipelineOptions options) {
    return options.getFlinkMaster().equals("[local]");
  }

  @Override
  public PipelineResult run(Pipeline pipeline, Progress progress) {
    return FOLDERS.during(() -> runToItsEnd(pipeline, progress));
  }

  private PipelineResult runToItsEnd(Pipeline pipeline, Progress progress) {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    if (isCluster(options.getFlinkMaster())) {
      return runOnCluster(pipeline, options, progress);
    }
    PipelineResult result;
    if (isEmbedded(options)) {
      if (!options.isStreaming()) {
        tellOfJobs(options);
      }
      progress.watch(EmbeddedJob.start(options.isStreaming()));
      try {
        result = pipeline.run();
      } finally {
        EmbeddedJob.started();
      }
    } else {
      result = pipeline.run();
    }
    result.waitUntilFinish();
    return result;
  }

  private static PipelineResult runOnCluster(
      Pipeline pipeline, FlinkPipelineOptions options, Progress progress) {
    SessionCluster cluster = SessionCluster.of(options);
    tellOfJobs(options);
    try {
      ClusterJob job = ClusterJob.start(pipeline);
      progress.watch(job.running(cluster));
      job.waitUntilFinish();
      return job;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
