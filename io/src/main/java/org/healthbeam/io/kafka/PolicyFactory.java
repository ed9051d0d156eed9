package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.kafka.common.TopicPartition;
import org.healthbeam.io.stream.PartitionWatermarks;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.transforms.outcome.StageMetrics;
import org.joda.time.Instant;

/** Lets the partitions of one reader follow a {@link WatermarkPolicy} together. */
final class PolicyFactory implements TimestampPolicyFactory<byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  /** What counts as a recent answer of the broker where the idle time-out is very short. */
  private static final long RECENT_MILLIS = 5000;

  private static final long LAG_MILLIS = 1000;

  private final RecordTimes times;
  private final WatermarkPolicy policy;
  private final Clock clock;

  /** What readers in this JVM share, by the source that they are of. */
  private static final Map<String, PartitionWatermarks<TopicPartition>> OF_THIS_JVM =
      new ConcurrentHashMap<>();

  private final String source = UUID.randomUUID().toString();
  @Nullable private transient PartitionWatermarks<TopicPartition> watermarks;

  PolicyFactory(RecordTimes times, WatermarkPolicy policy) {
    this(times, policy, Clock.systemUTC());
  }

  PolicyFactory(RecordTimes times, WatermarkPolicy policy, Clock clock) {
    this.times = times;
    this.policy = policy;
    this.clock = clock;
  }

  private synchronized PartitionWatermarks<TopicPartition> watermarks() {
    if (watermarks == null) {
      watermarks = OF_THIS_JVM.computeIfAbsent(source, s -> new PartitionWatermarks<>(policy));
    }
    return watermarks;
  }

  @Override
  public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
      TopicPartition partition, Optional<Instant> previousWatermark) {
    PartitionWatermarks<TopicPartition> together = watermarks();
    synchronized (together) {
      long before =
          previousWatermark
              .filter(w -> w.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE))
              .map(Instant::getMillis)
              .orElse(PartitionWatermarks.NONE);
      together.add(partition, before, clock.millis());
    }
    // What tells times is not safe for threads, and each partition may be read by another.
    return new OfPartition(partition, together, SerializableUtils.clone(times));
  }

  /** The end of time would mean that the topic has ended. */
  private static Instant inBeam(long millis) {
    return Instant.ofEpochMilli(
        Math.max(
            BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(),
            Math.min(millis, BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis() - 1)));
  }

  private final class OfPartition extends TimestampPolicy<byte[], byte[]> {
    private final TopicPartition partition;
    private final PartitionWatermarks<TopicPartition> together;
    private final RecordTimes ownTimes;
    private long lastBacklog;
    private long lastAsked = clock.millis();
    private long changed = lastAsked;
    private final Gauge lag;
    private long toldLag = -1;
    private long toldAt = lastAsked;

    OfPartition(
        TopicPartition partition,
        PartitionWatermarks<TopicPartition> together,
        RecordTimes ownTimes) {
      this.partition = partition;
      this.together = together;
      this.ownTimes = ownTimes;
      this.lag = StageMetrics.gauge(ReadMessages.STAGE, ReadMessages.lag(partition));
    }

    @Override
    public Instant getTimestampForRecord(
        PartitionContext context, KafkaRecord<byte[], byte[]> message) {
      // Parsed before the lock, which all partitions share.
      long time = time(message);
      long now = clock.millis();
      tellLag(context.getMessageBacklog(), now);
      synchronized (together) {
        if (time == RecordTimes.UNKNOWN) {
          return inBeam(together.watermark(partition, now));
        }
        together.observe(partition, time, now);
        return inBeam(time);
      }
    }

    /**
     * Tells how many messages are behind the one that is read now, which the backlog still counts:
     * once a second, and when they are half of what was told, so that none is told of for long
     * where none is left.
     */
    private void tellLag(long backlog, long now) {
      long behind = Math.max(0, backlog - 1);
      if (backlog < 0 || behind == toldLag) {
        return;
      }
      if (toldLag < 0 || now - toldAt >= LAG_MILLIS || 2 * behind <= toldLag) {
        lag.set(behind);
        toldLag = behind;
        toldAt = now;
      }
    }

    private long time(KafkaRecord<byte[], byte[]> message) {
      try {
        return ownTimes.earliestMillis(ReadMessages.record(message));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Instant getWatermark(PartitionContext context) {
      synchronized (together) {
        long now = clock.millis();
        if (mayHaveMore(context, now)) {
          together.heard(partition, now);
        }
        return inBeam(together.watermark(partition, now));
      }
    }

    /**
     * Slow to be read is not idle, nor is what cannot be known because the broker does not answer.
     * A backlog that stays the same, though it was asked for all the while and so the partition was
     * read all the while, is none: the mark at the end of a transaction counts as a message there
     * and is never read.
     */
    private boolean mayHaveMore(PartitionContext context, long now) {
      long backlog = context.getMessageBacklog();
      long idle = policy.idleTimeout().toMillis();
      if (backlog != lastBacklog || now - lastAsked > idle / 4) {
        changed = now;
      }
      lastBacklog = backlog;
      lastAsked = now;
      long answered = context.getBacklogCheckTime().getMillis();
      if (answered < now - Math.max(RECENT_MILLIS, idle / 2)) {
        return true;
      }
      return backlog != 0 && now - changed < idle;
    }
  }
}
