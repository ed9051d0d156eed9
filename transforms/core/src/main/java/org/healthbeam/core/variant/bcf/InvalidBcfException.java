package org.healthbeam.core.variant.bcf;

import java.io.IOException;

/** What should be BCF is not; the message tells the rule and no content. */
public final class InvalidBcfException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidBcfException(String message) {
    super(message);
  }
}
