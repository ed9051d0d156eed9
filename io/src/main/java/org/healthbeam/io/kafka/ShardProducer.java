package org.healthbeam.io.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends the messages of a shard in transactions and has the brokers remember how many were
 * committed: as offsets of a consumer group of the shard's name, which nobody else uses.
 */
final class ShardProducer implements AutoCloseable {
  private static final String PREFIX = "healthbeam-";

  private final String name;
  private final Producer<byte[], byte[]> producer;
  private long committed;

  private ShardProducer(String name, Producer<byte[], byte[]> producer, long committed) {
    this.name = name;
    this.producer = producer;
    this.committed = committed;
  }

  /** Opens it under this name; another one of that name can commit no more. */
  static ShardProducer open(String bootstrapServers, ClientSettings settings, String shard)
      throws IOException {
    String name = PREFIX + shard;
    Producer<byte[], byte[]> producer = settings.producer(bootstrapServers, name);
    try {
      producer.initTransactions();
      return new ShardProducer(name, producer, committed(bootstrapServers, settings, name));
    } catch (KafkaException | IOException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * The offset is of the partition of some topic; since the number only grows, the largest counts.
   */
  private static long committed(String bootstrapServers, ClientSettings settings, String group)
      throws IOException {
    try (Admin admin =
        Admin.create(
            settings.with(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)))) {
      return admin
          .listConsumerGroupOffsets(
              group, new ListConsumerGroupOffsetsOptions().requireStable(true))
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .max()
          .orElse(0);
    } catch (ExecutionException e) {
      throw new IOException("What a sink has committed cannot be asked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Commits those of these messages that are not committed yet, all or none.
   *
   * @param first the number of the first of them, counted from 0 over the life of the shard
   */
  void commit(long first, List<TopicMessage> messages) throws IOException {
    long next = first + messages.size();
    if (next <= committed) {
      return;
    }
    int done = Math.toIntExact(Math.max(0, committed - first));
    // Every topic has a partition 0.
    TopicPartition place = new TopicPartition(messages.get(0).topic(), 0);
    producer.beginTransaction();
    try {
      for (TopicMessage message : messages.subList(done, messages.size())) {
        // What becomes of it, the commit says.
        var unused = producer.send(message.toSend());
      }
      producer.sendOffsetsToTransaction(
          Map.of(place, new OffsetAndMetadata(next)), new ConsumerGroupMetadata(name));
      producer.commitTransaction();
    } catch (KafkaException e) {
      abort(e);
      throw new IOException("A transaction could not be committed", e);
    }
    committed = next;
  }

  private void abort(KafkaException cause) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
