package org.healthbeam.io.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.junit.jupiter.api.Test;

/** What brokers say about partitions, and what time it is then. A message is its event time. */
class PolicyFactoryTest {
  private static final Instant T = Instant.parse("2026-05-04T08:00:00Z");
  private static final long SECOND = 1000;

  private final Hand hand = new Hand();
  private final PolicyFactory factory = factory(new MessageIsTime());
  private final TimestampPolicy<byte[], byte[]> read =
      factory.createTimestampPolicy(new TopicPartition("t", 0), Optional.empty());
  private final TimestampPolicy<byte[], byte[]> quiet =
      factory.createTimestampPolicy(new TopicPartition("t", 1), Optional.empty());

  private PolicyFactory factory(RecordTimes times) {
    return new PolicyFactory(
        times,
        new WatermarkPolicy(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            WatermarkPolicy.Basis.CLOCK),
        hand);
  }

  /** A clock that stands still until it is set. */
  private static final class Hand extends Clock implements Serializable {
    private static final long serialVersionUID = 1L;
    private long millis = T.toEpochMilli();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }

  private static final class MessageIsTime implements RecordTimes {
    private static final long serialVersionUID = 1L;

    @Override
    public long earliestMillis(InputRecord record) {
      return Long.parseLong(record.text());
    }
  }

  private static final class Context extends TimestampPolicy.PartitionContext {
    private final long backlog;
    private final long checked;

    Context(long backlog, long checked) {
      this.backlog = backlog;
      this.checked = checked;
    }

    @Override
    public long getMessageBacklog() {
      return backlog;
    }

    @Override
    public org.joda.time.Instant getBacklogCheckTime() {
      return org.joda.time.Instant.ofEpochMilli(checked);
    }
  }

  private Context caughtUp() {
    return new Context(0, hand.millis);
  }

  private void give(TimestampPolicy<byte[], byte[]> partition, long time) {
    give(partition, time, caughtUp());
  }

  private static void give(TimestampPolicy<byte[], byte[]> partition, long time, Context context) {
    partition.getTimestampForRecord(
        context,
        new KafkaRecord<>(
            "t",
            0,
            0,
            0,
            KafkaTimestampType.CREATE_TIME,
            new RecordHeaders(),
            new byte[0],
            Long.toString(time).getBytes(StandardCharsets.UTF_8)));
  }

  /** The backlog counts the message that is read now too. */
  @Test
  void theLagIsToldOnceASecondAndWhenItIsHalfAsMuch() throws Exception {
    MetricsContainerImpl told = new MetricsContainerImpl("step");
    List<Long> lags = new ArrayList<>();
    MetricsEnvironment.setCurrentContainer(told);
    try {
      for (long backlog : new long[] {-1, 101, 100, 80, 51, 50, 2, 1, 0}) {
        give(read, hand.millis, new Context(backlog, hand.millis));
        lags.add(lag(told, "Read messages|lag_of_t_0"));
      }
      give(read, hand.millis, new Context(901, hand.millis));
      lags.add(lag(told, "Read messages|lag_of_t_0"));
      hand.millis += SECOND;
      give(read, hand.millis, new Context(903, hand.millis));
      lags.add(lag(told, "Read messages|lag_of_t_0"));
    } finally {
      MetricsEnvironment.setCurrentContainer(null);
    }
    assertEquals(List.of(-1L, 100L, 100L, 100L, 50L, 50L, 1L, 0L, 0L, 0L, 902L), lags);
  }

  /** Returns what a gauge tells; -1 if it was not set. */
  private static long lag(MetricsContainerImpl told, String gauge) {
    for (var update : told.getCumulative().gaugeUpdates()) {
      if (update.getKey().metricName().getName().equals(gauge)) {
        return update.getUpdate().value();
      }
    }
    return -1;
  }

  private static long watermark(TimestampPolicy<byte[], byte[]> partition, Context context) {
    return partition.getWatermark(context).getMillis();
  }

  @Test
  void partitionThatIsReadToItsEndFollowsTheClock() {
    give(read, hand.millis);
    give(quiet, hand.millis);
    for (int second = 0; second < 120; second++) {
      hand.millis += SECOND;
      watermark(read, caughtUp());
      watermark(quiet, caughtUp());
    }
    assertEquals(hand.millis - 10 * SECOND, watermark(read, caughtUp()));
  }

  /** The backlog is 0 as it was last known; what waits in the topic must not become late. */
  @Test
  void whileTheBrokerDoesNotAnswerTimeStandsStill() {
    give(read, hand.millis);
    give(quiet, hand.millis);
    long answered = hand.millis;
    for (int second = 0; second < 7200; second++) {
      hand.millis += SECOND;
      watermark(read, new Context(0, answered));
      watermark(quiet, new Context(0, answered));
    }
    assertEquals(
        answered - 10 * SECOND, watermark(read, new Context(0, answered)), "two hours later");
  }

  /** The mark at the end of a transaction is counted and never read. */
  @Test
  void partitionThatEndsWithATransactionIsIdleAllTheSame() {
    give(quiet, hand.millis);
    for (int second = 0; second < 180; second++) {
      hand.millis += SECOND;
      give(read, hand.millis);
      watermark(quiet, new Context(1, hand.millis));
    }
    assertEquals(hand.millis - 10 * SECOND, watermark(quiet, new Context(1, hand.millis)));
  }

  /** Steps after it are slow, so that it is not read for a while; then it is asked again. */
  @Test
  void partitionThatCouldNotBeReadIsNotIdle() {
    give(quiet, hand.millis);
    long given = hand.millis;
    watermark(quiet, new Context(1000, hand.millis));
    for (int minute = 0; minute < 5; minute++) {
      hand.millis += 60 * SECOND;
      give(read, hand.millis);
      assertEquals(given - 10 * SECOND, watermark(quiet, new Context(1000, hand.millis)));
    }
  }

  /** One has a device two hours ahead, or holds no vital signs at all. */
  @Test
  void partitionWithoutABelievableTimeHoldsNobodyUp() {
    for (int second = 0; second < 120; second++) {
      hand.millis += SECOND;
      give(read, hand.millis);
      give(quiet, second % 2 == 0 ? hand.millis + 7200 * SECOND : RecordTimes.UNKNOWN);
      watermark(quiet, caughtUp());
    }
    assertEquals(hand.millis - 10 * SECOND, watermark(quiet, caughtUp()));
  }

  /** Looks at a message when another one is looked at as well. */
  private static final class InPairs implements RecordTimes {
    private static final long serialVersionUID = 1L;
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Override
    public long earliestMillis(InputRecord record) {
      try {
        BOTH.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException("no other message is looked at", e);
      }
      return Long.parseLong(record.text());
    }
  }

  @Test
  void messagesOfTwoPartitionsAreLookedAtAtOnce() {
    PolicyFactory inPairs = factory(new InPairs());
    TimestampPolicy<byte[], byte[]> one =
        inPairs.createTimestampPolicy(new TopicPartition("t", 0), Optional.empty());
    TimestampPolicy<byte[], byte[]> other =
        inPairs.createTimestampPolicy(new TopicPartition("t", 1), Optional.empty());
    CompletableFuture<Void> meanwhile =
        CompletableFuture.runAsync(() -> give(other, T.toEpochMilli() + 5 * SECOND));
    give(one, T.toEpochMilli());
    meanwhile.join();
    assertEquals(
        T.toEpochMilli() - 10 * SECOND,
        one.getWatermark(caughtUp()).getMillis(),
        "the slower one's");
  }
}
