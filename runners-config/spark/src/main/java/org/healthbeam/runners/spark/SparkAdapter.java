package org.healthbeam.runners.spark;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.spark.package$;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;
import org.healthbeam.pipelines.run.Submission;
import org.healthbeam.pipelines.run.SubmittedJob;
import org.healthbeam.pipelines.run.TemporaryFolders;
import org.healthbeam.pipelines.run.UsageException;

/** Runs on Spark, embedded in this JVM or on a cluster, and shows the counters while it does. */
@AutoService(RunnerAdapter.class)
public final class SparkAdapter implements RunnerAdapter {
  /** Set by the launcher script where a run needs the job jar: its file. */
  private static final String JOB_JAR = "healthbeam.jobJar";

  private static final String LISTENERS = "spark.extraListeners";
  private static final String PLACE = "spark.local.dir";
  private static final TemporaryFolders FOLDERS = new TemporaryFolders();

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
    SparkPipelineOptions spark = options.as(SparkPipelineOptions.class);
    if (!isCluster(spark.getSparkMaster())) {
      // A page for one user who looks at the terminal costs a web server at every start.
      System.getProperties().putIfAbsent("spark.ui.enabled", "false");
    } else if (spark.getFilesToStage() == null) {
      // Otherwise Beam sends all that is on the class path, Spark itself too.
      jobJar().ifPresent(jar -> spark.setFilesToStage(List.of(jar.toString())));
    }
  }

  /** Returns the jar that this class came in, if it is one in which Beam came too. */
  private static Optional<Path> jobJar() {
    URL own = SparkAdapter.class.getProtectionDomain().getCodeSource().getLocation();
    URL beam = Pipeline.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return own.toURI().equals(beam.toURI())
          ? Optional.of(Path.of(own.toURI()))
          : Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Where this class comes from cannot be said", e);
    }
  }

  @Override
  public String clusterOption() {
    return "sparkMaster";
  }

  @Override
  public boolean isCluster(String master) {
    return !master.startsWith("local");
  }

  @Override
  public void requireCluster(PipelineOptions options) throws UsageException {
    SparkCluster.of(options.as(SparkPipelineOptions.class).getSparkMaster()).require();
  }

  /**
   * Has the job jar's own command line run in the cluster's driver, which knows the counters and
   * writes the account.
   */
  @Override
  public SubmittedJob submit(Submission submission) throws UsageException, IOException {
    String jar = System.getProperty(JOB_JAR);
    if (jar == null) {
      throw new UsageException("There is no job jar; ./healthbeam submit builds and names it");
    }
    SparkPipelineOptions options = submission.options().as(SparkPipelineOptions.class);
    submission.rehearse();
    return SparkCluster.of(options.getSparkMaster())
        .submit(options.getJobName(), Path.of(jar), submission.arguments());
  }

  @Override
  public PipelineResult run(Pipeline pipeline, Progress progress) {
    return FOLDERS.during(() -> runToItsEnd(pipeline, progress));
  }

  private static PipelineResult runToItsEnd(Pipeline pipeline, Progress progress) {
    SparkPipelineOptions options = pipeline.getOptions().as(SparkPipelineOptions.class);
    listen(!options.getSparkMaster().startsWith("local"));
    SparkJob job = SparkJob.start();
    progress.watch(job);
    PipelineResult result;
    try {
      result = pipeline.run();
    } finally {
      SparkJob.started();
    }
    try {
      job.started(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    result.waitUntilFinish();
    return result;
  }

  /** Sets what Spark takes from the properties of this JVM. */
  static void listen(boolean onCluster) {
    Properties spark = System.getProperties();
    String listener = JobListener.class.getName();
    String others = spark.getProperty(LISTENERS, "");
    if (!others.contains(listener)) {
      spark.setProperty(LISTENERS, others.isEmpty() ? listener : others + "," + listener);
    }
    if (!onCluster) {
      spark.putIfAbsent("spark.executor.heartbeatInterval", "1s");
    }
    // Spark removes its own when the process lets it; this folder is removed in any case.
    if (!spark.containsKey(PLACE)) {
      spark.setProperty(PLACE, FOLDERS.create("healthbeam-spark-").toString());
    }
  }
}
