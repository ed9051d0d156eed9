package org.healthbeam.core.vital;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of numbers whose ends belong to it or not, written {@code (0, 300]}.
 *
 * @param low the lower end
 * @param lowClosed whether the lower end belongs to it
 * @param high the upper end
 * @param highClosed whether the upper end belongs to it
 */
public record Interval(double low, boolean lowClosed, double high, boolean highClosed)
    implements Serializable {
  private static final Pattern SYNTAX =
      Pattern.compile("([\\[(])\\s*(-?[0-9.]+)\\s*,\\s*(-?[0-9.]+)\\s*([\\])])");

  /**
   * Refuses an interval whose lower end is not below its upper one; so no end is NaN.
   *
   * @param low the lower end
   * @param lowClosed whether the lower end belongs to it
   * @param high the upper end
   * @param highClosed whether the upper end belongs to it
   */
  public Interval {
    if (!(low < high)) {
      throw new IllegalArgumentException("interval from " + low + " to " + high + " is empty");
    }
  }

  /**
   * Reads {@code [32, 44]}, {@code (0, 300)} and their mixtures.
   *
   * @param text two numbers with a comma between them, in brackets that say whether the ends belong
   *     to it
   * @return the interval
   * @throws IllegalArgumentException if the text has another form, or the interval is empty
   */
  public static Interval parse(String text) {
    Matcher m = SYNTAX.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "interval '" + text.strip() + "' is not written like [0, 300] or (0, 300)");
    }
    return new Interval(
        Double.parseDouble(m.group(2)),
        m.group(1).equals("["),
        Double.parseDouble(m.group(3)),
        m.group(4).equals("]"));
  }

  /**
   * {@return whether the value lies within}
   *
   * @param value NaN lies within none
   */
  public boolean contains(double value) {
    return (lowClosed ? value >= low : value > low) && (highClosed ? value <= high : value < high);
  }

  @Override
  public String toString() {
    return (lowClosed ? "[" : "(") + low + ", " + high + (highClosed ? "]" : ")");
  }
}
