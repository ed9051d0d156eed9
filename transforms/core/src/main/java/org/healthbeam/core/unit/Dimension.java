package org.healthbeam.core.unit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a unit measures: exponents of the base units, none of them zero.
 *
 * <p>An arbitrary unit (UCUM section 24) is commensurable with nothing but itself, so that it is a
 * base of its own.
 *
 * @param exponents base unit to exponent
 */
record Dimension(Map<String, Integer> exponents) {
  static final Dimension NONE = new Dimension(Map.of());

  Dimension {
    exponents = Collections.unmodifiableMap(new TreeMap<>(exponents));
  }

  static Dimension of(String base) {
    return new Dimension(Map.of(base, 1));
  }

  /** {@return this times {@code other} to the power of {@code exponent}} */
  Dimension times(Dimension other, int exponent) {
    Map<String, Integer> sum = new TreeMap<>(exponents);
    other.exponents.forEach(
        (base, e) ->
            sum.merge(base, e * exponent, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b)));
    sum.values().removeIf(e -> e == 0);
    return new Dimension(sum);
  }

  boolean isNone() {
    return exponents.isEmpty();
  }

  /** {@return the base units as a UCUM term, in alphabetical order; {@code 1} if there is none} */
  String term() {
    if (exponents.isEmpty()) {
      return "1";
    }
    StringBuilder term = new StringBuilder();
    exponents.forEach(
        (base, e) -> {
          if (term.length() > 0) {
            term.append('.');
          }
          term.append(base);
          if (e != 1) {
            term.append(e);
          }
        });
    return term.toString();
  }
}
