package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;

/** A broker of one node (KRaft) in this JVM, on free ports; stops when it is closed. */
public final class KafkaBroker implements AutoCloseable {
  private final String servers;
  private final Map<String, Object> client;
  private final KafkaRaftServer server;

  private KafkaBroker(String servers, Map<String, Object> client, KafkaRaftServer server) {
    this.servers = servers;
    this.client = client;
    this.server = server;
  }

  /** Starts a broker that takes anybody. */
  public static KafkaBroker start(Path folder) throws Exception {
    return start(folder, "PLAINTEXT", Map.of(), Map.of());
  }

  /** Starts a broker that takes this user only; its own clients are that user. */
  static KafkaBroker startWithPassword(Path folder, String user, String password) throws Exception {
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
            .formatted(user, password);
    return start(
        folder,
        "SASL_PLAINTEXT",
        Map.of(
            "inter.broker.listener.name", "SASL_PLAINTEXT",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "sasl.enabled.mechanisms", "PLAIN",
            "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                login + " user_%s=\"%s\";".formatted(user, password)),
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", login + ";"));
  }

  private static KafkaBroker start(
      Path folder, String protocol, Map<String, Object> more, Map<String, Object> client)
      throws Exception {
    int port = freePort();
    int controller = freePort();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@localhost:" + controller,
            "listeners",
                protocol + "://localhost:" + port + ",CONTROLLER://localhost:" + controller,
            "listener.security.protocol.map", protocol + ":" + protocol + ",CONTROLLER:PLAINTEXT",
            "controller.listener.names", "CONTROLLER",
            "log.dirs", folder.resolve("log").toString(),
            "offsets.topic.replication.factor", "1",
            "group.initial.rebalance.delay.ms", "0"));
    properties.putAll(more);
    Path file = folder.resolve("server.properties");
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    int status =
        StorageTool.execute(
            new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
            new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IOException("The broker's folder cannot be formatted: " + status);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    server.startup();
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("bootstrap.servers", "localhost:" + port);
    return new KafkaBroker("localhost:" + port, settings, server);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
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
    server.shutdown();
    server.awaitShutdown();
  }
}
