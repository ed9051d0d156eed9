package org.healthbeam.io.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark.PartitionMark;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a part of {@link GrowingTopics}: what it was split with, and each partition added since.
 */
final class GrowingPart extends UnboundedReader<KafkaRecord<byte[], byte[]>> {
  private static final Logger LOG = LoggerFactory.getLogger(GrowingPart.class);

  /** After so many messages of one reader the others are asked, each of which may wait a little. */
  private static final int TURN = 10_000;

  private final GrowingTopics source;
  private final PipelineOptions options;
  private final List<UnboundedReader<KafkaRecord<byte[], byte[]>>> readers = new ArrayList<>();

  /** Which of the readers are started, by their places. */
  private final BitSet started = new BitSet();

  private final Set<TopicPartition> added = new HashSet<>();
  @Nullable private PartitionCounts counts;
  @Nullable private Map<String, Integer> seen;
  private int current;
  private int turn;
  private boolean isThere;
  private Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;

  GrowingPart(
      GrowingTopics source,
      PipelineOptions options,
      UnboundedReader<KafkaRecord<byte[], byte[]>> own) {
    this.source = source;
    this.options = options;
    readers.add(own);
  }

  /** Takes in a partition that was added, which goes on from a mark if it was read before. */
  void add(TopicPartition partition, @Nullable KafkaCheckpointMark mark) throws IOException {
    if (added.add(partition)) {
      readers.add(source.open(partition, options, mark));
    }
  }

  @Override
  public boolean start() throws IOException {
    counts = source.watch();
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    isThere = false;
    takeInAdded();
    if (++turn > TURN) {
      turn = 0;
      current++;
    }
    for (int i = 0; i < readers.size() && !isThere; i++) {
      current %= readers.size();
      isThere = next(current);
      if (!isThere) {
        turn = 0;
        current++;
      }
    }
    return isThere;
  }

  private boolean next(int reader) throws IOException {
    if (started.get(reader)) {
      return readers.get(reader).advance();
    }
    started.set(reader);
    return readers.get(reader).start();
  }

  private void takeInAdded() throws IOException {
    Map<String, Integer> last = counts.last();
    if (last == seen) {
      return;
    }
    seen = last;
    for (TopicPartition partition : source.added(last)) {
      if (!added.contains(partition)) {
        LOG.info("{} was added and is read from its beginning", partition);
        add(partition, null);
      }
    }
  }

  @Override
  public KafkaRecord<byte[], byte[]> getCurrent() {
    if (!isThere) {
      throw new NoSuchElementException();
    }
    return readers.get(current).getCurrent();
  }

  @Override
  public Instant getCurrentTimestamp() {
    if (!isThere) {
      throw new NoSuchElementException();
    }
    return readers.get(current).getCurrentTimestamp();
  }

  @Override
  public Instant getWatermark() {
    Instant earliest = null;
    for (UnboundedReader<?> reader : readers) {
      Instant own = reader.getWatermark();
      if (earliest == null || own.isBefore(earliest)) {
        earliest = own;
      }
    }
    if (earliest.isAfter(watermark)) {
      watermark = earliest;
    }
    return watermark;
  }

  @Override
  public KafkaCheckpointMark getCheckpointMark() {
    List<PartitionMark> all = new ArrayList<>();
    for (UnboundedReader<?> reader : readers) {
      all.addAll(((KafkaCheckpointMark) reader.getCheckpointMark()).getPartitions());
    }
    return new KafkaCheckpointMark(all, Optional.empty());
  }

  @Override
  public long getSplitBacklogBytes() {
    long bytes = 0;
    for (UnboundedReader<?> reader : readers) {
      long own = reader.getSplitBacklogBytes();
      if (own == BACKLOG_UNKNOWN) {
        return BACKLOG_UNKNOWN;
      }
      bytes += own;
    }
    return bytes;
  }

  @Override
  public UnboundedSource<KafkaRecord<byte[], byte[]>, ?> getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    try {
      for (UnboundedReader<?> reader : readers) {
        reader.close();
      }
    } finally {
      if (counts != null) {
        counts.close();
      }
    }
  }
}
