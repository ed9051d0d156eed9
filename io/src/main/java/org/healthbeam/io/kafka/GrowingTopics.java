package org.healthbeam.io.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark.PartitionMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics that may get more partitions while they are read.
 *
 * <p>Beam's source of a topic is split once, by the partitions that there are then, and its parts
 * are remembered with the job: neither a job that goes on nor one from a savepoint would ever read
 * others. Here each part also reads, from the beginning, its share of the partitions that were
 * added since: of those with a number N, which the topic did not have, the part N modulo the number
 * of parts. Which these are is in the checkpoints, with how far they were read.
 *
 * <p>Until a partition that was added has given an event time, or is idle, the watermark of its
 * part stands still.
 */
final class GrowingTopics
    extends UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> {
  private static final long serialVersionUID = 1L;

  private final KafkaIO.Read<byte[], byte[]> read;
  private final String bootstrapServers;
  private final ClientSettings settings;
  private final ArrayList<String> topics;

  /** What tells it from the other sources of a JVM. */
  private final String id;

  private final UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source;

  /** How many partitions each topic had when it was split; nothing before that. */
  private final TreeMap<String, Integer> known;

  private final int part;
  private final int parts;

  private GrowingTopics(
      GrowingTopics whole,
      UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source,
      Map<String, Integer> known,
      int part,
      int parts) {
    this.read = whole.read;
    this.bootstrapServers = whole.bootstrapServers;
    this.settings = whole.settings;
    this.topics = whole.topics;
    this.id = whole.id;
    this.source = source;
    this.known = new TreeMap<>(known);
    this.part = part;
    this.parts = parts;
  }

  /**
   * Reads topics.
   *
   * @param read says how, and names no topics
   */
  GrowingTopics(
      KafkaIO.Read<byte[], byte[]> read,
      String bootstrapServers,
      ClientSettings settings,
      List<String> topics) {
    this.read = read.withConsumerFactoryFn(settings);
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.topics = new ArrayList<>(topics);
    this.id = UUID.randomUUID().toString();
    this.source = KafkaSource.of(this.read.withTopics(topics));
    this.known = new TreeMap<>();
    this.part = 0;
    this.parts = 1;
  }

  private UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> reading(
      List<TopicPartition> partitions) {
    return KafkaSource.of(read.withTopicPartitions(partitions));
  }

  @Override
  public List<GrowingTopics> split(int desired, PipelineOptions options) throws Exception {
    if (!known.isEmpty()) {
      return List.of(this);
    }
    Map<String, Integer> now = PartitionCounts.now(bootstrapServers, settings, topics);
    List<TopicPartition> partitions = new ArrayList<>();
    now.forEach(
        (topic, count) -> {
          for (int i = 0; i < count; i++) {
            partitions.add(new TopicPartition(topic, i));
          }
        });
    var split = reading(partitions).split(desired, options);
    List<GrowingTopics> all = new ArrayList<>();
    for (var each : split) {
      all.add(new GrowingTopics(this, each, now, all.size(), split.size()));
    }
    return all;
  }

  @Override
  public UnboundedReader<KafkaRecord<byte[], byte[]>> createReader(
      PipelineOptions options, @Nullable KafkaCheckpointMark mark) throws IOException {
    if (mark == null) {
      return new GrowingPart(this, options, source.createReader(options, null));
    }
    List<PartitionMark> own = new ArrayList<>();
    List<PartitionMark> added = new ArrayList<>();
    for (PartitionMark each : mark.getPartitions()) {
      boolean before = each.getPartition() < known.getOrDefault(each.getTopic(), Integer.MAX_VALUE);
      (before ? own : added).add(each);
    }
    GrowingPart reader = new GrowingPart(this, options, source.createReader(options, of(own)));
    for (PartitionMark each : added) {
      reader.add(new TopicPartition(each.getTopic(), each.getPartition()), of(List.of(each)));
    }
    return reader;
  }

  private static KafkaCheckpointMark of(List<PartitionMark> partitions) {
    return new KafkaCheckpointMark(partitions, Optional.empty());
  }

  /** {@return a reader of a partition that was added} */
  UnboundedReader<KafkaRecord<byte[], byte[]>> open(
      TopicPartition partition, PipelineOptions options, @Nullable KafkaCheckpointMark mark)
      throws IOException {
    try {
      return reading(List.of(partition)).split(1, options).get(0).createReader(options, mark);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("partition " + partition + " cannot be read", e);
    }
  }

  PartitionCounts watch() throws IOException {
    return PartitionCounts.watch(id, bootstrapServers, settings, topics);
  }

  /** {@return the partitions that were added since the split and that this part reads} */
  List<TopicPartition> added(Map<String, Integer> now) {
    List<TopicPartition> added = new ArrayList<>();
    known.forEach(
        (topic, before) -> {
          for (int i = before; i < now.getOrDefault(topic, 0); i++) {
            if (i % parts == part) {
              added.add(new TopicPartition(topic, i));
            }
          }
        });
    return added;
  }

  @Override
  public Coder<KafkaCheckpointMark> getCheckpointMarkCoder() {
    return source.getCheckpointMarkCoder();
  }

  @Override
  public Coder<KafkaRecord<byte[], byte[]>> getOutputCoder() {
    return source.getOutputCoder();
  }
}
