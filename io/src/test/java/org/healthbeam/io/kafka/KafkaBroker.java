package org.healthbeam.io.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.healthbeam.io.cluster.ClusterProcess;

/** A broker of one node (KRaft) as a process, on a free port; stops when it is closed. */
public final class KafkaBroker implements AutoCloseable {
  private final ClusterProcess process;
  private final String servers;
  private final String settings;
  private final Map<String, Object> client;

  private KafkaBroker(ClusterProcess process) throws IOException {
    this.process = process;
    this.servers = process.address("bootstrapServers");
    this.settings = process.folder().resolve("client.properties").toString();
    this.client = new HashMap<>();
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of(settings))) {
      properties.load(in);
    }
    properties.stringPropertyNames().forEach(name -> client.put(name, properties.get(name)));
  }

  /** Starts a broker that takes anybody. */
  public static KafkaBroker start(Path folder) throws IOException {
    return new KafkaBroker(ClusterProcess.up("kafka", folder));
  }

  /** Starts a broker that takes this user only, over TLS; its own clients are that user. */
  public static KafkaBroker startSecured(
      Path folder, String user, String password, Certificates certificates) throws IOException {
    Path login =
        Files.writeString(
            folder.resolve("login.properties"), "user=%s%npassword=%s%n".formatted(user, password));
    Path tls =
        Files.writeString(
            folder.resolve("tls.properties"),
            "keystore=%s%ntruststore=%s%npassword=%s%n"
                .formatted(
                    certificates.keystore(), certificates.truststore(), certificates.password()));
    return new KafkaBroker(ClusterProcess.up("kafka", folder, "--login=" + login, "--tls=" + tls));
  }

  /** Starts a broker that takes anybody, also who comes by a network that can be cut. */
  public static KafkaBroker startBehind(CuttableNetwork network, Path folder) throws IOException {
    ClusterProcess process = ClusterProcess.up("kafka", folder, "--proxy=" + network.port());
    network.leadTo(process.address("behindProxy"));
    return new KafkaBroker(process);
  }

  public String servers() {
    return servers;
  }

  /** Makes a topic; it is there for everybody then. */
  public void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      while (!FindTopics.missing(
              servers, List.of(topic), ClientSettings.in(settings), Duration.ofSeconds(20))
          .isEmpty()) {
        Thread.sleep(50);
      }
    }
  }

  public KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
  }

  /** Returns all messages of a topic that are committed, in the order of each partition. */
  public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
      }
    }
    return messages;
  }

  /** Gives a topic more partitions. */
  public void addPartitions(String topic, int total) throws Exception {
    try (Admin admin = Admin.create(client)) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
    }
  }

  /** Deletes the messages of a partition that stand before an offset. */
  public void deleteBefore(String topic, int partition, long offset) throws Exception {
    try (Admin admin = Admin.create(client)) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  /** Ends the broker as kill -9 does. */
  public void kill() throws IOException {
    process.kill("broker");
  }

  /** Starts it again on its old address. */
  public void restart() throws IOException {
    process.start("broker");
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
