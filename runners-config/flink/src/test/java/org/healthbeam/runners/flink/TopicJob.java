package org.healthbeam.runners.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nullable;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.ParDo;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.io.kafka.ReadMessages;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.Vitals;

/** A job of the embedded Flink that reads a topic, fails once, and goes on until it is stopped. */
final class TopicJob {
  private final EmbeddedJob job;
  private final CompletableFuture<Void> end;

  private TopicJob(EmbeddedJob job, CompletableFuture<Void> end) {
    this.job = job;
    this.end = end;
  }

  /**
   * Starts it.
   *
   * @param topic of messages with rows of five columns
   * @param run its name
   * @param after how many records it fails
   */
  static TopicJob start(MonitorVitalsOptions options, String topic, String run, int after)
      throws Exception {
    options.setInput(List.of(ReadMessages.SCHEME + topic));
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setCheckpointingInterval(200L);
    flink.setMinPauseBetweenCheckpoints(0L);
    flink.setNumberOfExecutionRetries(2);
    flink.setExecutionRetryDelay(10L);
    MonitorVitals monitor = new MonitorVitals();
    monitor.check(options);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    MonitorVitals.write(
        pipeline
            .apply(
                "Read messages",
                ReadMessages.from(
                        options.getBootstrapServers(),
                        List.of(topic),
                        new Times(),
                        new WatermarkPolicy(
                            Duration.ofMinutes(10),
                            Duration.ofSeconds(3),
                            Duration.ofMinutes(10),
                            WatermarkPolicy.Basis.DATA))
                    .rejectedTo(rejects))
            .apply("Fail once", ParDo.of(new FailsOnce(run, after)))
            .setCoder(InputRecordCoder.of()),
        options,
        rejects);
    monitor.writeRejects(rejects.all(pipeline), options);
    CompletableFuture<EmbeddedJob> job = new CompletableFuture<>();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              job.complete(EmbeddedJob.start(true));
              try {
                pipeline.run().waitUntilFinish();
              } finally {
                EmbeddedJob.started();
              }
            });
    return new TopicJob(job.get(1, TimeUnit.MINUTES), end);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  @Nullable
  Throwable failure() {
    return end.handle((ended, failure) -> failure).getNow(null);
  }

  void stop() throws IOException {
    if (!end.isDone()) {
      job.cancel();
      end.handle((ended, cancelled) -> true).join();
    }
  }

  private static final class Times implements RecordTimes {
    private static final long serialVersionUID = 1L;
    private final org.apache.beam.sdk.transforms.SerializableFunction<InputRecord, Long> earliest =
        Vitals.parse()
            .withHeaders(source -> "subject,time,kind_or_code,value,unit")
            .earliestTimes();

    @Override
    public long earliestMillis(InputRecord record) {
      Long time = earliest.apply(record);
      return time == null ? UNKNOWN : time;
    }
  }
}
