package org.healthbeam.core.code;

/**
 * How the target relates to the source, in the words of FHIR R5.
 *
 * <p>R4's {@code equivalence} describes the target, so its words turn round: an R4 target that is
 * {@code wider} has a source that is narrower.
 *
 * <p>Source: FHIR R5 value set concept-map-relationship; FHIR R4 value set concept-map-equivalence.
 */
public enum Relationship {
  /** They mean the same. */
  EQUIVALENT("equivalent"),
  /** The target is wider in meaning. */
  SOURCE_IS_NARROWER("source-is-narrower-than-target"),
  /** The target is narrower in meaning. */
  SOURCE_IS_BROADER("source-is-broader-than-target"),
  /** They are related; how exactly is not known. */
  RELATED_TO("related-to"),
  /** They are explicitly not related. */
  NOT_RELATED_TO("not-related-to");

  private final String code;

  Relationship(String code) {
    this.code = code;
  }

  /** {@return the code of FHIR R5} */
  public String code() {
    return code;
  }

  /** {@return the relationship of the source, as seen from the target} */
  public Relationship inverse() {
    return switch (this) {
      case SOURCE_IS_NARROWER -> SOURCE_IS_BROADER;
      case SOURCE_IS_BROADER -> SOURCE_IS_NARROWER;
      case EQUIVALENT, RELATED_TO, NOT_RELATED_TO -> this;
    };
  }

  /**
   * {@return the relationship with this code of FHIR R5}
   *
   * @param code of FHIR R5, in lower case
   * @throws IllegalArgumentException if there is none
   */
  public static Relationship fromR5(String code) {
    for (Relationship relationship : values()) {
      if (relationship.code.equals(code)) {
        return relationship;
      }
    }
    throw new IllegalArgumentException(
        "relationship '"
            + code
            + "' is none of FHIR R5's: equivalent,"
            + " source-is-narrower-than-target, source-is-broader-than-target, related-to,"
            + " not-related-to");
  }

  /**
   * {@return the relationship that an equivalence of FHIR R4 comes to}
   *
   * @param equivalence of FHIR R4, in lower case
   * @throws IllegalArgumentException if it is none of R4's
   */
  public static Relationship fromR4(String equivalence) {
    return switch (equivalence) {
      case "equivalent", "equal" -> EQUIVALENT;
      case "wider", "subsumes" -> SOURCE_IS_NARROWER;
      case "narrower", "specializes" -> SOURCE_IS_BROADER;
      case "relatedto", "inexact" -> RELATED_TO;
      case "unmatched", "disjoint" -> NOT_RELATED_TO;
      default ->
          throw new IllegalArgumentException(
              "equivalence '"
                  + equivalence
                  + "' is none of FHIR R4's: relatedto, equivalent, equal, wider, subsumes,"
                  + " narrower, specializes, inexact, unmatched, disjoint");
    };
  }
}
