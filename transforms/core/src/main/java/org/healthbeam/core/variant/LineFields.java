package org.healthbeam.core.variant;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads from a record's line what is not counted in the scan: other keys of INFO and FORMAT.
 *
 * <p>The samples must be asked for in order, since each is found behind the one before.
 */
public final class LineFields {
  private static final int INFO = 7;

  private final byte[] line;
  private final int from;
  private final int firstSample;
  private final int end;
  private int sample;
  private int at;

  LineFields(byte[] line, int from, int firstSample, int end) {
    this.line = line;
    this.from = from;
    this.firstSample = firstSample;
    this.end = end;
    this.at = firstSample;
  }

  /**
   * {@return the value of a key of INFO; empty if it has none, null if it is not there}
   *
   * @param key as it stands in the line, without an equals sign
   */
  @javax.annotation.Nullable
  public String info(String key) {
    int column = from;
    for (int i = 0; i < INFO; i++) {
      column = after('\t', column, end);
    }
    int stop = to('\t', column, end);
    while (column < stop) {
      int next = to(';', column, stop);
      int equal = to('=', column, next);
      if (key.equals(text(column, equal))) {
        return equal == next ? "" : text(equal + 1, next);
      }
      column = next + 1;
    }
    return null;
  }

  /**
   * {@return where a key stands in FORMAT; -1 if it is not there}
   *
   * @param key as it stands in the line, without a colon
   */
  public int formatKey(String key) {
    int stop = firstSample - 1;
    int begin = stop;
    while (begin > from && line[begin - 1] != '\t') {
      begin--;
    }
    return Arrays.asList(text(begin, stop).split(":", -1)).indexOf(key);
  }

  /**
   * Reads the whole numbers, separated by commas, that a sample has for a key.
   *
   * @param which the sample, not before the one that was asked for last
   * @param key where it stands in FORMAT
   * @param values takes the numbers, -1 for what is none
   * @return how many there are; values beyond the length of {@code values} are left out
   */
  public int numbers(int which, int key, int[] values) {
    while (sample < which) {
      at = after('\t', at, end);
      sample++;
    }
    int stop = to('\t', at, end);
    int field = at;
    for (int i = 0; i < key && field <= stop; i++) {
      field = after(':', field, stop);
    }
    if (field > stop) {
      return 0;
    }
    int fieldEnd = to(':', field, stop);
    int n = 0;
    while (field <= fieldEnd && n < values.length) {
      int comma = to(',', field, fieldEnd);
      values[n++] = Bytes.wholeNumber(line, field, comma);
      field = comma + 1;
    }
    return n;
  }

  private int to(char stop, int begin, int limit) {
    int i = begin;
    while (i < limit && line[i] != stop) {
      i++;
    }
    return i;
  }

  private int after(char stop, int begin, int limit) {
    return to(stop, begin, limit) + 1;
  }

  private String text(int begin, int stop) {
    return new String(line, begin, stop - begin, StandardCharsets.UTF_8);
  }
}
