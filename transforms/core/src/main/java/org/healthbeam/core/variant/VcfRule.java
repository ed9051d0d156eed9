package org.healthbeam.core.variant;

import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * The rules that a VCF must keep, with the column and the clause of the specification (VCF 4.2 of
 * samtools/hts-specs unless another is named). There is no other list.
 */
public enum VcfRule {
  EMPTY_FILE(RejectReason.MALFORMED, "the file is empty", "1.2"),
  FILE_FORMAT(RejectReason.MALFORMED, "line 1 is not ##fileformat=VCFv4.x", "1.2.1"),
  NO_CHROM_LINE(RejectReason.MALFORMED, "there is no #CHROM line", "1.3"),
  CHROM_LINE(RejectReason.MALFORMED, "the #CHROM line lacks a fixed column", "1.3"),
  FORMAT_WITHOUT_SAMPLES(
      RejectReason.MALFORMED,
      "#CHROM line: FORMAT without a sample",
      "1.3",
      "read as a file without samples"),
  EMPTY_SAMPLE_NAME(RejectReason.MALFORMED, "#CHROM line: a sample without a name", "1.3"),
  DUPLICATE_SAMPLE(RejectReason.INVARIANT, "#CHROM line: a sample name comes twice", "1.3"),

  EMPTY_LINE(RejectReason.MALFORMED, "the line is empty", "1.4", "the line is left out"),
  HEADER_IN_BODY(RejectReason.MALFORMED, "a header line among the records", "1.4"),
  COLUMNS(RejectReason.MALFORMED, "the number of columns is not the header's", "1.4"),
  CHROM(RejectReason.INVALID_FIELD, "CHROM: empty, or a character that none may have", "1.4.1"),
  CHROM_COLON(
      RejectReason.INVALID_FIELD, "CHROM: a colon, before VCF 4.3", "1.4.1", "taken as it is"),
  POS(RejectReason.INVALID_FIELD, "POS: not a whole number from 0 to 2147483647", "1.4.1"),
  ID(RejectReason.INVALID_FIELD, "ID: white space or an empty part", "1.4.1", "taken as it is"),
  REF(RejectReason.INVALID_FIELD, "REF: not one or more of A C G T N", "1.4.1"),
  REF_AMBIGUOUS(
      RejectReason.INVALID_FIELD,
      "REF: an ambiguity code",
      "4.3: 1.6.1",
      "becomes the first of its bases in the alphabet"),
  REF_AMBIGUOUS_ALT(
      RejectReason.INVARIANT,
      "REF: an ambiguity code whose repair, the first of its bases, is an alternate",
      "4.3: 1.6.1"),
  ALT(RejectReason.INVALID_FIELD, "ALT: not bases, *, <ID>, a breakend or a dot", "1.4.1"),
  ALT_TWICE(RejectReason.INVARIANT, "ALT: an allele comes twice, or is REF", "1.4.1"),
  QUAL(RejectReason.INVALID_VALUE, "QUAL: not a number of 0 or more", "1.4.1", "becomes missing"),
  FILTER(
      RejectReason.INVALID_FIELD,
      "FILTER: an empty part, white space, 0, or a dot with others",
      "1.4.1",
      "such parts are left out"),
  INFO_KEY(
      RejectReason.INVALID_FIELD,
      "INFO: an empty part, or white space in a key",
      "1.4.1",
      "the part is left out"),
  INFO_AC(RejectReason.INVALID_VALUE, "INFO AC: not whole numbers", "1.4.1", "left out"),
  INFO_AN(RejectReason.INVALID_VALUE, "INFO AN: not a whole number", "1.4.1", "left out"),
  INFO_END(
      RejectReason.INVALID_VALUE,
      "INFO END: not a whole number of POS or more",
      "1.4.1",
      "left out"),
  FORMAT(RejectReason.INVALID_FIELD, "FORMAT: an empty, malformed or double key", "1.4.2"),
  GT_NOT_FIRST(RejectReason.INVARIANT, "FORMAT: GT is not first", "1.4.2", "read where it stands"),
  SAMPLE_FIELDS(
      RejectReason.MALFORMED,
      "sample: more fields than FORMAT has",
      "1.4.2",
      "the ones too many are left out"),
  GT(RejectReason.INVALID_FIELD, "sample GT: not a genotype", "1.4.2", "becomes missing"),
  GT_RANGE(
      RejectReason.INVARIANT,
      "sample GT: an allele that the record does not have",
      "1.4.2",
      "becomes missing"),
  DP(RejectReason.INVALID_VALUE, "sample DP: not a whole number", "1.4.2", "becomes missing"),
  GQ(
      RejectReason.INVALID_VALUE,
      "sample GQ: not a number of 0 or more",
      "1.4.2",
      "becomes missing"),
  LEN(RejectReason.INVALID_VALUE, "sample LEN: not a whole number", "4.5: 1.6.2", "left out");

  private final RejectReason reason;
  private final String text;
  private final String clause;
  private final String repair;

  VcfRule(RejectReason reason, String text, String clause) {
    this(reason, text, clause, "");
  }

  VcfRule(RejectReason reason, String text, String clause, String repair) {
    this.reason = reason;
    this.text = text;
    this.clause = clause;
    this.repair = repair;
  }

  /** Returns the reason under which what breaks it is rejected. */
  public RejectReason reason() {
    return reason;
  }

  /** Returns what is wrong and where the specification says so; never anything of the input. */
  public String detail() {
    return text + " (VCF " + (clause.indexOf(':') < 0 ? "4.2: " : "") + clause + ")";
  }

  /** Says whether {@link OnInvalid#REPAIR} sets it right. */
  public boolean isRepairable() {
    return !repair.isEmpty();
  }

  /** Returns what {@link OnInvalid#REPAIR} does, or nothing. */
  public String repair() {
    return repair;
  }

  /** Returns the rejection of what breaks it. */
  public RejectedException broken() {
    return new RejectedException(reason, detail());
  }
}
