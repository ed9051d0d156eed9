package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.translation.wrappers.streaming.stableinput.BufferingDoFnRunner;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** What waits for a checkpoint in Beam's runner leaves in order, after a failure too. */
class WaitingForCheckpointTest {
  /** Notes what is let go. */
  private static final class Noted implements DoFnRunner<String, String> {
    final List<String> elements = new ArrayList<>();

    @Override
    public void startBundle() {}

    @Override
    public void processElement(WindowedValue<String> element) {
      elements.add(element.getValue());
    }

    @Override
    public <K> void onTimer(
        String timerId,
        String timerFamilyId,
        K key,
        BoundedWindow window,
        Instant timestamp,
        Instant outputTimestamp,
        TimeDomain timeDomain) {}

    @Override
    public void finishBundle() {}

    @Override
    public <K> void onWindowExpiration(BoundedWindow window, Instant timestamp, K key) {}

    @Override
    public DoFn<String, String> getFn() {
      throw new UnsupportedOperationException();
    }
  }

  private static BufferingDoFnRunner<String, String> runner(
      DoFnRunner<String, String> to, OperatorStateBackend state, FlinkPipelineOptions options)
      throws Exception {
    return BufferingDoFnRunner.create(
        to,
        "waiting",
        WindowedValues.getFullCoder(StringUtf8Coder.of(), GlobalWindow.Coder.INSTANCE),
        GlobalWindow.Coder.INSTANCE,
        state,
        null,
        options.getNumConcurrentCheckpoints(),
        new SerializablePipelineOptions(options));
  }

  @Test
  void whatComesWhileACheckpointIsUnderWayIsHeldAndStaysBehindWhatWasRestored() throws Exception {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs("--flinkMaster=host:1").as(FlinkPipelineOptions.class);
    new FlinkAdapter().configureStream(options, false);
    Noted noted = new Noted();
    try (CloseableRegistry open = new CloseableRegistry()) {
      OperatorStateBackend state =
          new DefaultOperatorStateBackendBuilder(
                  getClass().getClassLoader(), new ExecutionConfig(), false, List.of(), open)
              .build();
      BufferingDoFnRunner<String, String> before = runner(noted, state, options);
      before.processElement(WindowedValues.valueInGlobalWindow("first"));
      before.checkpoint(1);

      // The job failed before it heard of the checkpoint, and goes on from it.
      BufferingDoFnRunner<String, String> after = runner(noted, state, options);
      after.processElement(WindowedValues.valueInGlobalWindow("second"));
      after.checkpoint(2);
      after.processElement(WindowedValues.valueInGlobalWindow("third"));
      after.checkpointCompleted(2);
      assertEquals(List.of("first", "second"), noted.elements);

      after.checkpoint(3);
      after.processElement(WindowedValues.valueInGlobalWindow("fourth"));
      after.checkpointCompleted(3);
      assertEquals(List.of("first", "second", "third"), noted.elements);
      state.dispose();
    }
  }
}
