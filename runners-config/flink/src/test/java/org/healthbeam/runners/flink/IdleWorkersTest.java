package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.stream.BlockSource;
import org.healthbeam.io.stream.EndOfStream;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A topic has fewer partitions than a job has workers, and is slow to say which. */
@Tag("slow")
class IdleWorkersTest {
  private static final int WORKERS = 3;
  private static final Queue<Long> TOLD = new ConcurrentLinkedQueue<>();

  @Test
  void workersThatReportBeforeThePartsAreKnownAndGetNoneHoldNobodyUp() throws Exception {
    TOLD.clear();
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setStreaming(true);
    options.setParallelism(WORKERS);
    options.setMaxParallelism(720);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "Read",
            Read.from(
                BlockSource.of(new SlowToSplit(), (InputRecord record) -> 1)
                    .withPartForEachWorker(nothing -> new ReplayedRecords.Mark(0))))
        .apply("Minutes", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
        .apply(
            "Count",
            Combine.globally(Count.<List<TimestampedValue<InputRecord>>>combineFn())
                .withoutDefaults())
        .apply("Tell", ParDo.of(new Tell()));
    CompletableFuture.runAsync(() -> pipeline.run().waitUntilFinish()).get(2, TimeUnit.MINUTES);
    assertEquals(List.of(1L), List.copyOf(TOLD));
  }

  /** Knows its one part only when all workers wait for theirs. */
  private static final class SlowToSplit
      extends UnboundedSource<InputRecord, ReplayedRecords.Mark> {
    private static final long serialVersionUID = 1L;
    private final ReplayedRecords records = new ReplayedRecords(List.of("a"), List.of(0L), 0);

    @Override
    public List<SlowToSplit> split(int desired, PipelineOptions options) throws Exception {
      while (!IntStream.range(0, WORKERS).allMatch(SlowToSplit::isReading)) {
        Thread.sleep(50);
      }
      // What they have sent arrives.
      Thread.sleep(500);
      return List.of(this);
    }

    private static boolean isReading(int worker) {
      return Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().equals("FlinkSource-Executor-Thread-" + worker));
    }

    @Override
    public UnboundedReader<InputRecord> createReader(
        PipelineOptions options, ReplayedRecords.Mark mark) {
      return records.createReader(options, mark);
    }

    @Override
    public Coder<ReplayedRecords.Mark> getCheckpointMarkCoder() {
      return records.getCheckpointMarkCoder();
    }

    @Override
    public Coder<InputRecord> getOutputCoder() {
      return records.getOutputCoder();
    }
  }

  private static final class Tell extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long count, PipelineOptions options) {
      TOLD.add(count);
      EndOfStream.ask(options);
    }
  }
}
