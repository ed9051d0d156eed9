package org.healthbeam.io.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.healthbeam.io.cluster.ClusterProcess;

/** A broker of one node (KRaft) as a process, on a free port; stops when it is closed. */
public final class KafkaBroker implements AutoCloseable {
  private final ClusterProcess process;
  private final String servers;
  private final Map<String, Object> client;

  private KafkaBroker(ClusterProcess process) throws IOException {
    this.process = process;
    this.servers = process.address("bootstrapServers");
    this.client = new HashMap<>();
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(process.folder().resolve("client.properties"))) {
      properties.load(in);
    }
    properties.stringPropertyNames().forEach(name -> client.put(name, properties.get(name)));
  }

  /** Starts a broker that takes anybody. */
  public static KafkaBroker start(Path folder) throws IOException {
    return new KafkaBroker(ClusterProcess.up("kafka", folder));
  }

  /** Starts a broker that takes this user only; its own clients are that user. */
  static KafkaBroker startWithPassword(Path folder, String user, String password)
      throws IOException {
    Path login =
        Files.writeString(
            folder.resolve("login.properties"), "user=%s%npassword=%s%n".formatted(user, password));
    return new KafkaBroker(ClusterProcess.up("kafka", folder, "--login=" + login));
  }

  public String servers() {
    return servers;
  }

  public void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  public KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
  }

  /** Sends a message and waits until it is there. */
  public static void send(
      KafkaProducer<String, String> producer, String topic, int partition, String value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
  }

  @Override
  public void close() {
    process.close();
  }
}
