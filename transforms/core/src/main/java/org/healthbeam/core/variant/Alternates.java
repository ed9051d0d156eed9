package org.healthbeam.core.variant;

import java.util.regex.Pattern;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/** What an ALT column may have. */
final class Alternates {
  private static final String MATE = "([^\\[\\]<>\\s,]+:[0-9]+|<[^\\[\\]<>\\s,]+>(:[0-9]+)?)";
  private static final String PAIR = "(\\[" + MATE + "\\[|\\]" + MATE + "\\])";
  private static final Pattern BREAKEND =
      Pattern.compile("(?i)[ACGTN.]+" + PAIR + "|" + PAIR + "[ACGTN.]+");

  private Alternates() {}

  static boolean isValid(String alt) {
    int length = alt.length();
    if (length == 0) {
      return false;
    }
    if (areBases(alt, 0, length) || alt.equals("*")) {
      return true;
    }
    char first = alt.charAt(0);
    char last = alt.charAt(length - 1);
    if (alt.indexOf('[') >= 0 || alt.indexOf(']') >= 0) {
      return BREAKEND.matcher(alt).matches();
    }
    int open = alt.indexOf('<');
    if (open >= 0) {
      int close = alt.indexOf('>');
      // Bases beside it: a whole contig of the assembly file is inserted (VCF 4.1, section 5.4).
      return close > open + 1
          && isId(alt, open + 1, close)
          && (open == 0 || (last == '>' && areBases(alt, 0, open)))
          && (close == length - 1 || (first == '<' && areBases(alt, close + 1, length)));
    }
    return length > 1
        && ((first == '.' && areBases(alt, 1, length))
            || (last == '.' && areBases(alt, 0, length - 1)));
  }

  private static boolean areBases(String alt, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (alt.charAt(i)) {
        case 'A', 'C', 'G', 'T', 'N', 'a', 'c', 'g', 't', 'n' -> {}
        default -> {
          return false;
        }
      }
    }
    return to > from;
  }

  private static boolean isId(String alt, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = alt.charAt(i);
      if (c <= ' ' || c == '<' || c == '>') {
        return false;
      }
    }
    return true;
  }

  /** An allele of bases stands once; symbolic ones may differ in INFO only. */
  static void checkDistinct(ScannedRecord r, int alleles, Violations violations)
      throws RejectedException {
    for (int i = 1; i < alleles; i++) {
      if (r.types[i].index() > AlleleType.COMPLEX.index()) {
        continue;
      }
      // A substitution has another base.
      boolean twice = r.substitutions[i] < 0 && r.alleles[i].equalsIgnoreCase(r.ref);
      if (twice && r.refRepaired) {
        throw violations.broken(VcfRule.REF_AMBIGUOUS_ALT);
      }
      for (int k = 1; k < i; k++) {
        twice |= r.alleles[i].equalsIgnoreCase(r.alleles[k]);
      }
      if (twice) {
        throw violations.broken(VcfRule.ALT_TWICE);
      }
    }
  }
}
