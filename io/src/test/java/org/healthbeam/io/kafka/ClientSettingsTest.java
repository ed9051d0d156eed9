package org.healthbeam.io.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that speaks TLS and asks for a user and a password; all that stands in a file. */
@Tag("slow")
class ClientSettingsTest {
  private static final String PASSWORD = "correct-horse";
  private static final String OF_STORES = "stapled-battery";

  @TempDir Path folder;

  private Path settings(String password, Certificates certificates) throws IOException {
    return Files.writeString(
        folder.resolve(password + ".properties"),
        """
        security.protocol=SASL_SSL
        ssl.truststore.type=PKCS12
        ssl.truststore.location=%s
        ssl.truststore.password=%s
        sasl.mechanism=PLAIN
        sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
        username="reader" password="%s";
        """
            .formatted(certificates.truststore(), certificates.password(), password));
  }

  @Test
  void topicsAreFoundReadAndWrittenWithThePasswordInTheFileOnly() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Certificates certificates = Certificates.in(folder, OF_STORES);
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler = new Listing(logged);
    Logger root = Logger.getLogger("");
    Logger kafka = Logger.getLogger("org.apache.kafka");
    try (KafkaBroker broker = KafkaBroker.startSecured(folder, "reader", PASSWORD, certificates)) {
      root.addHandler(handler);
      kafka.setLevel(Level.INFO);
      ClientSettings right = ClientSettings.in(settings(PASSWORD, certificates).toString());
      Duration patience = Duration.ofSeconds(60);
      List<String> topics = List.of("vitals");
      assertEquals(topics, FindTopics.missing(broker.servers(), topics, right, patience));
      broker.createTopic("vitals", 2);
      assertEquals(List.of(), FindTopics.missing(broker.servers(), topics, right, patience));
      Pipeline pipeline = Pipeline.create();
      pipeline
          .apply(
              Create.of(new TopicMessage("vitals", new byte[] {1}, new byte[] {2}, List.of()))
                  .withCoder(TopicMessageCoder.of()))
          .apply(WriteMessages.to(broker.servers()).with(right));
      pipeline.run().waitUntilFinish();
      try (ShardProducer producer = ShardProducer.open(broker.servers(), right, "sink-0")) {
        producer.commit(
            0, List.of(new TopicMessage("vitals", new byte[] {1}, new byte[] {3}, List.of())));
      }
      assertEquals(2, broker.committed("vitals").size());
      try (MessageLookup lookup = MessageLookup.open(broker.servers(), right)) {
        int partition = broker.committed("vitals").get(0).partition();
        assertArrayEquals(
            new byte[] {2},
            lookup.at(new TopicPartition("vitals", partition), 0).orElseThrow().value());
      }
      ClientSettings wrong = ClientSettings.in(settings("battery-staple", certificates).toString());
      assertThrows(
          IOException.class, () -> FindTopics.missing(broker.servers(), topics, wrong, patience));
      assertTrustIsAskedFor(broker, topics);
      for (Serializable travels : List.of(right, WriteMessages.to("a:1").with(right))) {
        String bytes =
            new String(
                SerializableUtils.serializeToByteArray(travels), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("PlainLoginModule"), "the settings stay in their file");
        assertFalse(bytes.contains(OF_STORES), "the settings stay in their file");
      }
    } finally {
      root.removeHandler(handler);
      kafka.setLevel(null);
    }
    assertTrue(
        logged.stream().anyMatch(line -> line.contains("sasl.jaas.config = [hidden]")),
        "Kafka's clients log their settings");
    for (String secret : List.of(PASSWORD, OF_STORES)) {
      assertTrue(logged.stream().noneMatch(line -> line.contains(secret)), "no secret is logged");
    }
  }

  /** Who does not trust the broker's certificate does not tell it a password. */
  private void assertTrustIsAskedFor(KafkaBroker broker, List<String> topics) throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    ClientSettings doubts =
        ClientSettings.in(settings(PASSWORD, Certificates.in(other, "another-one")).toString());
    assertThrows(
        IOException.class,
        () -> FindTopics.missing(broker.servers(), topics, doubts, Duration.ofSeconds(60)));
  }

  private static final class Listing extends Handler {
    private final List<String> lines;

    Listing(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
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
