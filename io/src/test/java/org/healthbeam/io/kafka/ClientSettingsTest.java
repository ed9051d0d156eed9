package org.healthbeam.io.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for a user and a password, which stand in a file. */
@Tag("slow")
class ClientSettingsTest {
  private static final String PASSWORD = "correct-horse";

  @TempDir Path folder;

  private Path settings(String password) throws IOException {
    return Files.writeString(
        folder.resolve(password + ".properties"),
        """
        security.protocol=SASL_PLAINTEXT
        sasl.mechanism=PLAIN
        sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
        username="reader" password="%s";
        """
            .formatted(password));
  }

  @Test
  void topicsAreFoundAndReadWithThePasswordInTheFileOnly() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    try (KafkaBroker broker = KafkaBroker.startWithPassword(folder, "reader", PASSWORD)) {
      ClientSettings right = ClientSettings.in(settings(PASSWORD).toString());
      Duration patience = Duration.ofSeconds(60);
      List<String> topics = List.of("vitals");
      assertEquals(topics, FindTopics.missing(broker.servers(), topics, right, patience));
      broker.createTopic("vitals", 2);
      assertEquals(List.of(), FindTopics.missing(broker.servers(), topics, right, patience));
      try (Consumer<byte[], byte[]> consumer =
          right.apply(
              Map.of(
                  "bootstrap.servers",
                  broker.servers(),
                  "key.deserializer",
                  ByteArrayDeserializer.class,
                  "value.deserializer",
                  ByteArrayDeserializer.class))) {
        assertEquals(2, consumer.partitionsFor("vitals", patience).size());
      }
      ClientSettings wrong = ClientSettings.in(settings("battery-staple").toString());
      assertThrows(
          IOException.class, () -> FindTopics.missing(broker.servers(), topics, wrong, patience));
      String travels =
          new String(SerializableUtils.serializeToByteArray(right), StandardCharsets.ISO_8859_1);
      assertFalse(travels.contains("PlainLoginModule"), "the settings stay in their file");
    }
  }

  @Test
  void whatTheJobSetsHoldsAgainstTheFile() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Path file = Files.writeString(folder.resolve("a"), "enable.auto.commit = true\nx=y\n");
    assertEquals(
        Map.of("enable.auto.commit", false, "x", "y"),
        ClientSettings.in(file.toString()).with(Map.of("enable.auto.commit", false)));
    assertEquals(Map.of(), ClientSettings.in("").with(Map.of()));
  }
}
