package org.healthbeam.core.variant;

import java.util.Locale;

/**
 * What an alternate allele is, seen against the reference allele of its record.
 *
 * <p>Alleles are not normalised: {@code ACT>ACG} differs at one place and is a SNP.
 */
public enum AlleleType {
  /** One base in place of another, perhaps with equal bases around it. */
  SNP,
  /** Of the length of the reference allele, with other bases at two places or more. */
  MNP,
  /** The reference allele with bases put in after its first base. */
  INSERTION,
  /** The reference allele with bases taken out after its first base. */
  DELETION,
  /** Of unlike length, and neither insertion nor deletion. */
  COMPLEX,
  /** {@code *}: the base is gone in this chromosome, by a deletion that another record tells. */
  STAR,
  /** {@code <DEL>} and the like, and {@code C<ctg1>}, a contig that is inserted. */
  SYMBOLIC,
  /** {@code G]17:198982]} and the like, and single breakends {@code G.} and {@code .G}. */
  BREAKEND,
  /** No alternate at all: {@code .}, {@code <NON_REF>}, {@code <*>}, older {@code <X>}. */
  REFERENCE;

  private static final String BASES = "ACGT";

  private final String label = name().toLowerCase(Locale.ROOT);

  /** {@return the name as it stands in files} */
  public String label() {
    return label;
  }

  /**
   * {@return the place in arrays that have one cell for each; arrays are never kept longer than a
   * run}
   */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  static int count() {
    return values().length;
  }

  /**
   * {@return the type with this {@link #label}}
   *
   * @param label as {@link #label} gives it, in any case
   * @throws IllegalArgumentException if no type has it
   */
  public static AlleleType ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** {@return whether it is an alternate that is counted as one} */
  public boolean isVariant() {
    return this != REFERENCE;
  }

  /** {@return whether an alternate of this type is written in bases} */
  boolean isOfBases() {
    return switch (this) {
      case SNP, MNP, INSERTION, DELETION, COMPLEX -> true;
      case STAR, SYMBOLIC, BREAKEND, REFERENCE -> false;
    };
  }

  /**
   * Says what {@code alt} is against {@code ref}; both as they stand in the record, any case.
   *
   * @param ref one base or more
   * @param alt one character or more
   * @return its type, never null
   */
  public static AlleleType of(String ref, String alt) {
    int last = alt.length() - 1;
    char first = alt.charAt(0);
    if (last == 0 && isLetter(first)) {
      return ofBases(ref, alt);
    }
    if (alt.equals("*")) {
      return STAR;
    }
    if (alt.equals(".") || alt.equals("<NON_REF>") || alt.equals("<*>") || alt.equals("<X>")) {
      return REFERENCE;
    }
    if (alt.indexOf('[') >= 0 || alt.indexOf(']') >= 0 || first == '.' || alt.charAt(last) == '.') {
      return BREAKEND;
    }
    if (alt.indexOf('<') >= 0) {
      return SYMBOLIC;
    }
    return ofBases(ref, alt);
  }

  private static AlleleType ofBases(String ref, String alt) {
    if (ref.length() == alt.length()) {
      int different = 0;
      for (int i = 0; i < ref.length(); i++) {
        if (base(ref, i) != base(alt, i)) {
          different++;
        }
      }
      return different > 1 ? MNP : SNP;
    }
    if (base(ref, 0) != base(alt, 0)) {
      return COMPLEX;
    }
    String longer = ref.length() > alt.length() ? ref : alt;
    String shorter = ref.length() > alt.length() ? alt : ref;
    int tail = shorter.length() - 1;
    if (!longer.regionMatches(true, longer.length() - tail, shorter, 1, tail)) {
      return COMPLEX;
    }
    return alt.length() > ref.length() ? INSERTION : DELETION;
  }

  /**
   * {@return which of the 16 pairs of bases a SNP is: four times the reference base plus the
   * alternate base, each by its place in {@code ACGT}; -1 if one of them is no such base}
   *
   * @param ref the reference allele of a {@link #SNP}
   * @param alt its alternate, as long as {@code ref}
   */
  public static int substitution(String ref, String alt) {
    for (int i = 0; i < ref.length(); i++) {
      if (base(ref, i) != base(alt, i)) {
        int from = BASES.indexOf(base(ref, i));
        int to = BASES.indexOf(base(alt, i));
        return from < 0 || to < 0 ? -1 : 4 * from + to;
      }
    }
    return -1;
  }

  /**
   * {@return whether a pair of bases of {@link #substitution} is A↔G or C↔T}
   *
   * @param substitution from 0 to 15
   */
  public static boolean isTransition(int substitution) {
    return Math.abs(substitution / 4 - substitution % 4) == 2;
  }

  /**
   * {@return a pair of bases of {@link #substitution} as {@code A>G}}
   *
   * @param substitution from 0 to 15
   */
  public static String substitutionLabel(int substitution) {
    return BASES.charAt(substitution / 4) + ">" + BASES.charAt(substitution % 4);
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static char base(String allele, int i) {
    char c = allele.charAt(i);
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }
}
