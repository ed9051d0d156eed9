package org.healthbeam.runners.flink;

import com.google.auto.service.AutoService;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.healthbeam.pipelines.run.Progress;
import org.healthbeam.pipelines.run.RunnerAdapter;

/** Runs on Flink, embedded in this JVM or on a cluster, and waits for the end. */
@AutoService(RunnerAdapter.class)
public final class FlinkAdapter implements RunnerAdapter {
  @Override
  public String name() {
    return "flink";
  }

  @Override
  public Map<String, String> versions() {
    return Map.of("flink", EnvironmentInformation.getVersion());
  }

  @Override
  public void configure(PipelineOptions options) {
    options.setRunner(FlinkRunner.class);
  }

  /**
   * Lets a source that has ended end, which Beam's runner does not do where checkpoints are on. In
   * this JVM a failure ends the run: checkpoints die with it, and its counters would be those of
   * the last attempt only. Checkpoints lie on the disk until then: Flink's own place for them, the
   * memory of its JobManager, takes 5 MB.
   */
  @Override
  public void configureStream(PipelineOptions options, boolean ends) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (ends && flink.getShutdownSourcesAfterIdleMs() < 0) {
      flink.setShutdownSourcesAfterIdleMs(0L);
    }
    if (!isEmbedded(flink)) {
      return;
    }
    Path configuration = EmbeddedJob.configure(flink.getFlinkConfDir());
    flink.setFlinkConfDir(configuration.toString());
    removeAtTheEnd(configuration);
    if (flink.getNumberOfExecutionRetries() < 0) {
      flink.setNumberOfExecutionRetries(0);
    }
    if (flink.getStateBackend() == null && flink.getStateBackendStoragePath() == null) {
      flink.setStateBackend("filesystem");
      flink.setStateBackendStoragePath(checkpoints().toUri().toString());
    }
  }

  private static Path checkpoints() {
    try {
      Path folder = Files.createTempDirectory("healthbeam-checkpoints-");
      removeAtTheEnd(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmbedded(FlinkPipelineOptions options) {
    return options.getFlinkMaster().equals("[local]");
  }

  private static void removeAtTheEnd(Path folder) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove-temporary"));
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      // Flink is still at it; the folder of temporary files keeps the rest.
      return;
    }
  }

  @Override
  public PipelineResult run(Pipeline pipeline, Progress progress) {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    PipelineResult result;
    if (options.isStreaming() && isEmbedded(options)) {
      progress.watch(EmbeddedJob.start());
      try {
        result = pipeline.run();
      } finally {
        EmbeddedJob.started();
      }
    } else {
      // Flink hands counters over when the job has ended; until then there is only the time to
      // show.
      result = pipeline.run();
    }
    result.waitUntilFinish();
    return result;
  }
}
