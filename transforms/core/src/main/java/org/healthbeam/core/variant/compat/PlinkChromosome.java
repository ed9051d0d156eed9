package org.healthbeam.core.variant.compat;

import java.util.Locale;

/** What PLINK 2 takes a sequence for, without the samples' sexes and for the human genome. */
enum PlinkChromosome {
  /** 1 to 22, the pseudo-autosomal regions, and sequences of other names. */
  AUTOSOME,
  /** Diploid, for samples of unknown sex. */
  X,
  /** Counted for males only, of which none is known. */
  Y,
  MT;

  static PlinkChromosome of(String contig) {
    return switch (code(contig)) {
      case "X" -> X;
      case "Y" -> Y;
      case "MT" -> MT;
      default -> AUTOSOME;
    };
  }

  /** {@return the name that PLINK 2 writes} */
  static String code(String contig) {
    boolean prefixed = contig.length() > 3 && contig.regionMatches(true, 0, "chr", 0, 3);
    String name = (prefixed ? contig.substring(3) : contig).replaceFirst("^0+(?=.)", "");
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "X", "23" -> "X";
      case "Y", "24" -> "Y";
      case "XY", "25" -> "XY";
      case "M", "MT", "26" -> "MT";
      case "PAR1" -> "PAR1";
      case "PAR2" -> "PAR2";
      default -> name.matches("[1-9]|1[0-9]|2[0-2]") ? name : contig;
    };
  }

  boolean isHaploid() {
    return this == Y || this == MT;
  }
}
