package org.healthbeam.core.fhir;

import java.util.Objects;
import org.healthbeam.core.code.Translation;

/**
 * One coding of a resource, where it stands, and what became of it.
 *
 * @param resourceType of the nearest resource around it
 * @param resourceId of that resource, empty if it has none
 * @param path FHIRPath from the record's root: {@code Condition.code.coding[0]}, {@code
 *     Bundle.entry[3].resource.value.coding[0]}
 * @param translation what the maps answered
 */
public record CodingInResource(
    String resourceType, String resourceId, String path, Translation translation) {

  /**
   * Refuses what is null; an empty identifier is none.
   *
   * @param resourceType of the nearest resource around it
   * @param resourceId of that resource, empty if it has none
   * @param path FHIRPath from the record's root: {@code Condition.code.coding[0]}, {@code
   *     Bundle.entry[3].resource.value.coding[0]}
   * @param translation what the maps answered
   */
  public CodingInResource {
    Objects.requireNonNull(resourceType, "resourceType");
    Objects.requireNonNull(resourceId, "resourceId");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(translation, "translation");
  }

  /**
   * {@return the same with another identifier: its pseudonym}
   *
   * @param id the pseudonym, or empty
   */
  public CodingInResource withResourceId(String id) {
    return new CodingInResource(resourceType, id, path, translation);
  }

  /** Says nothing about the patient. */
  @Override
  public String toString() {
    return "CodingInResource(" + resourceType + ", " + translation.outcome().code() + ")";
  }
}
