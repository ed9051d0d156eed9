package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a translation comes to in the OMOP common data model: one record for each. A translation
 * that takes no target gives {@link #NO_MATCH}, concept 0, so that the record is kept with its
 * source value; the source value is the code of {@link Translation#source()}.
 *
 * <p>Source: OMOP CDM v5.4, vocabulary page, <i>Mapping of Concepts</i>, and the conventions for
 * {@code _CONCEPT_ID} and {@code _SOURCE_VALUE}.
 *
 * @param conceptId of the standard concept; 0 if there is none
 * @param domainId of that concept; empty if it is not known
 * @param table of the CDM that the domain means; empty if the domain has none of its own, as a unit
 * @param sourceConceptId of the source code; 0 if it is not known
 * @param valueAsConceptIds for {@code value_as_concept_id}; most often none, or one
 */
public record OmopConcept(
    int conceptId,
    String domainId,
    String table,
    int sourceConceptId,
    List<Integer> valueAsConceptIds) {

  /** System of concept numbers: HL7 Terminology, OHDSI Standardized Vocabularies. */
  public static final String SYSTEM = "https://fhir-terminology.ohdsi.org";

  /** Product with the number of the target's concept, beside the code of its own vocabulary. */
  public static final String CONCEPT_ID = "concept_id";

  /** Product with the target's domain. */
  public static final String DOMAIN_ID = "domain_id";

  /** Product with the table that the domain means. */
  public static final String CDM_TABLE = "cdm_table";

  /** Product with the number of the source code's concept. */
  public static final String SOURCE_CONCEPT_ID = "source_concept_id";

  /** Product with the number of a concept for {@code value_as_concept_id}. */
  public static final String VALUE_AS_CONCEPT_ID = "value_as_concept_id";

  /** Concept 0: no matching concept. */
  public static final OmopConcept NO_MATCH = new OmopConcept(0, "", "", 0, List.of());

  /**
   * Refuses what is null, and takes a copy of the values.
   *
   * @param conceptId of the standard concept; 0 if there is none
   * @param domainId of that concept; empty if it is not known
   * @param table of the CDM that the domain means; empty if the domain has none of its own, as a
   *     unit
   * @param sourceConceptId of the source code; 0 if it is not known
   * @param valueAsConceptIds for {@code value_as_concept_id}; most often none, or one
   */
  public OmopConcept {
    Objects.requireNonNull(domainId, "domainId");
    Objects.requireNonNull(table, "table");
    valueAsConceptIds = List.copyOf(valueAsConceptIds);
  }

  /**
   * {@return the concepts that a translation takes, never none: {@link #NO_MATCH} also where it is
   * ambiguous}
   *
   * @param translation by maps to OMOP's concepts; targets of other systems are passed over
   */
  public static List<OmopConcept> of(Translation translation) {
    List<OmopConcept> result = new ArrayList<>(1);
    for (Answer answer : translation.acceptedAnswers()) {
      int concept = number(answer.target().code());
      if (concept > 0 && answer.target().system().equals(SYSTEM)) {
        result.add(of(answer, concept));
      }
    }
    return result.isEmpty() ? List.of(NO_MATCH) : result;
  }

  /** {@return whether a product only says which concepts were mapped: nothing about a patient} */
  static boolean isAboutTheMapping(Property product) {
    return switch (product.name()) {
      case CONCEPT_ID, DOMAIN_ID, CDM_TABLE, SOURCE_CONCEPT_ID -> true;
      default -> false;
    };
  }

  private static OmopConcept of(Answer answer, int concept) {
    String domain = "";
    String table = "";
    int source = 0;
    List<Integer> values = new ArrayList<>(0);
    for (Property product : answer.detail().products()) {
      switch (product.name()) {
        case DOMAIN_ID -> domain = product.value();
        case CDM_TABLE -> table = product.value();
        case SOURCE_CONCEPT_ID -> source = number(product.value());
        case VALUE_AS_CONCEPT_ID -> values.add(number(product.value()));
        default -> {
          // Another map's product.
        }
      }
    }
    return new OmopConcept(concept, domain, table, source, values);
  }

  /** {@return the number of a concept; 0 for what is none, which another map may have} */
  private static int number(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
