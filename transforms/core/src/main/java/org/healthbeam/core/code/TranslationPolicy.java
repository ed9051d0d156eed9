package org.healthbeam.core.code;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is taken of what the maps say.
 *
 * @param severalTargets of one coding in one target system
 * @param concept which codings of a CodeableConcept are translated
 */
public record TranslationPolicy(SeveralTargets severalTargets, ConceptPolicy concept)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Every coding is translated, and several targets are ambiguous. */
  public static final TranslationPolicy DEFAULT =
      new TranslationPolicy(SeveralTargets.AMBIGUOUS, ConceptPolicy.ALL);

  /**
   * Refuses what is null.
   *
   * @param severalTargets of one coding in one target system
   * @param concept which codings of a CodeableConcept are translated
   */
  public TranslationPolicy {
    Objects.requireNonNull(severalTargets, "severalTargets");
    Objects.requireNonNull(concept, "concept");
  }

  /**
   * {@return the same with another word on several targets}
   *
   * @param policy for a coding with several targets in one system
   */
  public TranslationPolicy with(SeveralTargets policy) {
    return new TranslationPolicy(policy, concept);
  }

  /**
   * {@return the same with another choice among the codings of a concept}
   *
   * @param policy for the codings of one CodeableConcept
   */
  public TranslationPolicy with(ConceptPolicy policy) {
    return new TranslationPolicy(severalTargets, policy);
  }
}
