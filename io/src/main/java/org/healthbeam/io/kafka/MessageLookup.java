package org.healthbeam.io.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds single messages by where they stand. What came with the last one is kept, about a megabyte,
 * since rejects come in the order of their messages.
 */
final class MessageLookup implements AutoCloseable {
  private static final Duration EACH = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 60;

  private final Consumer<byte[], byte[]> consumer;
  private TopicPartition partition = new TopicPartition("", 0);
  private Map<Long, ConsumerRecord<byte[], byte[]>> near = Map.of();

  private MessageLookup(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  static MessageLookup open(String bootstrapServers, ClientSettings settings) {
    return new MessageLookup(
        settings.apply(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted")));
  }

  /**
   * {@return the message; nothing if its topic does not hold it any more}
   *
   * @throws IOException if the brokers do not answer for a minute
   */
  Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition wanted, long offset)
      throws IOException {
    ConsumerRecord<byte[], byte[]> known = wanted.equals(partition) ? near.get(offset) : null;
    if (known != null) {
      return Optional.of(known);
    }
    if (!wanted.equals(partition)) {
      consumer.assign(List.of(wanted));
      partition = wanted;
    }
    near = Map.of();
    consumer.seek(wanted, offset);
    for (int i = 0; i < ATTEMPTS; i++) {
      List<ConsumerRecord<byte[], byte[]>> polled;
      try {
        polled = consumer.poll(EACH).records(wanted);
      } catch (OffsetOutOfRangeException e) {
        return Optional.empty();
      }
      if (!polled.isEmpty()) {
        near = new HashMap<>();
        polled.forEach(m -> near.put(m.offset(), m));
        return Optional.ofNullable(near.get(offset));
      }
      if (consumer.position(wanted) > offset) {
        return Optional.empty();
      }
    }
    throw new IOException("A message that was rejected cannot be read: no broker answers");
  }

  @Override
  public void close() {
    consumer.close();
  }
}
