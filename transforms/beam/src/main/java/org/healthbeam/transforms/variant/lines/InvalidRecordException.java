package org.healthbeam.transforms.variant.lines;

import org.healthbeam.core.outcome.RejectedException;

/** A record broke a rule and none may; the message has the place and the rule, not the record. */
public final class InvalidRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where the record stands and what is wrong with it, without any of its content.
   *
   * @param source the file
   * @param position in the file
   * @param why the rule that it breaks
   */
  public InvalidRecordException(String source, String position, RejectedException why) {
    super(
        "%s:%s: %s; --onInvalid=skip (OnInvalid.SKIP) sets such records aside and goes on"
            .formatted(source, position, why.getMessage()));
  }
}
