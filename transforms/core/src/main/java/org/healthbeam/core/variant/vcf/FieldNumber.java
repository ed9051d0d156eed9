package org.healthbeam.core.variant.vcf;

import java.util.Map;
import javax.annotation.Nullable;

/**
 * How many values a key has; source: VCF 4.2, section 1.2.2; P: 4.4, 1.4.2; LA, LR, LG, M: 4.5,
 * 1.4.4.
 *
 * @param per of what there is a value each
 * @param n the number, where it is one
 */
public record FieldNumber(Per per, int n) {
  /** Of what there is a value each. */
  public enum Per {
    /** A number that is written out. */
    FIXED,
    /** A: a value for each alternate allele. */
    ALTERNATE,
    /** R: a value for each allele, the reference included. */
    ALLELE,
    /** G: a value for each genotype that the alleles and the ploidy allow. */
    GENOTYPE,
    /** A dot: any number of values. */
    UNKNOWN,
    /** P: a value for each allele of the sample's genotype. */
    CALLED_ALLELE,
    /** LA: a value for each alternate that LAA names. */
    LOCAL_ALTERNATE,
    /** LR: a value for the reference and each alternate that LAA names. */
    LOCAL_ALLELE,
    /** LG: a value for each genotype of the alleles that LAA names. */
    LOCAL_GENOTYPE,
    /** M: a value for each possible base modification. */
    MODIFICATION
  }

  private static final Map<String, Per> SYMBOLS =
      Map.of(
          "A", Per.ALTERNATE,
          "R", Per.ALLELE,
          "G", Per.GENOTYPE,
          ".", Per.UNKNOWN,
          "P", Per.CALLED_ALLELE,
          "LA", Per.LOCAL_ALTERNATE,
          "LR", Per.LOCAL_ALLELE,
          "LG", Per.LOCAL_GENOTYPE,
          "M", Per.MODIFICATION);
  private static final int SINCE_P = 4;
  private static final int SINCE_LOCAL = 5;

  /** {@return what this text means in VCF 4.{@code minor}, or null if it means nothing} */
  @Nullable
  static FieldNumber of(String text, int minor, boolean format) {
    if (text.matches("[0-9]{1,9}")) {
      return new FieldNumber(Per.FIXED, Integer.parseInt(text));
    }
    Per per = SYMBOLS.get(text);
    if (per == null) {
      return null;
    }
    int since =
        switch (per) {
          case ALTERNATE, ALLELE, GENOTYPE, UNKNOWN -> 0;
          case CALLED_ALLELE -> SINCE_P;
          default -> SINCE_LOCAL;
        };
    return minor < since || (since > 0 && !format) ? null : new FieldNumber(per, 0);
  }

  /** {@return it as the header writes it} */
  String text() {
    if (per == Per.FIXED) {
      return Integer.toString(n);
    }
    return SYMBOLS.entrySet().stream()
        .filter(e -> e.getValue() == per)
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
