package org.healthbeam.io.kafka;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.stream.BlockSource;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.transforms.outcome.Histogram;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.outcome.StageMetrics;

/**
 * Reads the messages of Kafka topics, from their earliest on, as records.
 *
 * <p>Output: unbounded, in the global window; a record is a message, its source {@code
 * kafka://TOPIC}, its position {@code partition:offset}, its time the earliest event time in it. A
 * message without one has the time that its partition has come to. The watermark of each partition
 * follows a {@link WatermarkPolicy}; see {@link org.healthbeam.io.stream.PartitionWatermarks}. The
 * partitions that one JVM reads know of each other: those that are idle follow those that are not.
 *
 * <p>What is read is remembered in the runner's checkpoints; offsets are not committed to Kafka.
 * Partitions that are added to a topic meanwhile are found within seconds and read from their
 * beginning.
 *
 * <p>Of each partition the gauge {@code Read messages|lag_of_TOPIC_PARTITION} tells how many
 * messages the brokers had behind the last one that was read.
 *
 * <p>Errors: a message without a value is rejected in the stage "Read messages". The content is
 * parsed here for its time only.
 *
 * <pre>{@code
 * PCollection<InputRecord> messages =
 *     pipeline.apply(
 *         "Read messages",
 *         ReadMessages.from("broker:9092", List.of("vitals"), times, policy).rejectedTo(rejects));
 * }</pre>
 */
public final class ReadMessages extends PTransform<PBegin, PCollection<InputRecord>> {
  private static final long serialVersionUID = 1L;

  /** The stage that counts messages. */
  public static final String STAGE = "Read messages";

  /** Begins the source of a message, and the name of a topic as an input. */
  public static final String SCHEME = "kafka://";

  private static final TupleTag<InputRecord> RECORDS =
      new TupleTag<InputRecord>("records") {
        private static final long serialVersionUID = 1L;
      };

  private final String bootstrapServers;
  private final ArrayList<String> topics;
  private final RecordTimes times;
  private final WatermarkPolicy policy;
  private final ClientSettings settings;
  @Nullable private final transient Rejects rejects;

  private ReadMessages(
      String bootstrapServers,
      List<String> topics,
      RecordTimes times,
      WatermarkPolicy policy,
      ClientSettings settings,
      @Nullable Rejects rejects) {
    this.bootstrapServers = bootstrapServers;
    this.topics = new ArrayList<>(topics);
    this.times = times;
    this.policy = policy;
    this.settings = settings;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that reads these topics, without end}
   *
   * @param bootstrapServers brokers as HOST:PORT, several with commas
   * @param topics their names
   * @param times tell the event time of a message
   * @param policy says how far the watermark stays behind
   */
  public static ReadMessages from(
      String bootstrapServers, List<String> topics, RecordTimes times, WatermarkPolicy policy) {
    return new ReadMessages(bootstrapServers, topics, times, policy, ClientSettings.in(""), null);
  }

  /**
   * {@return a copy that sends what cannot be used there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public ReadMessages rejectedTo(Rejects rejects) {
    return new ReadMessages(bootstrapServers, topics, times, policy, settings, rejects);
  }

  /**
   * {@return a copy that opens Kafka's clients with these settings too}
   *
   * @param newSettings of Kafka; those that the transform makes itself are stronger
   */
  public ReadMessages with(ClientSettings newSettings) {
    return new ReadMessages(bootstrapServers, topics, times, policy, newSettings, rejects);
  }

  /** {@return what the gauge of a partition's lag tells, in messages} */
  static String lag(TopicPartition partition) {
    return "lag_of_" + partition.topic() + "_" + partition.partition();
  }

  @Override
  public PCollection<InputRecord> expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "messages", "");
    PCollectionTuple read =
        begin
            .apply(
                "Read",
                Read.from(
                    BlockSource.of(
                            new GrowingTopics(
                                KafkaIO.readBytes()
                                    .withBootstrapServers(bootstrapServers)
                                    .withConsumerConfigUpdates(
                                        Map.of(
                                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                            "earliest",
                                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                            false))
                                    .withTimestampPolicyFactory(new PolicyFactory(times, policy)),
                                bootstrapServers,
                                settings,
                                topics),
                            new MessageSize())
                        .withPartForEachWorker(new KafkaSource.NothingRead())
                        .measuredAs(STAGE)))
            .apply(
                "Account",
                ParDo.of(new AccountFn(outcomes, Clock.systemUTC()))
                    .withOutputTags(RECORDS, TupleTagList.of(Outcomes.REJECTED)));
    Rejects.collect(rejects, read.get(Outcomes.REJECTED));
    return read.get(RECORDS).setCoder(InputRecordCoder.of());
  }

  static InputRecord record(KafkaRecord<byte[], byte[]> message) {
    byte[] value = message.getKV().getValue();
    return new InputRecord(
        SCHEME + message.getTopic(),
        message.getPartition() + ":" + message.getOffset(),
        value == null ? new byte[0] : value);
  }

  private static final class MessageSize
      implements SerializableFunction<KafkaRecord<byte[], byte[]>, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer apply(KafkaRecord<byte[], byte[]> message) {
      byte[] value = message.getKV().getValue();
      return value == null ? 0 : value.length;
    }
  }

  static final class AccountFn
      extends DoFn<List<TimestampedValue<KafkaRecord<byte[], byte[]>>>, InputRecord> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;
    private final Clock clock;
    private final Histogram delay =
        StageMetrics.histogram(
            STAGE, "delay_ms", 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000);

    AccountFn(Outcomes outcomes, Clock clock) {
      this.outcomes = outcomes;
      this.clock = clock;
    }

    @ProcessElement
    public void process(
        @Element List<TimestampedValue<KafkaRecord<byte[], byte[]>>> block,
        MultiOutputReceiver out) {
      long now = clock.millis();
      for (TimestampedValue<KafkaRecord<byte[], byte[]>> message : block) {
        outcomes.in();
        delay.add(now - message.getTimestamp().getMillis());
        InputRecord record = record(message.getValue());
        if (record.bytes().length == 0) {
          outcomes.reject(
              out.get(Outcomes.REJECTED),
              new RejectedException(RejectReason.MISSING_FIELD, "the message has no value"),
              record);
        } else {
          outcomes.out();
          out.get(RECORDS).outputWithTimestamp(record, message.getTimestamp());
        }
      }
      delay.flush();
    }
  }
}
