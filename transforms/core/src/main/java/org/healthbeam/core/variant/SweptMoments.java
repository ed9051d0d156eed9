package org.healthbeam.core.variant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The moments of each of a row of records to which values were added from one record to another.
 *
 * <p>Its size is the number of different values by the number of records at which one begins or
 * ends, however many are added.
 */
public final class SweptMoments {
  private final List<Map<Long, Long>> changes = new ArrayList<>();

  /**
   * Makes one for so many records.
   *
   * @param records how many, 0 or more
   */
  public SweptMoments(int records) {
    for (int i = 0; i <= records; i++) {
      changes.add(null);
    }
  }

  /**
   * Adds a value to each record from {@code from} to before {@code to}.
   *
   * @param from the place of the first record, from 0
   * @param to one after the last; nothing is added if it is not after {@code from}
   * @param value between -2^40 and 2^40
   */
  public void add(int from, int to, long value) {
    if (from < to) {
      change(from, value, 1);
      change(to, value, -1);
    }
  }

  private void change(int at, long value, long by) {
    Map<Long, Long> here = changes.get(at);
    if (here == null) {
      here = new HashMap<>();
      changes.set(at, here);
    }
    here.merge(value, by, Long::sum);
  }

  /**
   * Walks over the records in their order.
   *
   * @return a walk that stands before the first record; nothing may be added during it
   */
  public Walk walk() {
    return new Walk();
  }

  /** Is at one record after the other. */
  public final class Walk {
    private final TreeMap<Long, Long> values = new TreeMap<>();
    private final Moments moments = new Moments();
    private int next;

    /** {@return the moments of the next record} */
    public Moments next() {
      Map<Long, Long> here = changes.get(next++);
      if (here != null) {
        here.forEach(this::change);
      }
      if (values.isEmpty()) {
        return new Moments();
      }
      moments.setBounds(values.firstKey(), values.lastKey());
      return moments.copy();
    }

    private void change(long value, long by) {
      if (by != 0) {
        moments.addTimes(value, by);
        values.merge(value, by, (a, b) -> a + b == 0 ? null : a + b);
      }
    }
  }
}
