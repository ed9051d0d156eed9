package org.healthbeam.transforms.vital.block;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.block.ReadingBlock;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.joda.time.Instant;

/**
 * Packs the vital signs of a bundle into a block for each shard of the subjects and each window.
 *
 * <p>Input: vital signs in the global window. Output: blocks, with the places of their readings or
 * without, in the global window; when the bundle ends, or before that if a block has grown to
 * {@link #LARGEST} bytes. A block's time is the last instant at which its readings are in time, or
 * that of the latest element in it, since a judgement comes later than its reading: on the direct
 * runner an element behind the watermark does not hold it back, and so may meet the end of time. A
 * bundle holds at most its own readings in memory.
 */
final class PackSigns extends DoFn<VitalSign, KV<ShardWindow, byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final int LARGEST = 1 << 16;
  private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();

  private final Rung slot;
  private final boolean plausible;
  private final boolean placed;
  private final long lateness;
  private transient Map<Long, Block[]> byStart;
  private transient long start;
  private transient long end;
  private transient Block[] shards;

  /**
   * Makes it.
   *
   * @param plausible whether what it packs is
   * @param placed whether it packs places too, which make vital signs of it again
   */
  PackSigns(Rung slot, boolean plausible, boolean placed, Duration allowedLateness) {
    this.slot = slot;
    this.plausible = plausible;
    this.placed = placed;
    this.lateness = allowedLateness.toMillis();
  }

  static KvCoder<ShardWindow, byte[]> coder() {
    return KvCoder.of(ShardWindowCoder.of(), ByteArrayCoder.of());
  }

  /** Any: a reading may have been measured long before it was read. */
  @SuppressWarnings("deprecation")
  @Override
  public org.joda.time.Duration getAllowedTimestampSkew() {
    return org.joda.time.Duration.millis(Long.MAX_VALUE);
  }

  @StartBundle
  public void startBundle() {
    byStart = new HashMap<>();
    shards = null;
  }

  @ProcessElement
  public void process(
      @Element VitalSign sign,
      @Timestamp Instant timestamp,
      OutputReceiver<KV<ShardWindow, byte[]>> out) {
    long time = sign.time().toEpochMilli();
    if (shards == null || time < start || time >= end) {
      start = slot.start(time);
      end = slot.end(time);
      shards = byStart.computeIfAbsent(start, s -> new Block[ShardWindow.SHARDS]);
    }
    int shard = ShardWindow.shardOf(sign.subject());
    Block block = shards[shard];
    if (block == null) {
      block = new Block(start, placed, Math.min(slot.lastInTime(time, lateness), END_OF_TIME));
      shards[shard] = block;
    }
    block.readings.add(sign, plausible);
    block.time = Math.max(block.time, timestamp.getMillis());
    if (block.readings.size() >= LARGEST) {
      shards[shard] = null;
      out.outputWithTimestamp(
          KV.of(new ShardWindow(shard, start), block.readings.toBytes()),
          Instant.ofEpochMilli(block.time));
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    byStart.forEach(
        (begin, blocks) -> {
          for (int shard = 0; shard < blocks.length; shard++) {
            if (blocks[shard] != null) {
              context.output(
                  KV.of(new ShardWindow(shard, begin), blocks[shard].readings.toBytes()),
                  Instant.ofEpochMilli(blocks[shard].time),
                  GlobalWindow.INSTANCE);
            }
          }
        });
    byStart = null;
    shards = null;
  }

  /** A block that is being filled. */
  private static final class Block {
    private final ReadingBlock readings;
    private long time;

    Block(long start, boolean placed, long time) {
      this.readings = new ReadingBlock(start, placed);
      this.time = time;
    }
  }
}
