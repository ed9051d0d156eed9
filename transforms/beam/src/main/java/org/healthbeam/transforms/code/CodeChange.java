package org.healthbeam.transforms.code;

import java.util.Objects;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.Translation;

/**
 * A code of the data that other maps would answer otherwise.
 *
 * @param resourceType that the codings stood in
 * @param before what the maps answer
 * @param after what the other maps would answer
 * @param n codings
 * @param when it is answered otherwise
 */
public record CodeChange(
    String resourceType, Translation before, Translation after, long n, MapDiff.When when) {

  /**
   * Refuses what is null.
   *
   * @param resourceType that the codings stood in
   * @param before what the maps answer
   * @param after what the other maps would answer
   * @param n codings
   * @param when it is answered otherwise
   */
  public CodeChange {
    Objects.requireNonNull(resourceType, "resourceType");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(when, "when");
  }

  /** Says nothing about the codes. */
  @Override
  public String toString() {
    return "CodeChange(" + n + ")";
  }
}
