package org.healthbeam.transforms.vital.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.quality.RunningGaps;

/**
 * Follows the readings of a series to the end of its stream, in bounded state.
 *
 * <p>Input: subject and kind with times in milliseconds, in the global window, none more than the
 * lateness behind the watermark. Output: the {@link ReadingGaps} of each, at the end of time. State
 * of a series: {@link RunningGaps}, written when a minute gets its first reading.
 */
final class FollowGaps extends DoFn<KV<KV<String, Integer>, Long>, ReadingGaps> {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "gaps";
  private static final String END = "end";

  @StateId(STATE)
  private final StateSpec<ValueState<RunningGaps>> spec = StateSpecs.value(GapsCoder.INSTANCE);

  @TimerId(END)
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final long lateness;

  FollowGaps(Duration lateness) {
    this.lateness = lateness.toMillis();
  }

  @ProcessElement
  public void process(
      @Element KV<KV<String, Integer>, Long> reading,
      @StateId(STATE) ValueState<RunningGaps> state,
      @TimerId(END) Timer end) {
    RunningGaps known = state.read();
    RunningGaps gaps = known == null ? new RunningGaps() : known;
    // First what was there: at the end of time, which the direct runner may have reached, a reading
    // of the same hour may still come.
    boolean changed = gaps.add(reading.getValue());
    long watermark = end.getCurrentRelativeTime().getMillis();
    if (watermark < GlobalWindow.INSTANCE.maxTimestamp().getMillis()) {
      changed |= gaps.letGo(watermark - lateness);
    }
    if (known == null) {
      end.set(GlobalWindow.INSTANCE.maxTimestamp());
    }
    if (changed) {
      state.write(gaps);
    }
  }

  @OnTimer(END)
  public void onEnd(
      @Key KV<String, Integer> series,
      @StateId(STATE) ValueState<RunningGaps> state,
      OutputReceiver<ReadingGaps> out) {
    RunningGaps gaps = state.read();
    if (gaps != null) {
      out.output(gaps.end(series.getKey(), VitalKind.at(series.getValue())));
      state.clear();
    }
  }

  static final class GapsCoder extends AtomicCoder<RunningGaps> {
    private static final long serialVersionUID = 1L;
    static final GapsCoder INSTANCE = new GapsCoder();

    @Override
    public void encode(RunningGaps value, OutputStream out) throws IOException {
      value.write(new DataOutputStream(out));
    }

    @Override
    public RunningGaps decode(InputStream in) throws IOException {
      return RunningGaps.read(new DataInputStream(in));
    }
  }
}
