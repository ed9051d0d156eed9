package org.healthbeam.core.variant.vcf;

import static org.healthbeam.core.outcome.RejectReason.INVALID_FIELD;
import static org.healthbeam.core.outcome.RejectReason.INVALID_VALUE;
import static org.healthbeam.core.outcome.RejectReason.INVARIANT;
import static org.healthbeam.core.outcome.RejectReason.MALFORMED;
import static org.healthbeam.core.outcome.RejectReason.MISSING_FIELD;
import static org.healthbeam.core.variant.vcf.Severity.FILE;
import static org.healthbeam.core.variant.vcf.Severity.NOTICE;
import static org.healthbeam.core.variant.vcf.Severity.RECORD;
import static org.healthbeam.core.variant.vcf.Severity.VALUE;

import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * The rules that a VCF must keep, with the column and the clause of the specification (VCF 4.2 of
 * samtools/hts-specs unless another is named). There is no other list.
 */
public enum VcfRule {
  /** The file is empty (VCF 4.2: 1.2). */
  EMPTY_FILE(FILE, MALFORMED, 0, "the file is empty", "1.2"),
  /** Line 1 is not ##fileformat=VCFv4.x (VCF 4.2: 1.2.1). */
  FILE_FORMAT(FILE, MALFORMED, 0, "line 1 is not ##fileformat=VCFv4.x", "1.2.1"),
  /** There is no #CHROM line (VCF 4.2: 1.3). */
  NO_CHROM_LINE(FILE, MALFORMED, 0, "there is no #CHROM line", "1.3"),
  /** The #CHROM line lacks a fixed column (VCF 4.2: 1.3). */
  CHROM_LINE(FILE, MALFORMED, 0, "the #CHROM line lacks a fixed column", "1.3"),
  /**
   * #CHROM line: FORMAT without a sample (VCF 4.2: 1.3). Repaired, read as a file without samples.
   */
  FORMAT_WITHOUT_SAMPLES(
      FILE,
      MALFORMED,
      9,
      "#CHROM line: FORMAT without a sample",
      "1.3",
      "read as a file without samples"),
  /** #CHROM line: a sample without a name (VCF 4.2: 1.3). */
  EMPTY_SAMPLE_NAME(FILE, MALFORMED, 0, "#CHROM line: a sample without a name", "1.3"),
  /** #CHROM line: a sample name comes twice (VCF 4.2: 1.3). */
  DUPLICATE_SAMPLE(FILE, INVARIANT, 0, "#CHROM line: a sample name comes twice", "1.3"),

  /** The file begins with a byte order mark (VCF 4.5: 1.2). */
  BYTE_ORDER_MARK(VALUE, MALFORMED, 0, "the file begins with a byte order mark", "4.5: 1.2"),
  /** Header: a line that is not ##key=value (VCF 4.2: 1.2). */
  META_LINE(VALUE, MALFORMED, 0, "header: a line that is not ##key=value", "1.2"),
  /** Header: a line that is not UTF-8, from VCF 4.3 (VCF 4.3: 1.2). */
  META_UTF_8(VALUE, MALFORMED, 0, "header: a line that is not UTF-8, from VCF 4.3", "4.3: 1.2"),
  /**
   * Header: a line whose value is not &lt;key=value,...&gt; with closed brackets and quotes (VCF
   * 4.2: 1.2).
   */
  META_SYNTAX(
      VALUE,
      MALFORMED,
      0,
      "header: a line whose value is not <key=value,...> with closed brackets and quotes",
      "1.2"),
  /** Header: a line without ID, or with an ID that none may have (VCF 4.2: 1.2.2 to 1.2.7). */
  META_ID(
      VALUE,
      MISSING_FIELD,
      0,
      "header: a line without ID, or with an ID that none may have",
      "1.2.2 to 1.2.7"),
  /** Header: a line without a Description in quotes (VCF 4.2: 1.2.2 to 1.2.4; ALT: 4.3: 1.4.5). */
  META_DESCRIPTION(
      VALUE,
      MISSING_FIELD,
      0,
      "header: a line without a Description in quotes",
      "1.2.2 to 1.2.4; ALT: 4.3: 1.4.5"),
  /** Header: Number is not a whole number, A, R, G or a dot (VCF 4.2: 1.2.2). */
  META_NUMBER(
      VALUE, INVALID_FIELD, 0, "header: Number is not a whole number, A, R, G or a dot", "1.2.2"),
  /**
   * Header: Type is not Integer, Float, Character, String or, in INFO, Flag (VCF 4.2: 1.2.2 and
   * 1.2.4).
   */
  META_TYPE(
      VALUE,
      INVALID_FIELD,
      0,
      "header: Type is not Integer, Float, Character, String or, in INFO, Flag",
      "1.2.2 and 1.2.4"),
  /** Header: an ID comes twice, from VCF 4.3 (VCF 4.3: 1.4). */
  META_TWICE(VALUE, INVARIANT, 0, "header: an ID comes twice, from VCF 4.3", "4.3: 1.4"),
  /**
   * Header: the fixed keys do not come first and in order, or a further one is not in quotes (VCF
   * 4.2: 1.2.2 and 1.2.5).
   */
  META_ORDER(
      NOTICE,
      INVALID_FIELD,
      0,
      "header: the fixed keys do not come first and in order, or a further one is not in quotes",
      "1.2.2 and 1.2.5"),
  /**
   * Header: a reserved key with another Number or Type than its own (VCF 4.2: 1.4.1, 1.4.2; 4.3:
   * tables 1 and 2).
   */
  META_RESERVED(
      NOTICE,
      INVARIANT,
      0,
      "header: a reserved key with another Number or Type than its own",
      "1.4.1, 1.4.2; 4.3: tables 1 and 2"),
  /** Header: an ALT whose first level is not DEL, INS, DUP, INV or CNV (VCF 4.2: 1.2.5). */
  META_ALT(
      NOTICE,
      INVALID_FIELD,
      0,
      "header: an ALT whose first level is not DEL, INS, DUP, INV or CNV",
      "1.2.5"),
  /** Header: assembly or pedigreeDB is no URL (VCF 4.2: 1.2.6, 1.2.9). */
  META_URL(NOTICE, INVALID_FIELD, 0, "header: assembly or pedigreeDB is no URL", "1.2.6, 1.2.9"),
  /**
   * Header: a SAMPLE with one of Genomes and Mixture alone, or in quotes, before VCF 4.3 (VCF 4.2:
   * 1.2.8).
   */
  META_SAMPLE(
      NOTICE,
      INVALID_FIELD,
      0,
      "header: a SAMPLE with one of Genomes and Mixture alone, or in quotes, before VCF 4.3",
      "1.2.8"),
  /** Header: a PEDIGREE with white space in a genome's ID (VCF 4.2: 1.2.9). */
  META_PEDIGREE(
      NOTICE, INVALID_FIELD, 0, "header: a PEDIGREE with white space in a genome's ID", "1.2.9"),

  /** The line is empty (VCF 4.2: 1.4). Repaired, the line is left out. */
  EMPTY_LINE(RECORD, MALFORMED, 0, "the line is empty", "1.4", "the line is left out"),
  /** A header line among the records (VCF 4.2: 1.4). */
  HEADER_IN_BODY(RECORD, MALFORMED, 0, "a header line among the records", "1.4"),
  /** The number of columns is not the header's (VCF 4.2: 1.4). */
  COLUMNS(RECORD, MALFORMED, 0, "the number of columns is not the header's", "1.4"),
  /** CHROM: empty, or a character that none may have (VCF 4.2: 1.4.1). */
  CHROM(RECORD, INVALID_FIELD, 1, "CHROM: empty, or a character that none may have", "1.4.1"),
  /** CHROM: a colon, before VCF 4.3 (VCF 4.2: 1.4.1). Repaired, taken as it is. */
  CHROM_COLON(
      RECORD, INVALID_FIELD, 1, "CHROM: a colon, before VCF 4.3", "1.4.1", "taken as it is"),
  /** CHROM: the records of a sequence do not stand together (VCF 4.2: 1.4.1). */
  CHROM_APART(
      NOTICE, INVARIANT, 1, "CHROM: the records of a sequence do not stand together", "1.4.1"),
  /** POS: not a whole number from 0 to 2147483647 (VCF 4.2: 1.4.1). */
  POS(RECORD, INVALID_FIELD, 2, "POS: not a whole number from 0 to 2147483647", "1.4.1"),
  /** POS: less than that of the record before (VCF 4.2: 1.4.1). */
  POS_ORDER(NOTICE, INVARIANT, 2, "POS: less than that of the record before", "1.4.1"),
  /** ID: white space or an empty part (VCF 4.2: 1.4.1). Repaired, taken as it is. */
  ID(RECORD, INVALID_FIELD, 3, "ID: white space or an empty part", "1.4.1", "taken as it is"),
  /** REF: not one or more of A C G T N (VCF 4.2: 1.4.1). */
  REF(RECORD, INVALID_FIELD, 4, "REF: not one or more of A C G T N", "1.4.1"),
  /**
   * REF: an ambiguity code (VCF 4.3: 1.6.1). Repaired, it becomes the first of its bases in the
   * alphabet.
   */
  REF_AMBIGUOUS(
      RECORD,
      INVALID_FIELD,
      4,
      "REF: an ambiguity code",
      "4.3: 1.6.1",
      "becomes the first of its bases in the alphabet"),
  /**
   * REF: an ambiguity code whose repair, the first of its bases, is an alternate (VCF 4.3: 1.6.1).
   */
  REF_AMBIGUOUS_ALT(
      RECORD,
      INVARIANT,
      4,
      "REF: an ambiguity code whose repair, the first of its bases, is an alternate",
      "4.3: 1.6.1"),
  /** ALT: not bases, *, &lt;ID&gt;, a breakend or a dot (VCF 4.2: 1.4.1). */
  ALT(RECORD, INVALID_FIELD, 5, "ALT: not bases, *, <ID>, a breakend or a dot", "1.4.1"),
  /** ALT: an allele comes twice, or is REF (VCF 4.2: 1.4.1). */
  ALT_TWICE(RECORD, INVARIANT, 5, "ALT: an allele comes twice, or is REF", "1.4.1"),
  /**
   * ALT: an allele that a record shortly before has, perhaps written otherwise (in no clause;
   * hts-specs' test files).
   */
  ALT_AGAIN(
      NOTICE,
      INVARIANT,
      5,
      "ALT: an allele that a record shortly before has, perhaps written otherwise",
      "none; hts-specs' test files"),
  /** QUAL: not a number of 0 or more (VCF 4.2: 1.4.1). Repaired, it becomes missing. */
  QUAL(RECORD, INVALID_VALUE, 6, "QUAL: not a number of 0 or more", "1.4.1", "becomes missing"),
  /**
   * FILTER: an empty part, white space, 0, or a dot with others (VCF 4.2: 1.4.1). Repaired, such
   * parts are left out.
   */
  FILTER(
      RECORD,
      INVALID_FIELD,
      7,
      "FILTER: an empty part, white space, 0, or a dot with others",
      "1.4.1",
      "such parts are left out"),
  /**
   * INFO: an empty part, or white space in a key (VCF 4.2: 1.4.1). Repaired, the part is left out.
   */
  INFO_KEY(
      RECORD,
      INVALID_FIELD,
      8,
      "INFO: an empty part, or white space in a key",
      "1.4.1",
      "the part is left out"),
  /** INFO AC: not whole numbers (VCF 4.2: 1.4.1). Repaired, left out. */
  INFO_AC(RECORD, INVALID_VALUE, 8, "INFO AC: not whole numbers", "1.4.1", "left out"),
  /** INFO AN: not a whole number (VCF 4.2: 1.4.1). Repaired, left out. */
  INFO_AN(RECORD, INVALID_VALUE, 8, "INFO AN: not a whole number", "1.4.1", "left out"),
  /** INFO END: not a whole number of POS or more (VCF 4.2: 1.4.1). Repaired, left out. */
  INFO_END(
      RECORD, INVALID_VALUE, 8, "INFO END: not a whole number of POS or more", "1.4.1", "left out"),
  /** INFO: a value is not of its key's Type (VCF 4.2: 1.2.2, 1.4.1). */
  INFO_TYPE(VALUE, INVALID_VALUE, 8, "INFO: a value is not of its key's Type", "1.2.2, 1.4.1"),
  /** INFO: a key has not its Number of values (VCF 4.2: 1.2.2, 1.4.1). */
  INFO_NUMBER(VALUE, INVALID_VALUE, 8, "INFO: a key has not its Number of values", "1.2.2, 1.4.1"),
  /** INFO: AF outside 0 to 1, or DP, MQ0 or NS below 0 (VCF 4.2: 1.4.1). */
  INFO_RANGE(VALUE, INVALID_VALUE, 8, "INFO: AF outside 0 to 1, or DP, MQ0 or NS below 0", "1.4.1"),
  /** INFO CIGAR: not a CIGAR string (VCF 4.2: 1.4.1). */
  INFO_CIGAR(VALUE, INVALID_VALUE, 8, "INFO CIGAR: not a CIGAR string", "1.4.1"),
  /** INFO: white space, before VCF 4.3 (VCF 4.2: 1.4.1). */
  INFO_SPACE(VALUE, INVALID_FIELD, 8, "INFO: white space, before VCF 4.3", "1.4.1"),
  /** INFO: an equals sign within a value, from VCF 4.3 (VCF 4.3: 1.2). */
  INFO_EQUALS(
      VALUE, INVALID_FIELD, 8, "INFO: an equals sign within a value, from VCF 4.3", "4.3: 1.2"),
  /** INFO: a percent sign without two hexadecimal digits, from VCF 4.3 (VCF 4.3: 1.2). */
  INFO_PERCENT(
      VALUE,
      INVALID_FIELD,
      8,
      "INFO: a percent sign without two hexadecimal digits, from VCF 4.3",
      "4.3: 1.2"),
  /** INFO: bytes that are not UTF-8, or a control character, from VCF 4.3 (VCF 4.3: 1.2). */
  INFO_UTF_8(
      VALUE,
      INVALID_FIELD,
      8,
      "INFO: bytes that are not UTF-8, or a control character, from VCF 4.3",
      "4.3: 1.2"),
  /** INFO: a key comes twice, from VCF 4.3 (VCF 4.3: 1.6.1). */
  INFO_TWICE(VALUE, INVARIANT, 8, "INFO: a key comes twice, from VCF 4.3", "4.3: 1.6.1"),
  /** FORMAT: an empty, malformed or double key (VCF 4.2: 1.4.2). */
  FORMAT(RECORD, INVALID_FIELD, 9, "FORMAT: an empty, malformed or double key", "1.4.2"),
  /** FORMAT: an underscore in a key, before VCF 4.3 (VCF 4.2: 1.4.2). */
  FORMAT_UNDERSCORE(
      NOTICE, INVALID_FIELD, 9, "FORMAT: an underscore in a key, before VCF 4.3", "1.4.2"),
  /**
   * FORMAT: a key of local alleles without LAA before it, which comes next to GT (VCF 4.5: 1.6.2).
   */
  FORMAT_LAA(
      VALUE,
      INVARIANT,
      9,
      "FORMAT: a key of local alleles without LAA before it, which comes next to GT",
      "4.5: 1.6.2"),
  /** FORMAT: GT is not first (VCF 4.2: 1.4.2). Repaired, read where it stands. */
  GT_NOT_FIRST(RECORD, INVARIANT, 9, "FORMAT: GT is not first", "1.4.2", "read where it stands"),
  /**
   * Sample: more fields than FORMAT has (VCF 4.2: 1.4.2). Repaired, the ones too many are left out.
   */
  SAMPLE_FIELDS(
      RECORD,
      MALFORMED,
      10,
      "sample: more fields than FORMAT has",
      "1.4.2",
      "the ones too many are left out"),
  /** Sample: a value is not of its key's Type (VCF 4.2: 1.2.4, 1.4.2). */
  SAMPLE_TYPE(VALUE, INVALID_VALUE, 10, "sample: a value is not of its key's Type", "1.2.4, 1.4.2"),
  /** Sample: a key has not its Number of values (VCF 4.2: 1.2.4, 1.4.2). */
  SAMPLE_NUMBER(
      VALUE, INVALID_VALUE, 10, "sample: a key has not its Number of values", "1.2.4, 1.4.2"),
  /**
   * Sample: a depth, count, quality or phase set below 0, or GP outside 0 to 1 from VCF 4.3 (VCF
   * 1.4.2; GP: 4.3: 1.6.2).
   */
  SAMPLE_RANGE(
      VALUE,
      INVALID_VALUE,
      10,
      "sample: a depth, count, quality or phase set below 0, or GP outside 0 to 1 from VCF 4.3",
      "1.4.2; GP: 4.3: 1.6.2"),
  /** Sample FT: white space or an empty part (VCF 4.2: 1.4.2). */
  SAMPLE_FT(VALUE, INVALID_FIELD, 10, "sample FT: white space or an empty part", "1.4.2"),
  /** Sample GT: not a genotype (VCF 4.2: 1.4.2). Repaired, it becomes missing. */
  GT(RECORD, INVALID_FIELD, 10, "sample GT: not a genotype", "1.4.2", "becomes missing"),
  /**
   * Sample GT: an allele that the record does not have (VCF 4.2: 1.4.2). Repaired, it becomes
   * missing.
   */
  GT_RANGE(
      RECORD,
      INVARIANT,
      10,
      "sample GT: an allele that the record does not have",
      "1.4.2",
      "becomes missing"),
  /** Sample DP: not a whole number (VCF 4.2: 1.4.2). Repaired, it becomes missing. */
  DP(RECORD, INVALID_VALUE, 10, "sample DP: not a whole number", "1.4.2", "becomes missing"),
  /** Sample GQ: not a number of 0 or more (VCF 4.2: 1.4.2). Repaired, it becomes missing. */
  GQ(RECORD, INVALID_VALUE, 10, "sample GQ: not a number of 0 or more", "1.4.2", "becomes missing"),
  /** Sample LEN: not a whole number (VCF 4.5: 1.6.2). Repaired, left out. */
  LEN(RECORD, INVALID_VALUE, 10, "sample LEN: not a whole number", "4.5: 1.6.2", "left out");

  private final Severity severity;
  private final RejectReason reason;
  private final int column;
  private final String text;
  private final String clause;
  private final String repair;

  VcfRule(Severity severity, RejectReason reason, int column, String text, String clause) {
    this(severity, reason, column, text, clause, "");
  }

  VcfRule(
      Severity severity,
      RejectReason reason,
      int column,
      String text,
      String clause,
      String repair) {
    this.severity = severity;
    this.reason = reason;
    this.column = column;
    this.text = text;
    this.clause = clause;
    this.repair = repair;
  }

  /** {@return what it costs to break it} */
  public Severity severity() {
    return severity;
  }

  /** {@return the reason under which what breaks it is rejected} */
  public RejectReason reason() {
    return reason;
  }

  /**
   * {@return the column that it is about, from 1; 10 means the sample's own, and 0 the whole line}
   */
  public int column() {
    return column;
  }

  /** {@return what is wrong, in words that hold for every input} */
  public String text() {
    return text;
  }

  /** {@return where the specification says so} */
  public String clause() {
    return (clause.indexOf(": ") < 0 && !clause.startsWith("none") ? "4.2: " : "") + clause;
  }

  /** {@return what is wrong and where the specification says so; never anything of the input} */
  public String detail() {
    return text + " (VCF " + clause() + ")";
  }

  /** {@return whether a run that repairs sets it right} */
  public boolean isRepairable() {
    return !repair.isEmpty();
  }

  /** {@return what the repair does, or nothing} */
  public String repair() {
    return repair;
  }

  /** {@return the place in an array that has one cell for each} */
  @SuppressWarnings("EnumOrdinal")
  public int index() {
    return ordinal();
  }

  /** {@return the rejection of what breaks it} */
  public RejectedException broken() {
    return new RejectedException(reason, detail());
  }
}
