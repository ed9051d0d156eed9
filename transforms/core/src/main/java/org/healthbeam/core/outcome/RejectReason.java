package org.healthbeam.core.outcome;

/**
 * Why an input could not be used. Every reject names one of these; there is no other list.
 *
 * <p>The code is what stands in files, counters and reports; it never changes once published.
 */
public enum RejectReason {
  /** The bytes are not the format that they were read as: not JSON, not UTF-8, not a VCF line. */
  MALFORMED("malformed"),
  /** A compressed or framed file ends in the middle. */
  TRUNCATED("truncated"),
  /** A file could not be opened or read. */
  UNREADABLE("unreadable"),
  /** One record is larger than the limit. */
  TOO_LARGE("too-large"),
  /** Well-formed, but not what the stage reads: another resource type, another version. */
  UNSUPPORTED("unsupported"),
  /** A field that the format or the stage demands is absent. */
  MISSING_FIELD("missing-field"),
  /** A field does not have the form or the value that it must have. */
  INVALID_FIELD("invalid-field"),
  /** A rule of the specification is broken; the detail names the rule. */
  INVARIANT("invariant"),
  /** The time is absent, has no zone, or is not a time. */
  INVALID_TIME("invalid-time"),
  /** The value is not a number where one is needed. */
  INVALID_VALUE("invalid-value"),
  /** The code names no kind that the stage knows. */
  UNKNOWN_CODE("unknown-code"),
  /** The unit is unknown, or does not measure the same quantity. */
  UNKNOWN_UNIT("unknown-unit"),
  /** Outside what the named plausibility policy accepts. */
  IMPLAUSIBLE("implausible"),
  /** The record says of itself that it is no result: entered in error, cancelled, no data. */
  WITHDRAWN("withdrawn"),
  /** Arrived later than the allowed lateness. */
  LATE("late");

  private final String code;

  RejectReason(String code) {
    this.code = code;
  }

  /** {@return the published name, in lower case with hyphens} */
  public String code() {
    return code;
  }

  /**
   * {@return the reason with this published name}
   *
   * @param code as {@link #code} gives it
   * @throws IllegalArgumentException if there is none
   */
  public static RejectReason fromCode(String code) {
    for (RejectReason reason : values()) {
      if (reason.code.equals(code)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("No reject reason has the code '" + code + "'");
  }
}
