package org.healthbeam.core.vital.score;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comparison with a number, written {@code >=7}, {@code >0.9}, {@code <=40} or {@code <65}.
 *
 * @param comparison how it is compared
 * @param value with what
 */
public record Threshold(Comparison comparison, double value) implements Serializable {
  private static final Pattern SYNTAX = Pattern.compile("(>=|<=|>|<)\\s*(-?[0-9]+(?:\\.[0-9]+)?)");

  /** How a number is compared; {@link Double#NaN} never holds. */
  public enum Comparison {
    /** The number or a greater one. */
    AT_LEAST(">="),
    /** A greater one. */
    ABOVE(">"),
    /** The number or a lesser one. */
    AT_MOST("<="),
    /** A lesser one. */
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }
  }

  /**
   * Reads {@code >=7} and the like.
   *
   * @param text with white space around it or without
   * @return the threshold
   * @throws IllegalArgumentException if the text has another form
   */
  public static Threshold parse(String text) {
    Matcher m = SYNTAX.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "threshold '" + text.strip() + "' is not written like >=7, >0.9, <=40 or <65");
    }
    for (Comparison comparison : Comparison.values()) {
      if (comparison.sign.equals(m.group(1))) {
        return new Threshold(comparison, Double.parseDouble(m.group(2)));
      }
    }
    throw new AssertionError(m.group(1));
  }

  /**
   * {@return whether it holds of a number}
   *
   * @param number any; a threshold never holds of NaN
   */
  public boolean holds(double number) {
    return switch (comparison) {
      case AT_LEAST -> number >= value;
      case ABOVE -> number > value;
      case AT_MOST -> number <= value;
      case BELOW -> number < value;
    };
  }

  /**
   * {@return whether a number holds all of both, neither of which is empty}
   *
   * @param some thresholds of one number, all of which must hold
   * @param others thresholds of the same number, all of which must hold
   */
  public static boolean haveCommonNumber(List<Threshold> some, List<Threshold> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return false;
    }
    double least = Double.NEGATIVE_INFINITY;
    double greatest = Double.POSITIVE_INFINITY;
    boolean open = false;
    for (Threshold t : Stream.concat(some.stream(), others.stream()).toList()) {
      if (t.isUpper()) {
        least = Math.max(least, t.value);
      } else {
        greatest = Math.min(greatest, t.value);
      }
    }
    for (Threshold t : Stream.concat(some.stream(), others.stream()).toList()) {
      open |= t.comparison == Comparison.ABOVE && t.value == least;
      open |= t.comparison == Comparison.BELOW && t.value == greatest;
    }
    return least < greatest || (least == greatest && !open);
  }

  /** {@return whether greater numbers hold it} */
  public boolean isUpper() {
    return comparison == Comparison.AT_LEAST || comparison == Comparison.ABOVE;
  }

  @Override
  public String toString() {
    String number = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
    return comparison.sign + number;
  }
}
