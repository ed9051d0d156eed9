package org.healthbeam.core.vital.read;

import java.util.regex.Pattern;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Reads a decimal number strictly: what Java alone would take ({@code 1f}, {@code NaN}) is none.
 */
final class NumberText {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

  private NumberText() {}

  static boolean isNumber(String text) {
    return DECIMAL.matcher(text).matches();
  }

  static double parse(String text) throws RejectedException {
    if (!isNumber(text)) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "the value is not a number");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "the value is not finite");
    }
    return value;
  }
}
