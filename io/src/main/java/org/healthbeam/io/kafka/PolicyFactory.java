package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.healthbeam.io.stream.PartitionWatermarks;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.joda.time.Instant;

/** Lets the partitions of one reader follow a {@link WatermarkPolicy} together. */
final class PolicyFactory implements TimestampPolicyFactory<byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  private final RecordTimes times;
  private final WatermarkPolicy policy;

  /** What readers in this JVM share, by the source that they are of. */
  private static final Map<String, PartitionWatermarks<TopicPartition>> OF_THIS_JVM =
      new ConcurrentHashMap<>();

  private final String source = UUID.randomUUID().toString();
  @Nullable private transient PartitionWatermarks<TopicPartition> watermarks;

  PolicyFactory(RecordTimes times, WatermarkPolicy policy) {
    this.times = times;
    this.policy = policy;
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
      together.add(partition, before, System.currentTimeMillis());
    }
    return new OfPartition(partition, together);
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

    OfPartition(TopicPartition partition, PartitionWatermarks<TopicPartition> together) {
      this.partition = partition;
      this.together = together;
    }

    @Override
    public Instant getTimestampForRecord(
        PartitionContext context, KafkaRecord<byte[], byte[]> message) {
      synchronized (together) {
        long now = System.currentTimeMillis();
        long time = time(message);
        if (time == RecordTimes.UNKNOWN) {
          together.heard(partition, now);
          return inBeam(together.watermark(partition, now));
        }
        together.observe(partition, time, now);
        return inBeam(time);
      }
    }

    private long time(KafkaRecord<byte[], byte[]> message) {
      try {
        return times.earliestMillis(ReadMessages.record(message));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Instant getWatermark(PartitionContext context) {
      synchronized (together) {
        long now = System.currentTimeMillis();
        if (context.getMessageBacklog() != 0) {
          // Slow to be read, or not known yet, is not idle.
          together.heard(partition, now);
        }
        return inBeam(together.watermark(partition, now));
      }
    }
  }
}
