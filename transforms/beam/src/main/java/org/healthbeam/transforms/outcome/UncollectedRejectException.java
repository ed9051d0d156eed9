package org.healthbeam.transforms.outcome;

import org.healthbeam.core.outcome.Rejected;

/**
 * An input could not be used and the transform was not told where rejects go.
 *
 * <p>Give the transform a {@link Rejects} with {@code rejectedTo}. The message has the place and
 * the reason, never the input.
 */
public final class UncollectedRejectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UncollectedRejectException(Rejected rejected) {
    super(
        "%s rejected %s:%s (%s: %s); use rejectedTo(...) to collect rejects and go on"
            .formatted(
                rejected.stage(),
                rejected.source(),
                rejected.position(),
                rejected.reason().code(),
                rejected.detail()));
  }
}
