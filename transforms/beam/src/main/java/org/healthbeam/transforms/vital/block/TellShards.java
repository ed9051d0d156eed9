package org.healthbeam.transforms.vital.block;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.state.BagState;
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
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.block.ShardReadings;
import org.healthbeam.core.vital.window.VitalSummaries;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.vital.ExpectedIntervals;

/**
 * Tells the summaries of a shard's window: all when the watermark passes its end, again those that
 * a late block has readings of, and all a last time when no more can come.
 *
 * <p>State, for each shard and window until its lateness is over: the blocks that came before its
 * end; then its readings sorted by series, and the blocks that came after it, which are taken in
 * when they have become as much. A late block costs the reading of both. Told at the last instant
 * of the window.
 */
final class TellShards extends DoFn<KV<ShardWindow, byte[]>, VitalSummary> {
  private static final long serialVersionUID = 1L;
  private static final String BLOCKS = "blocks";
  private static final String TOLD = "told";
  private static final String END = "end";
  private static final String LAST = "last";

  /** Nothing was told yet; its timer is set. */
  private static final byte[] NOT_YET = {};

  @StateId(BLOCKS)
  private final StateSpec<BagState<byte[]>> blocksSpec = StateSpecs.bag(ByteArrayCoder.of());

  @StateId(TOLD)
  private final StateSpec<ValueState<byte[]>> toldSpec = StateSpecs.value(ByteArrayCoder.of());

  @TimerId(END)
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId(LAST)
  private final TimerSpec lastSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final Outcomes outcomes;
  private final ExpectedIntervals expected;
  private final long window;
  private final long allowedLateness;

  TellShards(Outcomes outcomes, ExpectedIntervals expected, long window, long allowedLateness) {
    this.outcomes = outcomes;
    this.expected = expected;
    this.window = window;
    this.allowedLateness = allowedLateness;
  }

  /** Any: a window is told at its last instant, also long after it. */
  @SuppressWarnings("deprecation")
  @Override
  public org.joda.time.Duration getAllowedTimestampSkew() {
    return org.joda.time.Duration.millis(Long.MAX_VALUE);
  }

  @ProcessElement
  public void process(
      @Element KV<ShardWindow, byte[]> element,
      @StateId(BLOCKS) BagState<byte[]> blocks,
      @StateId(TOLD) ValueState<byte[]> told,
      @TimerId(END) Timer end,
      @TimerId(LAST) Timer last,
      OutputReceiver<VitalSummary> out) {
    byte[] before = told.read();
    long start = element.getKey().start();
    byte[] block = element.getValue();
    if (before == null) {
      long watermark = end.getCurrentRelativeTime().getMillis();
      if (isOver(start, watermark)) {
        return;
      }
      if (watermark < lastInstant(start)) {
        told.write(NOT_YET);
        end.set(joda(lastInstant(start)));
      } else {
        before = ShardReadings.of(start).toBytes();
        keep(before, start, told, last);
      }
    }
    if (before != null && before.length > 0) {
      tellLate(block, start, before, blocks, told, out);
    }
    blocks.add(block);
  }

  private void tellLate(
      byte[] block,
      long start,
      byte[] before,
      BagState<byte[]> blocks,
      ValueState<byte[]> told,
      OutputReceiver<VitalSummary> out) {
    byte[] held = before;
    List<byte[]> former = new ArrayList<>();
    long bytes = 0;
    for (byte[] late : blocks.read()) {
      former.add(late);
      bytes += late.length;
    }
    if (ShardReadings.isToBeFolded(held.length, former.size(), bytes)) {
      held = ShardReadings.fold(held, former, start);
      told.write(held);
      blocks.clear();
      former.clear();
    }
    ShardReadings readings = ShardReadings.onlyOf(block, start);
    readings.addAll(held);
    former.forEach(readings::addTold);
    readings.add(block, (subject, kind, series) -> tell(subject, kind, start, series, false, out));
  }

  @OnTimer(END)
  public void onEnd(
      @Key ShardWindow key,
      @StateId(BLOCKS) BagState<byte[]> blocks,
      @StateId(TOLD) ValueState<byte[]> told,
      @TimerId(END) Timer end,
      @TimerId(LAST) Timer last,
      OutputReceiver<VitalSummary> out) {
    ShardReadings readings = ShardReadings.of(key.start());
    for (byte[] block : blocks.read()) {
      readings.add(block);
    }
    blocks.clear();
    if (isOver(key.start(), end.getCurrentRelativeTime().getMillis())) {
      tellLast(key.start(), readings, out);
      told.clear();
    } else {
      readings.forEach(
          (subject, kind, series) -> tell(subject, kind, key.start(), series, false, out));
      readings.markTold();
      keep(readings.toBytes(), key.start(), told, last);
    }
  }

  /** Goes on holding a window that was told. */
  private void keep(byte[] readings, long start, ValueState<byte[]> told, Timer last) {
    told.write(readings);
    // No later than that the watermark may be at the last instant at which readings are in time.
    long over = lastInstant(start) + allowedLateness;
    last.withOutputTimestamp(joda(over)).set(joda(over + 1));
  }

  @OnTimer(LAST)
  public void onLast(
      @Key ShardWindow key,
      @StateId(BLOCKS) BagState<byte[]> blocks,
      @StateId(TOLD) ValueState<byte[]> told,
      OutputReceiver<VitalSummary> out) {
    byte[] before = told.read();
    if (before == null) {
      return;
    }
    ShardReadings readings = ShardReadings.of(key.start());
    readings.addAll(before);
    for (byte[] late : blocks.read()) {
      readings.addTold(late);
    }
    tellLast(key.start(), readings, out);
    blocks.clear();
    told.clear();
  }

  private void tellLast(long start, ShardReadings readings, OutputReceiver<VitalSummary> out) {
    readings.forEach(
        (subject, kind, series) -> {
          SeriesOutcomes.count(series.readings(), GlobalWindow.INSTANCE, outcomes);
          tell(subject, kind, start, series, true, out);
        });
  }

  private void tell(
      String subject,
      VitalKind kind,
      long start,
      ShardReadings.Series series,
      boolean isFinal,
      OutputReceiver<VitalSummary> out) {
    ReadingSeries readings = series.readings();
    if (readings.size() > 0) {
      out.outputWithTimestamp(
          VitalSummaries.of(
              subject,
              kind,
              Instant.ofEpochMilli(start),
              Instant.ofEpochMilli(start + window),
              series.told(),
              isFinal,
              readings,
              expected.of(kind)),
          joda(lastInstant(start)));
    }
  }

  private long lastInstant(long start) {
    return start + window - 1;
  }

  private boolean isOver(long start, long watermark) {
    return watermark > lastInstant(start) + allowedLateness;
  }

  private static org.joda.time.Instant joda(long millis) {
    return org.joda.time.Instant.ofEpochMilli(millis);
  }
}
