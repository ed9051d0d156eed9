package org.healthbeam.core.variant.vcf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Judges the values of samples by what the header or, if it is silent, the specification declares
 * for the keys of one FORMAT. What is counted (GT, DP, GQ, LEN) has rules of its own.
 *
 * <p>Where ALT is a dot, the record does not tell its alleles, and no number of them is expected;
 * where GT is missing as a whole, no ploidy.
 */
public final class SampleChecks {
  private static final Set<String> COUNTED = Set.of("GT", "DP", "GQ", "LEN");

  /** Depths, counts, qualities in phred scale, and the number of a phase set. */
  private static final Set<String> NOT_NEGATIVE =
      Set.of(
          "AD", "ADF", "ADR", "EC", "HQ", "MQ", "PL", "PP", "PQ", "PS", "LAD", "LADF", "LADR",
          "LEC", "LPL", "LPP");

  /** From this version on GP is a probability; before, it is in phred scale. */
  private static final int PROBABILITIES = 3;

  /** What is judged beside number and type. */
  private enum Content {
    ANYTHING,
    NOT_NEGATIVE,
    PROBABILITY,
    FILTERS
  }

  private static final String LOCAL_ALTERNATES = "LAA";
  private static final int ANY = -1;
  private static final int SAFE_DIGITS = 9;

  private final FieldType[] types;
  private final FieldNumber[] numbers;
  private final Content[] contents;
  private final boolean[] isLaa;
  private final int[] expected;
  private final boolean ploidyAssumed;
  private int alleles;
  private int local;

  private SampleChecks(List<String> keys, Map<String, Field> fields, int minor) {
    types = new FieldType[keys.size()];
    numbers = new FieldNumber[keys.size()];
    contents = new Content[keys.size()];
    isLaa = new boolean[keys.size()];
    expected = new int[keys.size()];
    ploidyAssumed = !keys.contains("GT");
    for (int k = 0; k < types.length; k++) {
      Field field = fields.get(keys.get(k));
      if (field == null || COUNTED.contains(field.id()) || isAnything(field)) {
        continue;
      }
      types[k] = field.type();
      numbers[k] = field.number();
      contents[k] = contentOf(field, minor);
      isLaa[k] = field.id().equals(LOCAL_ALTERNATES);
    }
  }

  private static Content contentOf(Field field, int minor) {
    boolean numeric = field.type() == FieldType.INTEGER || field.type() == FieldType.FLOAT;
    if (numeric && NOT_NEGATIVE.contains(field.id())) {
      return Content.NOT_NEGATIVE;
    }
    return switch (field.id()) {
      case "GP" ->
          !numeric
              ? Content.ANYTHING
              : minor >= PROBABILITIES ? Content.PROBABILITY : Content.NOT_NEGATIVE;
      case "FT" -> field.type() == FieldType.STRING ? Content.FILTERS : Content.ANYTHING;
      default -> Content.ANYTHING;
    };
  }

  private static boolean isAnything(Field field) {
    return field.type() == FieldType.STRING
        && (field.number().per() == FieldNumber.Per.UNKNOWN
            || field.number().per() == FieldNumber.Per.GENOTYPE);
  }

  /**
   * {@return the checks of a FORMAT with these keys, or null if there is nothing to judge}
   *
   * @param keys of FORMAT, in order
   * @param minor from 1
   * @param declarations of the file's header; a reserved key follows them and not the specification
   */
  @Nullable
  public static SampleChecks of(List<String> keys, int minor, Declarations declarations) {
    Map<String, Field> fields = new HashMap<>(ReservedFields.format(minor));
    fields.putAll(declarations.format());
    SampleChecks checks = new SampleChecks(keys, fields, minor);
    for (FieldType type : checks.types) {
      if (type != null) {
        return checks;
      }
    }
    return null;
  }

  /**
   * Begins with a record of so many alleles, the reference included.
   *
   * @param alleleCount from 1
   */
  public void begin(int alleleCount) {
    if (alleleCount == alleles) {
      return;
    }
    alleles = alleleCount;
    for (int k = 0; k < expected.length; k++) {
      if (types[k] != null) {
        expected[k] = expected(numbers[k], 2, alleleCount);
      }
    }
  }

  /** {@return how many values are expected, or {@link #ANY}} */
  private static int expected(FieldNumber number, int ploidy, int alleles) {
    return switch (number.per()) {
      case FIXED -> number.n();
      case ALTERNATE -> alleles == 1 ? ANY : alleles - 1;
      case ALLELE -> alleles == 1 ? ANY : alleles;
      case GENOTYPE -> alleles == 1 ? ANY : genotypes(alleles, ploidy);
      case CALLED_ALLELE -> ploidy == 0 ? ANY : ploidy;
      default -> ANY;
    };
  }

  /** {@return how many genotypes of so many alleles there are, without regard to order} */
  private static int genotypes(int alleles, int ploidy) {
    if (ploidy == 0) {
      return ANY;
    }
    long n = 1;
    for (int i = 1; i <= ploidy; i++) {
      n = n * (alleles + i - 1) / i;
      if (n > Integer.MAX_VALUE) {
        return ANY;
      }
    }
    return (int) n;
  }

  /**
   * Judges the field of a sample that begins at {@code from}, and returns where it ends.
   *
   * @param b bytes of the line
   * @param from where the field begins
   * @param end one after the last byte of the line
   * @param k the place of its key in FORMAT
   * @param ploidy of the sample's genotype, or 0 if it is not known
   * @param column of the sample, from 1
   * @param violations takes the rules that are broken
   * @return the place of the colon, the tab or the line's end that ends the field
   * @throws RejectedException if one of the rules rejects the record
   */
  public int check(
      byte[] b, int from, int end, int k, int ploidy, int column, Violations violations)
      throws RejectedException {
    FieldType type = types[k];
    int at = from;
    int n = 1;
    if (type == FieldType.INTEGER) {
      // Digits and commas, as nearly all are, are judged while their end is looked for.
      int digits = 0;
      while (at < end) {
        byte c = b[at];
        if (c >= '0' && c <= '9') {
          digits++;
        } else if (c == ',' && digits > 0 && digits <= SAFE_DIGITS) {
          n++;
          digits = 0;
        } else {
          break;
        }
        at++;
      }
      boolean ended = at == end || b[at] == ':' || b[at] == '\t';
      if (ended && digits > 0 && digits <= SAFE_DIGITS) {
        if (n != expected[k] || isLaa[k] || ploidy != 2) {
          number(n, k, ploidy, column, violations);
        }
        return at;
      }
    }
    while (at < end && b[at] != ':' && b[at] != '\t') {
      at++;
    }
    if (type == null) {
      return at;
    }
    n = Values.count(type, b, from, at);
    if (isLaa[k] && at == from) {
      // The specification's own example has an empty LAA for a sample without alternates.
      n = 0;
    }
    if (n == Values.WRONG) {
      violations.found(VcfRule.SAMPLE_TYPE, column);
    } else {
      number(n, k, ploidy, column, violations);
      if (n > 0) {
        content(contents[k], b, from, at, column, violations);
      }
    }
    return at;
  }

  /** Digits and commas alone, which never come here, are in any range. */
  private static void content(
      Content content, byte[] b, int from, int to, int column, Violations violations)
      throws RejectedException {
    boolean good =
        switch (content) {
          case ANYTHING -> true;
          case NOT_NEGATIVE -> !Values.isAnyNegative(b, from, to);
          case PROBABILITY -> Values.areFrequencies(b, from, to);
          case FILTERS -> Values.areFilters(b, from, to);
        };
    if (!good) {
      VcfRule rule = content == Content.FILTERS ? VcfRule.SAMPLE_FT : VcfRule.SAMPLE_RANGE;
      violations.found(rule, column);
    }
  }

  private void number(int n, int k, int ploidy, int column, Violations violations)
      throws RejectedException {
    if (isLaa[k]) {
      local = n;
    }
    if (n == 0) {
      return;
    }
    int ploidyHere = ploidyAssumed ? 2 : ploidy;
    int wanted =
        switch (numbers[k].per()) {
          case GENOTYPE, CALLED_ALLELE -> expected(numbers[k], ploidyHere, alleles);
          case LOCAL_ALTERNATE -> local;
          case LOCAL_ALLELE -> local + 1;
          case LOCAL_GENOTYPE -> genotypes(local + 1, ploidyHere);
          default -> expected[k];
        };
    if (wanted != ANY && n != wanted) {
      violations.found(VcfRule.SAMPLE_NUMBER, column);
    }
  }
}
