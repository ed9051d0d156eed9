package org.healthbeam.core.code.count;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import javax.annotation.Nullable;

/**
 * How often a code came, and with which display. An empty display is none, and only counts.
 *
 * <p>Of a code with more than {@value #MOST} displays those that come first in order are told
 * apart, so that memory is bounded. What comes out does not hang on the order in which anything was
 * added: a display that is among the first in the end was so at any time before.
 */
public final class CodeDisplays {
  /** So many displays of a code are told apart. */
  static final int MOST = 16;

  // Most codes have one display.
  private String only = "";
  private long ofOnly;
  @Nullable private TreeMap<String, Long> several;
  private long total;

  /**
   * Counts a code with a display.
   *
   * @param display may be empty
   * @param n how often, from 1
   */
  public void add(String display, long n) {
    total += n;
    if (display.isEmpty()) {
      return;
    }
    if (several == null) {
      if (ofOnly == 0 || only.equals(display)) {
        only = display;
        ofOnly += n;
        return;
      }
      several = new TreeMap<>(Map.of(only, ofOnly));
    }
    several.merge(display, n, Long::sum);
    if (several.size() > MOST) {
      several.pollLastEntry();
    }
  }

  void addAll(CodeDisplays other) {
    other.forEach(this::add);
  }

  /** {@return how often the code came} */
  public long total() {
    return total;
  }

  /** {@return how many displays are told apart, at least 1} */
  int size() {
    return several == null ? 1 : several.size();
  }

  /** {@return the most frequent display, of equally frequent ones the first; empty if none is} */
  public String best() {
    if (several == null) {
      return only;
    }
    String best = "";
    long most = 0;
    for (Map.Entry<String, Long> each : several.entrySet()) {
      if (each.getValue() > most) {
        best = each.getKey();
        most = each.getValue();
      }
    }
    return best;
  }

  /** Shows each display with its number, and an empty one with the number of all others. */
  void forEach(ObjLongConsumer<String> taker) {
    long rest = total;
    if (several != null) {
      for (Map.Entry<String, Long> each : several.entrySet()) {
        taker.accept(each.getKey(), each.getValue());
        rest -= each.getValue();
      }
    } else if (ofOnly > 0) {
      taker.accept(only, ofOnly);
      rest -= ofOnly;
    }
    if (rest > 0) {
      taker.accept("", rest);
    }
  }
}
