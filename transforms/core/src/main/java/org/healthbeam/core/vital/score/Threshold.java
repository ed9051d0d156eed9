package org.healthbeam.core.vital.score;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    AT_LEAST(">="),
    ABOVE(">"),
    AT_MOST("<="),
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }
  }

  /** Reads {@code >=7} and the like. */
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

  /** Says whether it holds of a number. */
  public boolean holds(double number) {
    return switch (comparison) {
      case AT_LEAST -> number >= value;
      case ABOVE -> number > value;
      case AT_MOST -> number <= value;
      case BELOW -> number < value;
    };
  }

  /** Says whether greater numbers hold it. */
  public boolean isUpper() {
    return comparison == Comparison.AT_LEAST || comparison == Comparison.ABOVE;
  }

  @Override
  public String toString() {
    String number = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
    return comparison.sign + number;
  }
}
