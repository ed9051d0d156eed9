package org.healthbeam.core.vital.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.healthbeam.core.vital.VitalKind;

/**
 * The {@link ReadingGaps} of a series that has no end: hours before which nothing can come any more
 * are let go, and what they come to is 40 bytes, however long the series is.
 *
 * <p>Readings may be added in any order until {@link #letGo} was called with a time after theirs;
 * one in an hour that was let go, or before it, is passed over. Then the result is that of {@link
 * ReadingHours} with all readings. It holds 16 bytes for each hour with a reading that was not let
 * go, and twice that while it grows. Not safe for threads; {@link #write} changes nothing.
 */
public final class RunningGaps {
  private static final long NONE = Long.MIN_VALUE;

  private final ReadingHours open;
  private long first = NONE;
  private long last = NONE;
  private long hoursWithReading;
  private long longest;
  private long longestFrom;

  /** Makes one without readings. */
  public RunningGaps() {
    this(new ReadingHours());
  }

  private RunningGaps(ReadingHours open) {
    this.open = open;
  }

  /**
   * Takes a reading at this time, in milliseconds since 1970.
   *
   * @param millis any; what is finer than a minute is not kept
   * @return whether anything is different now
   */
  public boolean add(long millis) {
    return (last == NONE || ReadingHours.hourOf(millis) > ReadingHours.hourOf(last))
        && open.add(millis);
  }

  /**
   * Lets go the hours that end at or before this time, in milliseconds since 1970.
   *
   * @param millis before which no reading will come
   * @return whether there were any with a reading
   */
  public boolean letGo(long millis) {
    ReadingHours before = open.takeBefore(millis);
    if (before.hoursWithReading() == 0) {
      return false;
    }
    if (first == NONE) {
      first = before.first();
      longestFrom = first;
    } else if (before.first() - last > longest) {
      longest = before.first() - last;
      longestFrom = last;
    }
    long[] inside = before.longestGap();
    if (inside[0] > longest) {
      longest = inside[0];
      longestFrom = inside[1];
    }
    hoursWithReading += before.hoursWithReading();
    last = before.last();
    return true;
  }

  /** {@return how many hours with a reading are held} */
  public long held() {
    return open.hoursWithReading();
  }

  /**
   * {@return the gaps; there must have been a reading, and none may be added after this}
   *
   * @param subject whose readings they are
   * @param kind what was measured
   */
  public ReadingGaps end(String subject, VitalKind kind) {
    letGo(Long.MAX_VALUE);
    return new ReadingGaps(
        subject,
        kind,
        Instant.ofEpochMilli(first),
        Instant.ofEpochMilli(last),
        ReadingHours.hourOf(last) - ReadingHours.hourOf(first) + 1,
        hoursWithReading,
        Duration.ofMillis(longest),
        Instant.ofEpochMilli(longestFrom));
  }

  /**
   * Writes it.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    for (long each : new long[] {first, last, hoursWithReading, longest, longestFrom}) {
      out.writeLong(each);
    }
    open.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static RunningGaps read(DataInput in) throws IOException {
    long[] numbers = new long[5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readLong();
    }
    RunningGaps gaps = new RunningGaps(ReadingHours.read(in));
    gaps.first = numbers[0];
    gaps.last = numbers[1];
    gaps.hoursWithReading = numbers[2];
    gaps.longest = numbers[3];
    gaps.longestFrom = numbers[4];
    return gaps;
  }

  /** Shows nothing of the content: it is a patient's. */
  @Override
  public String toString() {
    return "RunningGaps(" + held() + ")";
  }
}
