package org.healthbeam.transforms.code;

import java.util.Objects;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.fhir.CodingInResource;

/**
 * Where a coding stands; what is not known is the empty string.
 *
 * @param source the file, table, topic or other origin of the record
 * @param position where in the source the record stands
 * @param resourceType what the record is: a type of FHIR, or a name of one's own
 * @param resourceId the record's identifier
 * @param path where in the record
 */
public record Place(
    String source, String position, String resourceType, String resourceId, String path) {

  /**
   * Refuses what is null; empty is unknown.
   *
   * @param source the file, table, topic or other origin of the record
   * @param position where in the source the record stands
   * @param resourceType what the record is: a type of FHIR, or a name of one's own
   * @param resourceId the record's identifier
   * @param path where in the record
   */
  public Place {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(resourceType, "resourceType");
    Objects.requireNonNull(resourceId, "resourceId");
    Objects.requireNonNull(path, "path");
  }

  /**
   * {@return the place of a record of which only the type and the identifier are known}
   *
   * @param resourceType as FHIR calls it
   * @param resourceId of the record
   */
  public static Place of(String resourceType, String resourceId) {
    return new Place("", "", resourceType, resourceId, "");
  }

  /**
   * {@return a place in the same record}
   *
   * @param path as FHIRPath has it
   */
  public Place at(String path) {
    return new Place(source, position, resourceType, resourceId, path);
  }

  Place withResourceId(String id) {
    return new Place(source, position, resourceType, id, path);
  }

  PlacedTranslation of(Translation translation) {
    return new PlacedTranslation(
        source, position, new CodingInResource(resourceType, resourceId, path, translation));
  }

  /** Says nothing about the patient. */
  @Override
  public String toString() {
    return source + ":" + position;
  }
}
