package org.healthbeam.core.vital.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The minutes in which a series has readings: for each hour with a reading, 60 bits.
 *
 * <p>Adding and merging in any order, and adding again, come to the same. It holds 16 bytes for
 * each hour that has a reading, and twice that while it grows. Not safe for threads.
 */
public final class ReadingHours {
  private static final int MINUTES = 60;
  private static final long MINUTE_MILLIS = 60_000;

  private long[] hours = new long[4];
  private long[] minutes = new long[4];
  private int size;

  /**
   * Takes a reading at this time, in milliseconds since 1970.
   *
   * @param millis any; what is finer than a minute is not kept
   * @return whether its minute had none
   */
  public boolean add(long millis) {
    long minute = Math.floorDiv(millis, MINUTE_MILLIS);
    return or(hourOf(millis), 1L << Math.floorMod(minute, MINUTES));
  }

  /** {@return the hour of a time in milliseconds, counted since 1970} */
  static long hourOf(long millis) {
    return Math.floorDiv(millis, MINUTES * MINUTE_MILLIS);
  }

  /** Takes the hours that end at or before a time out of this and returns them. */
  ReadingHours takeBefore(long millis) {
    ReadingHours taken = new ReadingHours();
    long end = hourOf(millis);
    while (taken.size < size && hours[taken.size] < end) {
      taken.or(hours[taken.size], minutes[taken.size]);
    }
    size -= taken.size;
    System.arraycopy(hours, taken.size, hours, 0, size);
    System.arraycopy(minutes, taken.size, minutes, 0, size);
    return taken;
  }

  /**
   * Takes the readings of another.
   *
   * @param other is not changed
   */
  public void addAll(ReadingHours other) {
    for (int i = 0; i < other.size; i++) {
      or(other.hours[i], other.minutes[i]);
    }
  }

  private boolean or(long hour, long bits) {
    int at =
        size > 0 && hour > hours[size - 1] ? -size - 1 : Arrays.binarySearch(hours, 0, size, hour);
    if (at < 0) {
      at = -at - 1;
      if (size == hours.length) {
        hours = Arrays.copyOf(hours, 2 * size);
        minutes = Arrays.copyOf(minutes, 2 * size);
      }
      System.arraycopy(hours, at, hours, at + 1, size - at);
      System.arraycopy(minutes, at, minutes, at + 1, size - at);
      hours[at] = hour;
      minutes[at] = 0;
      size++;
    }
    boolean more = (minutes[at] | bits) != minutes[at];
    minutes[at] |= bits;
    return more;
  }

  /** {@return how many hours have a reading} */
  public long hoursWithReading() {
    return size;
  }

  /** {@return how many hours there are from the first reading's to the last one's} */
  public long hours() {
    return size == 0 ? 0 : hours[size - 1] - hours[0] + 1;
  }

  /** {@return the minute of the first reading, in milliseconds since 1970} */
  public long first() {
    return (hours[0] * MINUTES + Long.numberOfTrailingZeros(minutes[0])) * MINUTE_MILLIS;
  }

  /** {@return the minute of the last reading, in milliseconds since 1970} */
  public long last() {
    long bit = Long.SIZE - 1L - Long.numberOfLeadingZeros(minutes[size - 1]);
    return (hours[size - 1] * MINUTES + bit) * MINUTE_MILLIS;
  }

  /**
   * {@return the longest time between two minutes that have a reading and have none between them,
   * in milliseconds, and the first of the two: the earliest such pair}
   */
  public long[] longestGap() {
    long before = first();
    long[] longest = {0, before};
    for (int i = 0; i < size; i++) {
      for (long left = minutes[i]; left != 0; left &= left - 1) {
        long now = (hours[i] * MINUTES + Long.numberOfTrailingZeros(left)) * MINUTE_MILLIS;
        if (now - before > longest[0]) {
          longest[0] = now - before;
          longest[1] = before;
        }
        before = now;
      }
    }
    return longest;
  }

  /**
   * Writes it.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeInt(Math.toIntExact(hours[i]));
      out.writeLong(minutes[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static ReadingHours read(DataInput in) throws IOException {
    ReadingHours read = new ReadingHours();
    int n = in.readInt();
    for (int i = 0; i < n; i++) {
      int hour = in.readInt();
      read.or(hour, in.readLong());
    }
    return read;
  }
}
