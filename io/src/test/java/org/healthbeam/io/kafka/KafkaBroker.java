package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final KafkaRaftServer server;

  private KafkaBroker(String servers, KafkaRaftServer server) {
    this.servers = servers;
    this.server = server;
  }

  public static KafkaBroker start(Path folder) throws Exception {
    int port = freePort();
    int controller = freePort();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@localhost:" + controller,
            "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controller,
            "controller.listener.names", "CONTROLLER",
            "log.dirs", folder.resolve("log").toString(),
            "offsets.topic.replication.factor", "1",
            "group.initial.rebalance.delay.ms", "0"));
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
    return new KafkaBroker("localhost:" + port, server);
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
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  public KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
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
