package org.healthbeam.core.outcome;

/**
 * Thrown by a rule that cannot use its input, caught by the stage that called it.
 *
 * <p>The message is the reason and the detail; it never quotes the input. It has no stack trace,
 * since it is part of normal work and may be thrown a million times a run.
 */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private final String detail;

  /**
   * Says why, without a stack trace.
   *
   * @param reason that is counted
   * @param detail the field, rule or clause; never a value of the input
   */
  public RejectedException(RejectReason reason, String detail) {
    super(reason.code() + ": " + detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  /** {@return why, as it is counted} */
  public RejectReason reason() {
    return reason;
  }

  /** {@return the field, rule or clause; never a value of the input} */
  public String detail() {
    return detail;
  }
}
