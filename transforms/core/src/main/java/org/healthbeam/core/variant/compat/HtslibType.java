package org.healthbeam.core.variant.compat;

/**
 * What htslib takes an alternate allele for. A record is of all the types of its alternates.
 *
 * <p>It trims what reference and alternate have in common at both ends, so that {@code CAG>CG} and
 * {@code A>TA} are indels, and it compares single bases with regard to case.
 */
final class HtslibType {
  static final int REF = 0;
  static final int SNP = 1;
  static final int MNP = 2;
  static final int INDEL = 4;
  static final int OTHER = 8;
  static final int BREAKEND = 16;
  static final int OVERLAP = 32;

  private HtslibType() {}

  static int of(String ref, String alt) {
    if (alt.equals("*")) {
      return OVERLAP;
    }
    if (ref.length() == 1 && alt.length() == 1) {
      return alt.equals(".") || alt.equals("X") || alt.equals(ref) ? REF : SNP;
    }
    char first = alt.charAt(0);
    if (first == '<') {
      return alt.equals("<X>") || alt.equals("<*>") || alt.equals("<NON_REF>") ? REF : OTHER;
    }
    if (isBracket(first)) {
      return BREAKEND;
    }
    int shorter = Math.min(ref.length(), alt.length());
    int prefix = 0;
    while (prefix < shorter && same(ref.charAt(prefix), alt.charAt(prefix))) {
      prefix++;
    }
    if (prefix == ref.length() && prefix < alt.length() && isBracket(alt.charAt(prefix))) {
      return BREAKEND;
    }
    int suffix = 0;
    while (prefix + suffix < shorter
        && same(ref.charAt(ref.length() - 1 - suffix), alt.charAt(alt.length() - 1 - suffix))) {
      suffix++;
    }
    int different = shorter - prefix - suffix;
    if (ref.length() != alt.length()) {
      return different == 0 ? INDEL : OTHER;
    }
    return different == 0 ? REF : different == 1 ? SNP : MNP;
  }

  private static boolean isBracket(char c) {
    return c == '[' || c == ']';
  }

  private static boolean same(char a, char b) {
    return Character.toUpperCase(a) == Character.toUpperCase(b);
  }

  /** {@return the place in ACGT of an allele's first base; -1 if it is none of these} */
  static int base(String allele) {
    return "ACGT".indexOf(Character.toUpperCase(allele.charAt(0)));
  }
}
