package org.healthbeam.io.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.io.stream.RecordTimes;
import org.joda.time.Instant;

/**
 * Reads the sorted copy of some files, items when they are due. Its element is a list of items in
 * their order, with the time of the earliest.
 */
final class Replay extends UnboundedSource.UnboundedReader<List<TimestampedValue<ReplayItem>>> {
  private final ReplaySource source;
  private final LongSupplier nanoClock;
  private final BooleanSupplier endAsked;
  private final int atOnce;
  private List<TimestampedValue<ReplayItem>> items = List.of();
  private ReplayMark mark;
  @Nullable private SortedSpool.Cursor cursor;
  private boolean borrowed;

  /** The item last read, also where it was read before the mark. */
  @Nullable private SpoolEntry current;

  @Nullable private SpoolEntry next;
  private long dueNanos;
  private boolean ended;

  /**
   * @param mark where to go on; null for the beginning
   * @param atOnce how many items an element has at most
   * @param nanoClock decides when an item is due
   * @param endAsked whether it is to end before its files do
   */
  Replay(
      ReplaySource source,
      @Nullable ReplayMark mark,
      int atOnce,
      LongSupplier nanoClock,
      BooleanSupplier endAsked) {
    this.source = source;
    this.atOnce = atOnce;
    this.mark = mark == null ? new ReplayMark(0, -1) : mark;
    this.nanoClock = nanoClock;
    this.endAsked = endAsked;
    // The end is known without the files.
    this.ended = this.mark.read() == this.mark.of();
  }

  @Override
  public boolean start() throws IOException {
    if (ended) {
      return false;
    }
    SortedSpool spool = SpoolShelf.ofThisJvm().borrow(source);
    borrowed = true;
    cursor = spool.from(Math.max(0, mark.read() - 1));
    if (mark.of() >= 0 && mark.of() != spool.size()) {
      throw new IOException(
          "The files of this replay hold %d records; when it began they held %d"
              .formatted(spool.size(), mark.of()));
    }
    if (mark.read() > 0) {
      current = cursor.next();
    }
    mark = new ReplayMark(mark.read(), spool.size());
    dueNanos = nanoClock.getAsLong();
    return advance();
  }

  @Override
  public boolean advance() throws IOException {
    items = List.of();
    ended = ended || endAsked.getAsBoolean();
    List<TimestampedValue<ReplayItem>> due = new ArrayList<>();
    while (due.size() < atOnce && take()) {
      due.add(TimestampedValue.of(current.item(), inBeam(current.time())));
    }
    items = due;
    return !due.isEmpty();
  }

  private boolean take() throws IOException {
    if (ended) {
      return false;
    }
    if (next == null) {
      next = cursor.next();
      if (next == null) {
        ended = true;
        return false;
      }
      if (current != null && current.due() != RecordTimes.UNKNOWN) {
        dueNanos += source.speed().nanos(next.due() - current.due());
      }
    }
    if (source.speed().isPaced() && nanoClock.getAsLong() - dueNanos < 0) {
      return false;
    }
    current = next;
    next = null;
    mark = new ReplayMark(mark.read() + 1, mark.of());
    return true;
  }

  @Override
  public List<TimestampedValue<ReplayItem>> getCurrent() {
    if (items.isEmpty()) {
      throw new NoSuchElementException();
    }
    return items;
  }

  @Override
  public Instant getCurrentTimestamp() {
    Instant earliest = getCurrent().get(0).getTimestamp();
    for (TimestampedValue<ReplayItem> item : items) {
      earliest = item.getTimestamp().isBefore(earliest) ? item.getTimestamp() : earliest;
    }
    return earliest;
  }

  @Override
  public Instant getWatermark() {
    if (ended) {
      return BoundedWindow.TIMESTAMP_MAX_VALUE;
    }
    if (current == null || current.due() == RecordTimes.UNKNOWN) {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
    return inBeam(current.due() - source.order().maxDelay().toMillis());
  }

  private static Instant inBeam(long millis) {
    return Instant.ofEpochMilli(
        Math.max(
            BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(),
            Math.min(millis, BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis())));
  }

  @Override
  public ReplayMark getCheckpointMark() {
    return mark;
  }

  @Override
  public ReplaySource getCurrentSource() {
    return source;
  }

  @Override
  public void close() throws IOException {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    if (borrowed) {
      borrowed = false;
      SpoolShelf.ofThisJvm().giveBack(source, ended);
    }
  }
}
