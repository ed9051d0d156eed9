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

  /** Returns those of a file on any file system of Beam's; an empty name means none. */
  public static ClientSettings in(String file) {
    return new ClientSettings(file);
  }

  /** Returns the file's settings and then these. */
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

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> ofTheJob) {
    try {
      return new KafkaConsumer<>(with(ofTheJob));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
