package org.healthbeam.transforms.code;

import java.util.Objects;
import org.healthbeam.core.code.TranslationOutcome;

/**
 * How many codings of one system ended in one outcome.
 *
 * @param system canonical URI; empty for codings without one
 * @param outcome one of all
 * @param n codings
 */
public record Coverage(String system, TranslationOutcome outcome, long n) {

  /**
   * Refuses what is null.
   *
   * @param system canonical URI; empty for codings without one
   * @param outcome one of all
   * @param n codings
   */
  public Coverage {
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(outcome, "outcome");
  }
}
