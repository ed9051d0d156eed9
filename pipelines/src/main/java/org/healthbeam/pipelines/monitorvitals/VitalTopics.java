package org.healthbeam.pipelines.monitorvitals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.io.kafka.TableMessages;
import org.healthbeam.io.kafka.TopicMessage;
import org.healthbeam.io.kafka.TopicMessageCoder;
import org.healthbeam.io.kafka.WriteDeadLetters;
import org.healthbeam.io.kafka.WriteMessages;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.templates.annotations.Delivery;
import org.healthbeam.transforms.runner.Engine;

/** The topics that take rows and rejects of a stream of {@link MonitorVitals}. */
final class VitalTopics {
  /**
   * What is told again of a row: its key, and which other columns are text.
   *
   * @param key columns that are the same in every telling
   * @param text columns that are text, also where it looks like a number
   */
  private record Upsert(List<String> key, List<String> text) {}

  private static final Map<String, Upsert> TABLES =
      Map.of(
          "summaries",
          new Upsert(List.of("subject", "kind", "window_start", "window_end"), List.of("unit")),
          "scores",
          new Upsert(List.of("subject", "time", "score_name"), List.of("risk", "missing")),
          "alerts",
          new Upsert(List.of("subject", "time", "rule", "state"), List.of("priority", "detail")),
          "burden",
          new Upsert(List.of("subject", "day"), List.of()),
          "artefacts",
          new Upsert(List.of("subject", "time", "kind"), List.of("unit")));

  private final MonitorVitalsOptions options;
  private final List<PCollection<TopicMessage>> messages = new ArrayList<>();

  private VitalTopics(MonitorVitalsOptions options) {
    this.options = options;
  }

  /** Returns those of the options, if they name any. */
  static Optional<VitalTopics> of(MonitorVitalsOptions options) {
    return options.getOutputTopics() == null
        ? Optional.empty()
        : Optional.of(new VitalTopics(options));
  }

  /** Takes the lines of a table; says whether it has a topic. */
  boolean take(PCollection<String> lines, String table, List<String> columns) {
    Upsert upsert = TABLES.get(table);
    if (upsert == null) {
      return false;
    }
    messages.add(
        lines
            .apply(
                "Messages of " + table,
                ParDo.of(
                    TableMessages.to(topic(options, table), columns, upsert.key())
                        .withText(upsert.text())))
            .setCoder(TopicMessageCoder.of())
            .apply("All " + table, Window.into(new GlobalWindows())));
    return true;
  }

  /** Sends what was taken. */
  void send() {
    PCollectionList.of(messages)
        .apply("All rows", Flatten.pCollections())
        .apply("Send rows", write(options));
  }

  /** Sends the messages of which something was rejected, if there is a topic for them. */
  static void sendDeadLetters(PCollection<Rejected> rejected, MonitorVitalsOptions options) {
    if (options.getDeadLetters() != null) {
      rejected.apply(
          "Send dead letters",
          WriteDeadLetters.to(options.getDeadLetters(), options.getBootstrapServers())
              .with(VitalInput.client(options))
              .by(write(options)));
    }
  }

  private static WriteMessages write(MonitorVitalsOptions options) {
    return WriteMessages.to(options.getBootstrapServers())
        .with(VitalInput.client(options))
        .exactlyOnce(delivery(options) == Delivery.EXACTLY_ONCE);
  }

  private static Delivery delivery(MonitorVitalsOptions options) {
    if (options.getDelivery() != null) {
      return options.getDelivery();
    }
    return Engine.of(options) == Engine.FLINK && VitalInput.hasTopics(options)
        ? Delivery.EXACTLY_ONCE
        : Delivery.AT_LEAST_ONCE;
  }

  private static String topic(MonitorVitalsOptions options, String table) {
    return options.getOutputTopics() + "." + table;
  }

  /** Refuses what cannot be sent, before anything is written. */
  static void check(MonitorVitalsOptions options) throws UsageException {
    Map<String, String> topics = new LinkedHashMap<>();
    if (options.getOutputTopics() != null) {
      String option = "--outputTopics=" + options.getOutputTopics();
      if (!VitalInput.hasTopics(options) && !options.isStreaming()) {
        throw new UsageException(
            option + ": a batch writes files; it needs --streaming or a topic");
      }
      List<String> tables = new ArrayList<>(List.of("summaries", "scores"));
      if (!options.getAlerts().equals("off")) {
        tables.addAll(List.of("alerts", "burden"));
      }
      if (!options.getArtefacts().equals("none")) {
        tables.add("artefacts");
      }
      tables.forEach(table -> topics.put(topic(options, table), option));
    }
    if (options.getDeadLetters() != null) {
      String option = "--deadLetters=" + options.getDeadLetters();
      if (!VitalInput.hasTopics(options)) {
        throw new UsageException(option + ": only messages of topics are sent there");
      }
      if (topics.put(options.getDeadLetters(), option) != null) {
        throw new UsageException(option + ": this topic takes rows");
      }
    }
    checkDelivery(options, topics.isEmpty());
    if (!topics.isEmpty()) {
      checkTopics(options, topics);
    }
  }

  private static void checkDelivery(MonitorVitalsOptions options, boolean none)
      throws UsageException {
    if (options.getDelivery() != null && none) {
      throw new UsageException("--delivery is of topics; it needs --outputTopics or --deadLetters");
    }
    if (options.getDelivery() != Delivery.EXACTLY_ONCE) {
      return;
    }
    Engine engine = Engine.of(options);
    if (engine == Engine.DIRECT || engine == Engine.SPARK) {
      throw new UsageException(
          "--delivery=exactly-once: this runner does not give a step the same input again after a"
              + " failure; run on Flink, or leave it out");
    }
    if (engine == Engine.FLINK && !VitalInput.hasTopics(options)) {
      throw new UsageException(
          "--delivery=exactly-once: Flink does not send what waits for a checkpoint when files end;"
              + " read a topic, or leave it out");
    }
  }

  private static void checkTopics(MonitorVitalsOptions options, Map<String, String> topics)
      throws UsageException {
    String servers = options.getBootstrapServers();
    if (servers == null || servers.isBlank()) {
      throw new UsageException(
          "--bootstrapServers is missing, and %s needs it. For example: --bootstrapServers=localhost:9092"
              .formatted(topics.values().iterator().next()));
    }
    if (VitalInput.hasTopics(options)) {
      for (String input : VitalInput.topics(options)) {
        if (topics.containsKey(input)) {
          throw new UsageException(
              "%s: the topic %s is read; what is sent there would be read again"
                  .formatted(topics.get(input), input));
        }
      }
    }
    for (String missing : VitalInput.missing(options, List.copyOf(topics.keySet()))) {
      throw new UsageException(
          "%s: the broker has no topic %s".formatted(topics.get(missing), missing));
    }
  }
}
