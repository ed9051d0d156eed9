package org.healthbeam.io.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Sends messages in transactions, each once.
 *
 * <p>A shard numbers its messages; the number of the next one is in its state and, committed by the
 * same transaction as the messages, with the brokers. After a failure the runner hands over the
 * same messages in the same order (stable input), which get the same numbers, and those that the
 * brokers say are committed are left out.
 *
 * <p>The sink's name is made with the pipeline and then kept in the state: a job that starts from a
 * savepoint goes on under the old one, a new run begins under a new one.
 */
final class CommitMessages extends DoFn<KV<Integer, TopicMessage>, Void> {
  private static final long serialVersionUID = 1L;

  @StateId("sink")
  private final StateSpec<ValueState<String>> sinkSpec = StateSpecs.value(StringUtf8Coder.of());

  @StateId("next")
  private final StateSpec<ValueState<Long>> nextSpec = StateSpecs.value(VarLongCoder.of());

  private final String bootstrapServers;
  private final ClientSettings settings;
  private final String newSink;
  @Nullable private transient Map<String, ShardProducer> producers;
  @Nullable private transient Map<String, Batch> batches;

  CommitMessages(String bootstrapServers, ClientSettings settings, String newSink) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.newSink = newSink;
  }

  /** What a bundle has for one shard, of which the first message has this number. */
  private record Batch(long first, List<TopicMessage> messages) {}

  @StartBundle
  public void begin() {
    batches = new HashMap<>();
    if (producers == null) {
      producers = new HashMap<>();
    }
  }

  @RequiresStableInput
  @ProcessElement
  public void process(
      @Element KV<Integer, TopicMessage> message,
      @StateId("sink") ValueState<String> sink,
      @StateId("next") ValueState<Long> next) {
    String name = sink.read();
    if (name == null) {
      name = newSink;
      sink.write(name);
    }
    Long known = next.read();
    long number = known == null ? 0 : known;
    next.write(number + 1);
    batches
        .computeIfAbsent(name + "-" + message.getKey(), s -> new Batch(number, new ArrayList<>()))
        .messages()
        .add(message.getValue());
  }

  @FinishBundle
  public void end() throws IOException {
    for (Map.Entry<String, Batch> batch : batches.entrySet()) {
      ShardProducer producer = producers.get(batch.getKey());
      if (producer == null) {
        producer = ShardProducer.open(bootstrapServers, settings, batch.getKey());
        producers.put(batch.getKey(), producer);
      }
      try {
        producer.commit(batch.getValue().first(), batch.getValue().messages());
      } catch (RuntimeException | IOException e) {
        // It may be fenced, or not know whether it has committed; the next one asks the brokers.
        producers.remove(batch.getKey());
        producer.close();
        throw e;
      }
    }
    batches.clear();
  }

  @Teardown
  public void close() {
    if (producers != null) {
      producers.values().forEach(ShardProducer::close);
      producers.clear();
    }
  }
}
