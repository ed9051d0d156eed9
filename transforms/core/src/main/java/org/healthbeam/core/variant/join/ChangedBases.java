package org.healthbeam.core.variant.join;

import org.healthbeam.core.variant.AlleleType;

/**
 * The bases of its record that an allele changes.
 *
 * @param from the first, counted from 0 at POS
 * @param to one after the last; if no base is changed, as by an insertion, both are 0
 */
record ChangedBases(long from, long to) implements Comparable<ChangedBases> {
  static final ChangedBases NONE = new ChangedBases(0, 0);

  /**
   * {@return what an alternate changes: what is left of the reference without the bases that both
   * begin with and those that both then end with} A star and {@code <NON_REF>} change all of the
   * span; a symbolic allele and a breakend none of it, since the record does not tell which.
   */
  static ChangedBases of(String ref, String alt, long span) {
    return switch (AlleleType.of(ref, alt)) {
      case STAR, REFERENCE -> new ChangedBases(0, span);
      case SYMBOLIC, BREAKEND -> NONE;
      default -> ofBases(ref, alt);
    };
  }

  private static ChangedBases ofBases(String ref, String alt) {
    int shorter = Math.min(ref.length(), alt.length());
    int prefix = 0;
    while (prefix < shorter && ref.regionMatches(true, prefix, alt, prefix, 1)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < shorter - prefix
        && ref.regionMatches(true, ref.length() - suffix - 1, alt, alt.length() - suffix - 1, 1)) {
      suffix++;
    }
    int end = ref.length() - suffix;
    return end == prefix ? NONE : new ChangedBases(prefix, end);
  }

  @Override
  public int compareTo(ChangedBases other) {
    int byFrom = Long.compare(from, other.from);
    return byFrom != 0 ? byFrom : Long.compare(to, other.to);
  }

  boolean isNone() {
    return from == to;
  }

  boolean has(long place) {
    return place >= from && place < to;
  }
}
