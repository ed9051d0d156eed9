package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * Settings of Kafka's clients in a file ({@code NAME=VALUE} a line), such as {@code
 * security.protocol} and {@code sasl.jaas.config}. Each worker reads the file when it opens a
 * client, so that what is secret in it does not travel with the job. What the job itself sets holds
 * against the file.
 */
public final class ClientSettings
    implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final String file;

  private ClientSettings(String file) {
    this.file = file;
  }

  /**
   * {@return those of a file on any file system of Beam's; an empty name means none}
   *
   * @param file lines of NAME=VALUE, as Java's properties are written
   */
  public static ClientSettings in(String file) {
    return new ClientSettings(file);
  }

  /** {@return the file's settings and then these} */
  Map<String, Object> with(Map<String, Object> ofTheJob) throws IOException {
    Map<String, Object> settings = new HashMap<>();
    if (!file.isEmpty()) {
      Properties inFile = new Properties();
      try (InputStream in = NamedFiles.open(file)) {
        inFile.load(in);
      } catch (IllegalArgumentException e) {
        // Its message may quote the file.
        throw new IOException(file + " is no file of lines NAME=VALUE");
      }
      inFile.forEach((name, value) -> settings.put(name.toString(), value.toString().strip()));
    }
    settings.putAll(ofTheJob);
    return settings;
  }

  /** Opens a producer whose messages all brokers that must have them have, in their order. */
  Producer<byte[], byte[]> producer(String bootstrapServers) throws IOException {
    return new KafkaProducer<>(with(safely(bootstrapServers)));
  }

  /** Opens a producer that sends in transactions under this name. */
  Producer<byte[], byte[]> producer(String bootstrapServers, String transactionalId)
      throws IOException {
    Map<String, Object> ofTheJob = safely(bootstrapServers);
    ofTheJob.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return new KafkaProducer<>(with(ofTheJob));
  }

  private static Map<String, Object> safely(String bootstrapServers) {
    Map<String, Object> ofTheJob = new HashMap<>();
    ofTheJob.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    ofTheJob.put(ProducerConfig.ACKS_CONFIG, "all");
    ofTheJob.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    ofTheJob.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    ofTheJob.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return ofTheJob;
  }

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> ofTheJob) {
    try {
      return new KafkaConsumer<>(with(ofTheJob));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
