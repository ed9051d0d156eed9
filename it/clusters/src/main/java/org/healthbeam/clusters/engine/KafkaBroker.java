package org.healthbeam.clusters.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.healthbeam.clusters.ClusterException;
import org.healthbeam.clusters.EngineJars;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Ready;
import org.healthbeam.clusters.Server;
import org.healthbeam.clusters.ServerProcess;

/** A broker of one node without ZooKeeper (KRaft). */
public final class KafkaBroker {
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";
  private static final String BEHIND_PROXY = "behindProxy";
  private static final int BESIDE_HEAP_MEGABYTES = 200;

  private KafkaBroker() {}

  /**
   * What is wanted of a broker.
   *
   * @param login a file of properties with {@code user} and {@code password}: who alone may log in
   *     (SASL/PLAIN); empty: anybody may
   * @param tls a file of properties with {@code keystore}, {@code truststore} (files of PKCS #12)
   *     and {@code password}, which is of both: the broker speaks TLS; empty: it does not
   * @param topics made when it is up, with their partitions
   * @param proxy the port of something on this machine that hands on to the address {@code
   *     behindProxy}: who comes in there is told to come there again; 0: there is none
   */
  public record Wishes(
      Optional<Path> login, Optional<Path> tls, Map<String, Integer> topics, int proxy) {
    /** Anybody may log in, in plain text, and there are no topics. */
    public static final Wishes NONE = of(Map.of());

    public Wishes {
      topics = Map.copyOf(topics);
      if (proxy != 0 && (login.isPresent() || tls.isPresent())) {
        throw new IllegalArgumentException("--proxy goes with neither --login nor --tls");
      }
    }

    /** Anybody may log in, in plain text. */
    public static Wishes of(Map<String, Integer> topics) {
      return new Wishes(Optional.empty(), Optional.empty(), topics, 0);
    }
  }

  /** Returns a plan of it. */
  public static Plan plan(Setting setting, Wishes wishes) throws IOException {
    Optional<Path> login = wishes.login();
    int port = setting.ports().orNext(setting.sizes().port());
    int controller = setting.ports().next();
    Path folder = setting.folder();
    String protocol =
        (login.isPresent() ? "SASL_" : "") + (wishes.tls().isPresent() ? "SSL" : "PLAINTEXT");
    Map<String, String> broker = new LinkedHashMap<>();
    broker.put("process.roles", "broker,controller");
    broker.put("node.id", "1");
    broker.put("controller.quorum.voters", "1@localhost:" + controller);
    broker.put(
        "listeners", protocol + "://localhost:" + port + ",CONTROLLER://localhost:" + controller);
    broker.put(
        "listener.security.protocol.map", protocol + ":" + protocol + ",CONTROLLER:PLAINTEXT");
    broker.put("controller.listener.names", "CONTROLLER");
    broker.put("log.dirs", folder.resolve("data").toString());
    broker.put("group.initial.rebalance.delay.ms", "0");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      broker.put(topic + ".replication.factor", "1");
    }
    broker.put("transaction.state.log.min.isr", "1");
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("bootstrapServers", "localhost:" + port);
    if (wishes.proxy() != 0) {
      addresses.put(BEHIND_PROXY, listenBehindProxy(setting, wishes.proxy(), port, broker));
    }
    Map<String, String> client = new LinkedHashMap<>();
    client.put("bootstrap.servers", "localhost:" + port);
    client.put("security.protocol", protocol);
    broker.put("inter.broker.listener.name", protocol);
    if (login.isPresent()) {
      logIn(login.get(), protocol, broker, client);
    }
    if (wishes.tls().isPresent()) {
      encrypt(wishes.tls().get(), broker, client);
    }
    write(folder.resolve("server.properties"), broker);
    write(folder.resolve("client.properties"), client);

    List<String> classPath =
        EngineJars.classPath(List.of(), EngineJars.of(setting.root(), "kafka"));
    String file = folder.resolve("server.properties").toString();
    Server format =
        Server.of("format", "kafka.tools.StorageTool", classPath)
            .withJvm(List.of("-XX:TieredStopAtLevel=1"))
            .withArgs("format", "-t", Uuid.randomUuid().toString(), "-c", file);
    Server server =
        Server.of("broker", "kafka.Kafka", classPath)
            .withHeap(setting.sizes().megabytes())
            .withArgs(file);
    String tool = "  " + ServerProcess.clients(folder, classPath) + " ";
    return new Plan(
        List.of(format),
        List.of(new Plan.Stage(List.of(server), new Answers(client, wishes.topics()))),
        addresses,
        List.of(
            "Send the lines of a file to a topic:",
            tool
                + "kafka.tools.ConsoleProducer --bootstrap-server localhost:"
                + port
                + " --topic vitals < FILE",
            "Read it:",
            "  ./healthbeam run monitor-vitals --input=kafka://vitals --bootstrapServers=localhost:"
                + port
                + " --output=out"),
        setting.sizes().megabytes() + BESIDE_HEAP_MEGABYTES);
  }

  /** A listener has one address that it tells, so who comes by a proxy has one of their own. */
  private static String listenBehindProxy(
      Setting setting, int proxy, int port, Map<String, String> broker) throws IOException {
    String behind = "localhost:" + setting.ports().next();
    broker.merge("listeners", "PROXIED://" + behind, (all, more) -> all + "," + more);
    broker.merge(
        "listener.security.protocol.map", "PROXIED:PLAINTEXT", (all, more) -> all + "," + more);
    broker.put(
        "advertised.listeners", "PLAINTEXT://localhost:" + port + ",PROXIED://localhost:" + proxy);
    return behind;
  }

  private static void logIn(
      Path login, String protocol, Map<String, String> broker, Map<String, String> client)
      throws IOException {
    Properties properties = properties(login, "user", "password");
    String user = properties.getProperty("user");
    String password = properties.getProperty("password");
    if ((user + password).matches("(?s).*[\"\\\\].*")) {
      throw new ClusterException(login + " has quotation marks or backslashes in user or password");
    }
    String module = LOGIN_MODULE + "username=\"%s\" password=\"%s\"".formatted(user, password);
    broker.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    broker.put("sasl.enabled.mechanisms", "PLAIN");
    broker.put(
        "listener.name.%s.plain.sasl.jaas.config".formatted(protocol.toLowerCase(Locale.ROOT)),
        module + " user_%s=\"%s\";".formatted(user, password));
    client.put("sasl.mechanism", "PLAIN");
    client.put("sasl.jaas.config", module + ";");
  }

  private static void encrypt(Path tls, Map<String, String> broker, Map<String, String> client)
      throws IOException {
    Properties properties = properties(tls, "keystore", "truststore", "password");
    String password = properties.getProperty("password");
    broker.put("ssl.keystore.type", "PKCS12");
    broker.put("ssl.keystore.location", properties.getProperty("keystore"));
    broker.put("ssl.keystore.password", password);
    broker.put("ssl.key.password", password);
    for (Map<String, String> each : List.of(broker, client)) {
      each.put("ssl.truststore.type", "PKCS12");
      each.put("ssl.truststore.location", properties.getProperty("truststore"));
      each.put("ssl.truststore.password", password);
    }
  }

  private static Properties properties(Path file, String... names) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    for (String name : names) {
      if (properties.getProperty(name) == null) {
        throw new ClusterException(file + " lacks the property " + name);
      }
    }
    return properties;
  }

  private static void write(Path file, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
  }

  /** Asks for the brokers that are not fenced, then makes the topics. */
  private record Answers(Map<String, String> client, Map<String, Integer> topics) implements Ready {
    @Override
    public String missing() throws IOException, InterruptedException {
      Map<String, Object> settings = new HashMap<>(client);
      settings.put("request.timeout.ms", 3000);
      settings.put("default.api.timeout.ms", 3000);
      try (Admin admin = Admin.create(settings)) {
        if (admin.describeCluster().nodes().get().isEmpty()) {
          return "the broker is not yet among those in use";
        }
        List<String> there = List.copyOf(admin.listTopics().names().get());
        List<NewTopic> absent =
            topics.entrySet().stream()
                .filter(topic -> !there.contains(topic.getKey()))
                .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
                .toList();
        admin.createTopics(absent).all().get();
        return "";
      } catch (ExecutionException e) {
        throw new IOException("The broker does not answer", e.getCause());
      }
    }
  }
}
