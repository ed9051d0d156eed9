package org.healthbeam.transforms.variant;

import org.healthbeam.core.outcome.RejectedException;

/** A record broke a rule and none may; the message has the place and the rule, not the record. */
public final class InvalidRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidRecordException(String source, long line, RejectedException why) {
    super(
        "%s:%d: %s; --onInvalid=skip (OnInvalid.SKIP) sets such records aside and goes on"
            .formatted(source, line, why.getMessage()));
  }
}
