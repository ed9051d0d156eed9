package org.healthbeam.io.kafka;

import java.util.UUID;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.common.utils.Utils;

/**
 * Sends messages to the topics that they name.
 *
 * <p>Input: any collection, in any windows. A message is with all brokers that must have it when
 * its bundle ends. Sent at least once: after a failure what was sent since the last checkpoint is
 * sent again. With {@link #exactlyOnce}, on a runner that hands a step its input the same way again
 * after a failure (Flink), they are sent in transactions, and a consumer with {@code
 * isolation.level=read_committed} sees each once; they are there after the checkpoint that follows.
 *
 * <p>Messages with one key stay in the order in which they come to this step. Kafka's own sink of
 * Beam keeps no order and no headers where it sends exactly once.
 *
 * <p>What {@link ClientSettings} say reaches the workers by the file's name only.
 */
public final class WriteMessages extends PTransform<PCollection<TopicMessage>, PDone> {
  private static final long serialVersionUID = 1L;

  /** Each sends in transactions of its own; what belongs together is in one. */
  static final int SHARDS = 4;

  private final String bootstrapServers;
  private final ClientSettings settings;
  private final boolean exactlyOnce;

  private WriteMessages(String bootstrapServers, ClientSettings settings, boolean exactlyOnce) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.exactlyOnce = exactlyOnce;
  }

  /**
   * {@return a transform that sends to these brokers}
   *
   * @param bootstrapServers brokers as HOST:PORT, several with commas
   */
  public static WriteMessages to(String bootstrapServers) {
    return new WriteMessages(bootstrapServers, ClientSettings.in(""), false);
  }

  /**
   * {@return a copy that opens Kafka's clients with these settings too}
   *
   * @param newSettings of Kafka; those that the transform makes itself are stronger
   */
  public WriteMessages with(ClientSettings newSettings) {
    return new WriteMessages(bootstrapServers, newSettings, exactlyOnce);
  }

  /**
   * {@return a copy that sends in transactions, each message once, or not}
   *
   * @param once without it each message is sent at least once
   */
  public WriteMessages exactlyOnce(boolean once) {
    return new WriteMessages(bootstrapServers, settings, once);
  }

  @Override
  public PDone expand(PCollection<TopicMessage> messages) {
    if (!exactlyOnce) {
      messages.apply("Send", ParDo.of(new SendMessages(bootstrapServers, settings)));
      return PDone.in(messages.getPipeline());
    }
    messages
        .apply("Global window", Window.into(new GlobalWindows()))
        .apply("Shard", ParDo.of(new ShardFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), TopicMessageCoder.of()))
        .apply(
            "Send in transactions",
            ParDo.of(new CommitMessages(bootstrapServers, settings, UUID.randomUUID().toString())));
    return PDone.in(messages.getPipeline());
  }

  /** What has one key goes through one shard, so that it stays in order. */
  static final class ShardFn extends DoFn<TopicMessage, KV<Integer, TopicMessage>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element TopicMessage message, OutputReceiver<KV<Integer, TopicMessage>> out) {
      byte[] key = message.key() == null ? new byte[0] : message.key();
      out.output(KV.of(Utils.toPositive(Utils.murmur2(key)) % SHARDS, message));
    }
  }
}
