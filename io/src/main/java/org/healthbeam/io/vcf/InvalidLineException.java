package org.healthbeam.io.vcf;

import org.healthbeam.core.outcome.RejectedException;

/** A line of a file of regions or of known sites is none, and none may be; it is not shown. */
public final class InvalidLineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidLineException(String file, long line, RejectedException why) {
    super("%s:%d: %s".formatted(file, line, why.getMessage()));
  }
}
