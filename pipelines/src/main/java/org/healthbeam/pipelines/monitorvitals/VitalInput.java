package org.healthbeam.pipelines.monitorvitals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.kafka.ClientSettings;
import org.healthbeam.io.kafka.FindTopics;
import org.healthbeam.io.kafka.ReadMessages;
import org.healthbeam.io.replay.ReplayFiles;
import org.healthbeam.io.replay.ReplayOrder;
import org.healthbeam.io.replay.ReplaySpeed;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.io.text.ReadJson;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.StreamOptions;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;

/** Reads what {@code --input} names, as a batch or as a stream. */
final class VitalInput {
  private static final String AS_FAST_AS_IT_GOES = "max";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private VitalInput() {}

  static PCollection<InputRecord> records(
      Pipeline pipeline, MonitorVitalsOptions options, VitalSettings settings, Rejects rejects) {
    VitalTimes times = new VitalTimes(MonitorVitals.parse(settings).earliestTimes());
    if (hasTopics(options)) {
      return pipeline.apply(
          "Read messages",
          ReadMessages.from(options.getBootstrapServers(), topics(options), times, policy(options))
              .with(client(options))
              .rejectedTo(rejects));
    }
    VitalFiles files = files(options);
    if (options.isStreaming()) {
      return pipeline.apply(
          "Replay files",
          ReplayFiles.of(files.tables(), files.json(), times)
              .inOrder(order(options))
              .atSpeed(speed(options))
              .rejectedTo(rejects));
    }
    return files.json().isEmpty()
        ? pipeline.apply("Read lines", ReadLines.from(files.tables()).rejectedTo(rejects))
        : pipeline.apply("Read FHIR", ReadJson.from(files.json()).rejectedTo(rejects));
  }

  /** Refuses what the options of streams may not be. */
  static void check(MonitorVitalsOptions options) throws UsageException {
    if (!options.isStreaming() && !options.getEarlyFirings().isBlank()) {
      throw new UsageException(
          "--earlyFirings=%s: a batch tells no window early; it needs --streaming or a topic"
              .formatted(options.getEarlyFirings()));
    }
    boolean topics = hasTopics(options);
    if (!options.getEarlyFirings().isBlank() && !VitalTables.tellsAll(options)) {
      throw new UsageException(
          "--earlyFirings=%s: what is told early is not final; it needs --revisions=all"
              .formatted(options.getEarlyFirings()));
    }
    if (options.getReplayOrder() == StreamOptions.ReplayOrder.FILE
        && (topics || !options.isStreaming())) {
      throw new UsageException(
          "--replayOrder=file: only files that are read as a stream are replayed");
    }
    ShortDuration.parse("maxDelay", options.getMaxDelay());
    String speed = options.getReplaySpeed();
    if (!speed.equals(AS_FAST_AS_IT_GOES) && !(Double.parseDouble(speed) > 0)) {
      throw new UsageException("--replaySpeed=%s is not above 0".formatted(speed));
    }
    if (topics) {
      if (!speed.equals(AS_FAST_AS_IT_GOES)) {
        throw new UsageException(
            "--replaySpeed=%s: topics come as they come; only files are replayed".formatted(speed));
      }
      policyOf(options);
      checkTopics(options);
      return;
    }
    refuseOptionsOfTopics(options);
    VitalFiles files = VitalFiles.of(options.getInput());
    if (!files.json().isEmpty() && !files.tables().isEmpty()) {
      throw new UsageException(
          "--input has FHIR files (%s) and tables (%s); read them in two runs"
              .formatted(files.json().get(0), files.tables().get(0)));
    }
  }

  private static void refuseOptionsOfTopics(MonitorVitalsOptions options) throws UsageException {
    MonitorVitalsOptions usual = PipelineOptionsFactory.as(MonitorVitalsOptions.class);
    if (!options.getIdleTimeout().equals(usual.getIdleTimeout())) {
      throw new UsageException(
          "--idleTimeout=%s: files have no partitions; it is of topics"
              .formatted(options.getIdleTimeout()));
    }
    if (options.getTimeBasis() != usual.getTimeBasis()) {
      throw new UsageException(
          "--timeBasis=%s: files are replayed by their own times; it is of topics"
              .formatted(options.getTimeBasis().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void checkTopics(MonitorVitalsOptions options) throws UsageException {
    List<String> missing = missing(options, topics(options));
    if (!missing.isEmpty()) {
      throw new UsageException(
          "--input=%s%s: the broker has no such topic"
              .formatted(ReadMessages.SCHEME, missing.get(0)));
    }
  }

  /** Returns those of the topics that are not there. */
  static List<String> missing(MonitorVitalsOptions options, List<String> topics)
      throws UsageException {
    try {
      return FindTopics.missing(options.getBootstrapServers(), topics, client(options), PATIENCE);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--kafkaSettings=%s: no such file".formatted(options.getKafkaSettings()), e);
    } catch (IOException e) {
      throw new UsageException(
          "--bootstrapServers=%s: no broker answers".formatted(options.getBootstrapServers()), e);
    }
  }

  static ClientSettings client(MonitorVitalsOptions options) {
    return ClientSettings.in(options.getKafkaSettings() == null ? "" : options.getKafkaSettings());
  }

  static List<String> topics(MonitorVitalsOptions options) {
    return options.getInput().stream()
        .map(input -> input.substring(ReadMessages.SCHEME.length()))
        .toList();
  }

  /** Says whether messages are read, which never end. */
  static boolean hasTopics(MonitorVitalsOptions options) {
    return options.getInput().stream().anyMatch(i -> i.startsWith(ReadMessages.SCHEME));
  }

  private static WatermarkPolicy policy(MonitorVitalsOptions options) {
    try {
      return policyOf(options);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static WatermarkPolicy policyOf(MonitorVitalsOptions options) throws UsageException {
    return new WatermarkPolicy(
        ShortDuration.parse("maxDelay", options.getMaxDelay()),
        ShortDuration.parsePositive("idleTimeout", options.getIdleTimeout()),
        ShortDuration.parse("futureTolerance", options.getFutureTolerance()),
        options.getTimeBasis());
  }

  private static VitalFiles files(MonitorVitalsOptions options) {
    try {
      return VitalFiles.of(options.getInput());
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static ReplaySpeed speed(MonitorVitalsOptions options) {
    String speed = options.getReplaySpeed();
    return speed.equals(AS_FAST_AS_IT_GOES)
        ? ReplaySpeed.MAX
        : new ReplaySpeed(Double.parseDouble(speed));
  }

  private static ReplayOrder order(MonitorVitalsOptions options) {
    if (options.getReplayOrder() == StreamOptions.ReplayOrder.TIME) {
      return ReplayOrder.EVENT_TIME;
    }
    try {
      Duration delay = ShortDuration.parse("maxDelay", options.getMaxDelay());
      return ReplayOrder.asInFiles(delay);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
