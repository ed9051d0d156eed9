package org.healthbeam.io.vcf;

import org.healthbeam.core.outcome.RejectedException;

/** A file cannot be read as VCF and all must be; the message has the place and the rule. */
public final class InvalidFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidFileException(String file, String position, RejectedException why) {
    super(
        "%s:%s: %s; --onInvalid=skip (OnInvalid.SKIP) uses what can be read of such files"
            .formatted(file, position, why.getMessage()));
  }
}
