package org.healthbeam.core.variant.vcf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Judges the values of an INFO column by what the header or, if it is silent, the specification
 * declares. Keys that neither knows may hold anything.
 *
 * <p>Two liberties: a Flag may have the value 0 or 1 (the specification's own valid files have
 * that), and a key with a Number of G may have any number of values, since INFO has no ploidy.
 * Where ALT is a dot, the record does not tell its alleles, and no number of them is expected.
 */
public final class InfoChecks {
  /** From this version on a value is UTF-8 with percent encoding, and a key comes once. */
  private static final int TEXTUAL = 3;

  /** What is judged beside number and type. */
  private enum Content {
    ANYTHING,
    /** Read for the counts, by rules of its own; a wrong number of AC is a disagreement. */
    COUNTED,
    NOT_NEGATIVE,
    FREQUENCY,
    CIGAR
  }

  private static final int SPACE = 1;
  private static final int EQUALS = 2;
  private static final int PERCENT = 4;
  private static final int OTHER = 8;
  private static final byte[] ODD = odd();

  private final FieldTable table;
  private final FieldType[] types;
  private final FieldNumber[] numbers;
  private final Content[] contents;
  private final boolean textual;
  private final long[] seenIn;
  private long record;

  /**
   * Judges by the declarations of a file of VCF 4.{@code minor}.
   *
   * @param minor from 1
   * @param declarations of the file's header; a reserved key follows them and not the specification
   */
  public InfoChecks(int minor, Declarations declarations) {
    Map<String, Field> fields = new LinkedHashMap<>(ReservedFields.info(minor));
    fields.putAll(declarations.info());
    table = new FieldTable(fields.values());
    types = new FieldType[table.size()];
    numbers = new FieldNumber[table.size()];
    contents = new Content[table.size()];
    for (int slot = 0; slot < types.length; slot++) {
      Field field = table.at(slot);
      if (field != null) {
        types[slot] = field.type();
        numbers[slot] = field.number();
        contents[slot] = contentOf(field);
      }
    }
    textual = minor >= TEXTUAL;
    seenIn = new long[table.size()];
  }

  private static byte[] odd() {
    byte[] odd = new byte[256];
    odd[' '] = SPACE;
    odd['='] = EQUALS;
    odd['%'] = PERCENT;
    for (int i = 0; i < odd.length; i++) {
      if (i > '~' || Values.isControl((byte) i)) {
        odd[i] = OTHER;
      }
    }
    return odd;
  }

  /**
   * {@return what is to be looked at if a value has this byte: bits to put together, mostly 0}
   *
   * @param b of a value
   */
  public static int odd(byte b) {
    return ODD[b & 0xff];
  }

  private static Content contentOf(Field field) {
    boolean numeric = field.type() == FieldType.INTEGER || field.type() == FieldType.FLOAT;
    return switch (field.id()) {
      case "AC", "AN", "END" -> Content.COUNTED;
      case "DP", "MQ0", "NS" -> numeric ? Content.NOT_NEGATIVE : Content.ANYTHING;
      case "AF" -> numeric ? Content.FREQUENCY : Content.ANYTHING;
      case "CIGAR" -> field.type() == FieldType.STRING ? Content.CIGAR : Content.ANYTHING;
      default -> Content.ANYTHING;
    };
  }

  /** Begins with the next record. */
  public void begin() {
    record++;
  }

  /**
   * {@return the hash of a key with one byte more, from 0 for none}
   *
   * @param before hash of the bytes up to here
   * @param next byte of the key
   */
  public static int hash(int before, byte next) {
    return FieldTable.hash(before, next);
  }

  /**
   * Judges one key and its value.
   *
   * @param b bytes of the line
   * @param from where the key begins
   * @param equal where the equals sign is, or -1 if there is none
   * @param to one after the value, or after the key if there is no value
   * @param hash of the key
   * @param odd what {@link #odd} says of the value's bytes, put together
   * @param alleles of the record, the reference included
   * @param violations takes the rules that are broken
   * @throws RejectedException if one of them rejects the record
   */
  public void check(
      byte[] b, int from, int equal, int to, int hash, int odd, int alleles, Violations violations)
      throws RejectedException {
    if (odd != 0) {
      checkText(b, equal + 1, to, odd, violations);
    }
    int slot = table.find(b, from, equal < 0 ? to : equal, hash);
    if (slot < 0) {
      return;
    }
    if (textual && seenIn[slot] == record) {
      violations.found(VcfRule.INFO_TWICE);
    }
    seenIn[slot] = record;
    FieldType type = types[slot];
    if (equal < 0) {
      if (type != FieldType.FLAG) {
        violations.found(VcfRule.INFO_TYPE);
      }
      return;
    }
    int n = Values.count(type, b, equal + 1, to);
    Content content = contents[slot];
    if (n == Values.WRONG) {
      if (content != Content.COUNTED) {
        violations.found(VcfRule.INFO_TYPE);
      }
    } else if (n > 0) {
      if (!isNumber(numbers[slot], n, alleles)) {
        violations.found(VcfRule.INFO_NUMBER);
      }
      if (content != Content.ANYTHING && content != Content.COUNTED) {
        checkContent(content, b, equal + 1, to, violations);
      }
    }
  }

  private void checkText(byte[] b, int from, int to, int odd, Violations violations)
      throws RejectedException {
    if ((odd & SPACE) != 0 && !textual) {
      violations.found(VcfRule.INFO_SPACE);
    }
    if ((odd & EQUALS) != 0 && textual) {
      violations.found(VcfRule.INFO_EQUALS);
    }
    if ((odd & PERCENT) != 0 && textual && !Values.arePercentsEncodings(b, from, to)) {
      violations.found(VcfRule.INFO_PERCENT);
    }
    if ((odd & OTHER) != 0 && textual && !Values.areText(b, from, to)) {
      violations.found(VcfRule.INFO_UTF_8);
    }
  }

  private static boolean isNumber(FieldNumber number, int n, int alleles) {
    return switch (number.per()) {
      case FIXED -> n == number.n();
      case ALTERNATE -> alleles == 1 || n == alleles - 1;
      case ALLELE -> alleles == 1 || n == alleles;
      default -> true;
    };
  }

  private static void checkContent(
      Content content, byte[] b, int from, int to, Violations violations) throws RejectedException {
    if (content == Content.CIGAR) {
      if (!Values.areCigars(b, from, to)) {
        violations.found(VcfRule.INFO_CIGAR);
      }
    } else if (content == Content.FREQUENCY
        ? !Values.areFrequencies(b, from, to)
        : Values.isAnyNegative(b, from, to)) {
      violations.found(VcfRule.INFO_RANGE);
    }
  }
}
