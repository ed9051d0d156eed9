package org.healthbeam.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the rows that the job sends, each topic in a thread of its own, so that alerts do not wait
 * for summaries: alerts, scores, and summaries by upsert.
 */
final class Told implements AutoCloseable {
  /** There are many, of which one in so many is looked at. */
  private static final int SCORES = 16;

  private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

  private final Map<Long, Summaries> summaries = new TreeMap<>();
  private final Set<String> alerts = new HashSet<>();
  private final Map<What, List<Latency>> latencies = new EnumMap<>(What.class);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Map<String, Object> settings;
  private final String prefix;
  private volatile boolean done;
  private long unknown;

  /** What is told, and from when on it is awaited. */
  enum What {
    /** An alert, from when its reading was sent. */
    ALERT("alerts"),
    /** A first summary of a minute, from the minute's end. */
    SUMMARY("summaries"),
    /** A first score, from the end of its minute. */
    SCORE("scores");

    private final String topic;

    What(String topic) {
      this.topic = topic;
    }
  }

  /**
   * How late something is told.
   *
   * @param atMs from when on it is awaited
   * @param ms until it was there
   */
  record Latency(long atMs, long ms) {}

  /** The rows of a minute with the highest revisions. */
  private static final class Summaries {
    final Series.Counts counts = new Series.Counts();
    final int[] revisions = new int[counts.n.length];
  }

  /**
   * What is wrong with the rows.
   *
   * @param rows of subject, kind and minute that there must be
   * @param readings that they hold
   * @param missing rows that are not there
   * @param different rows with another number, least or greatest value
   * @param unknown rows that there should not be
   * @param alertsMissing alerts that were not told
   */
  record Held(
      long rows, long readings, long missing, long different, long unknown, long alertsMissing) {
    boolean all() {
      return missing + different + unknown + alertsMissing == 0;
    }
  }

  Told(String servers, String prefix) {
    this.settings = new HashMap<>(Map.of("bootstrap.servers", servers));
    this.settings.put("enable.auto.commit", false);
    this.settings.put("fetch.max.wait.ms", 10);
    this.prefix = prefix;
    for (What what : What.values()) {
      latencies.put(what, new ArrayList<>());
      Thread thread = new Thread(() -> run(what), "reader of " + what.topic);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run(What what) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(prefix + "." + what.topic, 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (!done) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
          if (message.value() != null && (what != What.SCORE || message.offset() % SCORES == 0)) {
            take(what, JSON.readValue(message.value()), System.currentTimeMillis());
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  private synchronized void take(What what, JsonNode row, long nowMs) {
    switch (what) {
      case ALERT -> alert(row, nowMs);
      case SUMMARY -> summary(row, nowMs);
      case SCORE -> late(what, row, endOfMinute(row.path("time")), nowMs);
    }
  }

  private void late(What what, JsonNode row, long sinceMs, long nowMs) {
    if (row.path("revision").asInt() == 0 && !row.path("subject").asText().startsWith("after")) {
      latencies.get(what).add(new Latency(sinceMs, nowMs - sinceMs));
    }
  }

  private static long endOfMinute(JsonNode time) {
    long at = Instant.parse(time.asText()).toEpochMilli();
    return Math.floorDiv(at + Series.WINDOW_MS - 1, Series.WINDOW_MS) * Series.WINDOW_MS;
  }

  private void alert(JsonNode row, long nowMs) {
    String subject = row.path("subject").asText();
    if (!subject.startsWith("probe")
        || !row.path("rule").asText().equals("heart-rate-high")
        || !row.path("state").asText().equals("raised")) {
      return;
    }
    String time = row.path("time").asText();
    if (alerts.add(subject + " " + time)) {
      long at = Instant.parse(time).toEpochMilli();
      latencies.get(What.ALERT).add(new Latency(at, nowMs - at));
    }
  }

  private void summary(JsonNode row, long nowMs) {
    String subject = row.path("subject").asText();
    int series = Series.number(subject, row.path("kind").asText());
    if (series < 0) {
      unknown += subject.startsWith("after") ? 0 : 1;
      return;
    }
    long window = Instant.parse(row.path("window_start").asText()).toEpochMilli();
    late(What.SUMMARY, row, window + Series.WINDOW_MS, nowMs);
    Summaries minute = summaries.computeIfAbsent(window, start -> new Summaries());
    int revision = row.path("revision").asInt() + 1;
    if (revision >= minute.revisions[series]) {
      minute.revisions[series] = revision;
      minute.counts.n[series] = row.path("n").asInt();
      minute.counts.least[series] = row.path("min").asDouble();
      minute.counts.greatest[series] = row.path("max").asDouble();
    }
  }

  /** Holds what was told against what was sent. */
  synchronized Held against(Series series) {
    if (failure.get() != null) {
      throw new IllegalStateException("Reading the rows failed", failure.get());
    }
    long rows = 0;
    long readings = 0;
    long missing = 0;
    long different = 0;
    long more = unknown;
    for (Map.Entry<Long, Series.Counts> minute : series.expected().entrySet()) {
      Series.Counts sent = minute.getValue();
      Summaries there = summaries.getOrDefault(minute.getKey(), new Summaries());
      for (int i = 0; i < sent.n.length; i++) {
        int n = there.counts.n[i];
        readings += n;
        rows += sent.n[i] > 0 ? 1 : 0;
        if (sent.n[i] == 0) {
          more += n > 0 ? 1 : 0;
        } else if (n == 0) {
          missing++;
        } else if (n != sent.n[i]
            || there.counts.least[i] != sent.least[i]
            || there.counts.greatest[i] != sent.greatest[i]) {
          different++;
        }
      }
    }
    more += summaries.keySet().stream().filter(m -> !series.expected().containsKey(m)).count();
    return new Held(rows, readings, missing, different, more, series.raised() - alerts.size());
  }

  /** Returns those that were awaited from a time on, in no order. */
  synchronized List<Latency> latencies(What what, long fromMs, long toMs) {
    return latencies.get(what).stream()
        .filter(each -> each.atMs() >= fromMs && each.atMs() < toMs)
        .toList();
  }

  @Override
  public void close() {
    done = true;
  }
}
