package org.healthbeam.transforms.code;

import java.util.Objects;
import org.healthbeam.core.code.Translation;

/**
 * How many codings of one code had one translation.
 *
 * @param resourceType that the codings stood in; empty outside of FHIR
 * @param translation its source has the canonical system, and of the displays that the data has the
 *     most frequent one, so that the same data gives the same row; counts that are still to be
 *     added up have each display by itself
 * @param n codings
 */
public record CodeCount(String resourceType, Translation translation, long n) {

  /**
   * Refuses what is null.
   *
   * @param resourceType that the codings stood in; empty outside of FHIR
   * @param translation its source has the canonical system, and of the displays that the data has
   *     the most frequent one, so that the same data gives the same row; counts that are still to
   *     be added up have each display by itself
   * @param n codings
   */
  public CodeCount {
    Objects.requireNonNull(resourceType, "resourceType");
    Objects.requireNonNull(translation, "translation");
  }

  /** Says nothing about the codes. */
  @Override
  public String toString() {
    return "CodeCount(" + n + ")";
  }
}
