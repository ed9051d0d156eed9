package org.healthbeam.core.variant.reference;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One allele without the bases that reference and alternate share; serves many in turn. */
final class MinimalAllele {
  /** So many bases of both alleles find room in one number beside the place. */
  static final int SHORT = 12;

  private static final int LENGTH_BITS = 4;

  private int pos;
  private String ref = "";
  private String alt = "";
  private int from;
  private int refTo;
  private int altTo;

  void set(int recordPos, String recordRef, String recordAlt) {
    ref = recordRef;
    alt = recordAlt;
    from = 0;
    refTo = ref.length();
    altTo = alt.length();
    while (refTo > 1 && altTo > 1 && base(ref, refTo - 1) == base(alt, altTo - 1)) {
      refTo--;
      altTo--;
    }
    while (from < refTo - 1 && from < altTo - 1 && base(ref, from) == base(alt, from)) {
      from++;
    }
    pos = recordPos + from;
  }

  int pos() {
    return pos;
  }

  /**
   * {@return place, lengths and bases as one number that is 0 or more, in the order of the places;
   * -1 if the alleles are too long, or have something else than A, C, G and T}
   */
  long code() {
    int refLength = refTo - from;
    int altLength = altTo - from;
    if (refLength + altLength > SHORT) {
      return -1;
    }
    long code = ((long) refLength << LENGTH_BITS) | altLength;
    for (int i = 0; i < SHORT; i++) {
      int base = 0;
      if (i < refLength) {
        base = index(base(ref, from + i));
      } else if (i < refLength + altLength) {
        base = index(base(alt, from + i - refLength));
      }
      if (base < 0) {
        return -1;
      }
      code = (code << 2) | base;
    }
    return ((long) pos << 32) | code;
  }

  /** {@return the bases of both, in upper case, with a slash between} */
  byte[] bytes() {
    return (ref.substring(from, refTo) + "/" + alt.substring(from, altTo))
        .toUpperCase(Locale.ROOT)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int index(char base) {
    return switch (base) {
      case 'A' -> 0;
      case 'C' -> 1;
      case 'G' -> 2;
      case 'T' -> 3;
      default -> -1;
    };
  }

  private static char base(String allele, int i) {
    char c = allele.charAt(i);
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }
}
