package org.healthbeam.transforms.code;

import java.util.Objects;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.fhir.CodingInResource;

/**
 * What became of one coding of one record.
 *
 * @param source the record's file, topic or other origin
 * @param position where in the source the record begins
 * @param coding where in the record it stands, and its translation
 */
public record PlacedTranslation(String source, String position, CodingInResource coding) {

  /**
   * Refuses what is null.
   *
   * @param source the record's file, topic or other origin
   * @param position where in the source the record begins
   * @param coding where in the record it stands, and its translation
   */
  public PlacedTranslation {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(coding, "coding");
  }

  /** {@return what the maps answered} */
  public Translation translation() {
    return coding.translation();
  }

  @Override
  public String toString() {
    return source + ":" + position;
  }
}
