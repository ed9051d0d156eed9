package org.healthbeam.pipelines.run;

import javax.annotation.Nullable;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.healthbeam.io.stream.WatermarkPolicy;
import org.healthbeam.templates.annotations.Delivery;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The options of pipelines that read streams too. */
public interface StreamOptions extends HealthOptions {
  /** Matches a duration as {@link ShortDuration} reads them. */
  String DURATION = "[0-9]+(ms|s|m|h|d)";

  /** Which rows a stream writes. */
  enum Revisions {
    /** Those that will not be told again. */
    FINAL,
    /** Each as it is told, with its number. */
    ALL
  }

  /** In which order files are replayed. */
  enum ReplayOrder {
    /** By event time; no record is late. */
    TIME,
    /** As records stand in their files. */
    FILE
  }

  /** {@return whether files are read as a stream that ends} */
  @Description(
      "Read files as a stream that ends. The input being a topic, or --replaySpeed, says so too.")
  @TemplateParameter(order = 10, group = "Streaming", example = "true")
  boolean isStreaming();

  /**
   * @param value whether files are read as a stream that ends
   */
  void setStreaming(boolean value);

  /** {@return how many times as fast as on the clock event time passes, or {@code max}} */
  @Description(
      "How fast event time passes when files are read as a stream: 60 is an hour in a minute, max"
          + " as fast as it goes. It never changes a result. A stretch of more than an hour without"
          + " a record takes as long as an hour.")
  @Default.String("max")
  @TemplateParameter(
      order = 11,
      group = "Streaming",
      example = "60",
      unit = "times",
      regexes = "max|[0-9]+(\\.[0-9]+)?")
  String getReplaySpeed();

  /**
   * @param value how many times as fast as on the clock event time passes, or {@code max}
   */
  void setReplaySpeed(String value);

  /** {@return in which order files are read as a stream} */
  @Description(
      "In which order files are read as a stream: by event time, or as records stand in their"
          + " files, where those that are further out of order than --maxDelay and the allowed"
          + " lateness together are rejected as late.")
  @Default.Enum("TIME")
  @TemplateParameter(order = 12, group = "Streaming", example = "file")
  ReplayOrder getReplayOrder();

  /**
   * @param value in which order files are read as a stream
   */
  void setReplayOrder(ReplayOrder value);

  /** {@return how far the watermark stays behind the latest event time, as a duration} */
  @Description(
      "How far the watermark stays behind the latest event time of a topic's partition, or of a"
          + " file in its own order.")
  @Default.String("1m")
  @TemplateParameter(
      order = 13,
      group = "Streaming",
      example = "10m",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getMaxDelay();

  /**
   * @param value how far the watermark stays behind the latest event time, as a duration
   */
  void setMaxDelay(String value);

  /**
   * {@return the brokers as {@code HOST:PORT} with commas between; null if no topic is read or
   * written}
   */
  @Description("The brokers of the topics in --input, as HOST:PORT, several with commas.")
  @Nullable
  @TemplateParameter(order = 15, group = "Streaming", example = "localhost:9092")
  String getBootstrapServers();

  /**
   * @param value the brokers as {@code HOST:PORT} with commas between; null if no topic is read or
   *     written
   */
  void setBootstrapServers(@Nullable String value);

  /** {@return the file with settings of Kafka's clients; null for none} */
  @Description(
      "File with settings of Kafka's clients, NAME=VALUE a line, such as security.protocol and"
          + " sasl.jaas.config. It is read where messages are read, so that no secret travels with"
          + " the job.")
  @Nullable
  @TemplateParameter(
      order = 19,
      group = "Streaming",
      example = "secrets/kafka.properties",
      type = ParameterType.GCS_READ_FILE,
      label = "Settings of Kafka's clients")
  String getKafkaSettings();

  /**
   * @param value the file with settings of Kafka's clients; null for none
   */
  void setKafkaSettings(@Nullable String value);

  /** {@return what the names of the output's topics begin with; null for files only} */
  @Description(
      "Topics that take the rows of a stream, by what their names begin with: of"
          + " ward they are ward.summaries, ward.scores, ward.alerts and ward.burden, and"
          + " ward.artefacts with --artefacts. They must be there, on the brokers of"
          + " --bootstrapServers.")
  @Nullable
  @TemplateParameter(
      order = 20,
      group = "Streaming",
      example = "ward",
      regexes = "[a-zA-Z0-9._-]{1,200}",
      label = "Output topics")
  String getOutputTopics();

  /**
   * @param value what the names of the output's topics begin with; null for files only
   */
  void setOutputTopics(@Nullable String value);

  /** {@return the topic that takes rejected messages; null for none} */
  @Description(
      "Topic that takes the messages of which something was rejected, as they were, with the reason"
          + " in headers; it must be there. What it holds is as confidential as the input.")
  @Nullable
  @TemplateParameter(
      order = 21,
      group = "Streaming",
      example = "ward.rejected",
      regexes = "[a-zA-Z0-9._-]{1,249}",
      label = "Topic of dead letters")
  String getDeadLetters();

  /**
   * @param value the topic that takes rejected messages; null for none
   */
  void setDeadLetters(@Nullable String value);

  /** {@return how often a row is in its topic after a failure; null for what the runner can do} */
  @Description(
      "How often a row or a dead letter is in its topic after a failure. Exactly once needs Flink,"
          + " and a consumer with isolation.level=read_committed; rows are there after the next"
          + " checkpoint. Without it, exactly once on Flink and at least once elsewhere.")
  @Nullable
  @TemplateParameter(order = 22, group = "Streaming", example = "at-least-once")
  Delivery getDelivery();

  /**
   * @param value how often a row is in its topic after a failure; null for what the runner can do
   */
  void setDelivery(@Nullable Delivery value);

  /** {@return how long a silent partition holds the others up, as a duration} */
  @Description(
      "Topics: how long a partition may give nothing before it holds the others up no more.")
  @Default.String("1m")
  @TemplateParameter(
      order = 16,
      group = "Streaming",
      example = "5m",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getIdleTimeout();

  /**
   * @param value how long a silent partition holds the others up, as a duration
   */
  void setIdleTimeout(String value);

  /** {@return how far ahead of now a reading may be dated and still move time on, as a duration} */
  @Description(
      "Topics: how far a reading may be dated ahead of now and still move time on; one further"
          + " ahead is read, but moves nothing.")
  @Default.String("10m")
  @TemplateParameter(
      order = 17,
      group = "Streaming",
      example = "1m",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getFutureTolerance();

  /**
   * @param value how far ahead of now a reading may be dated and still move time on, as a duration
   */
  void setFutureTolerance(String value);

  /** {@return what now is for event times} */
  @Description(
      "Topics: what now is for event times: the clock, or, where dates were shifted, the data"
          + " themselves.")
  @Default.Enum("CLOCK")
  @TemplateParameter(order = 18, group = "Streaming", example = "data")
  WatermarkPolicy.Basis getTimeBasis();

  /**
   * @param value what now is for event times
   */
  void setTimeBasis(WatermarkPolicy.Basis value);

  /** {@return how long a stream that is told to stop may take, as a duration} */
  @Description(
      "How long a stream that is told to stop may take to tell what it has read; after that it is"
          + " cut off. Those on a cluster, and those that send to topics, are cut off at once.")
  @Default.String("1m")
  @TemplateParameter(
      order = 23,
      group = "Streaming",
      example = "20s",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getStopTimeout();

  /**
   * @param value how long a stream that is told to stop may take, as a duration
   */
  void setStopTimeout(String value);

  /**
   * {@return which rows of a stream are written; null for final ones of files and all of topics}
   */
  @Description(
      "Which rows of a stream are written: final, those that will not change any more, or all,"
          + " each with its revision. Without it, final for files and all for topics.")
  @Nullable
  @TemplateParameter(order = 14, group = "Streaming", example = "all")
  Revisions getRevisions();

  /**
   * @param value which rows of a stream are written; null for final ones of files and all of topics
   */
  void setRevisions(@Nullable Revisions value);
}
