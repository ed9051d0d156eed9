package org.healthbeam.core.code;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Which codings of one CodeableConcept are translated: they say the same thing in several systems,
 * and the maps may answer each of them. Every coding has an outcome all the same; this only decides
 * whose targets are taken.
 *
 * <p>Except for {@link #ALL}, one coding is chosen. It is one with a target that can be taken; one
 * that a map names goes before one for which a default stood in ({@link
 * TranslationOutcome#FALLBACK}), then the order of systems decides, then the order of the codings.
 * A coding that is a target of an earlier one is not chosen: it may have been added by an earlier
 * run, and a concept that has been given its targets is given no others.
 *
 * @param kind which rule
 * @param systems canonical, the preferred one first; empty but for {@link Kind#BY_SYSTEMS}
 */
public record ConceptPolicy(Kind kind, List<String> systems) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The rules. */
  public enum Kind {
    /** The targets of every coding are taken. */
    ALL("all"),
    /** Those of the first coding that has any, in the order of the concept. */
    FIRST_THAT_MAPS("first-that-maps"),
    /** Those of one coding, in an order of systems; systems that are not listed come last. */
    BY_SYSTEMS("by-systems");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** {@return the name that stands in options} */
    public String code() {
      return code;
    }
  }

  /** The targets of every coding are taken. */
  public static final ConceptPolicy ALL = new ConceptPolicy(Kind.ALL, List.of());

  /** The targets of the first coding that has any are taken, and no others. */
  public static final ConceptPolicy FIRST_THAT_MAPS =
      new ConceptPolicy(Kind.FIRST_THAT_MAPS, List.of());

  /**
   * Refuses a rule without the systems that it needs, with systems that it has no use for, and a
   * system that stands twice by whatever name.
   *
   * @param kind which rule
   * @param systems canonical, the preferred one first; empty but for {@link Kind#BY_SYSTEMS}
   */
  public ConceptPolicy {
    Objects.requireNonNull(kind, "kind");
    systems = systems.stream().map(CodeSystems::canonical).toList();
    if (systems.isEmpty() == (kind == Kind.BY_SYSTEMS)) {
      throw new IllegalArgumentException(
          systems.isEmpty()
              ? "by-systems needs at least one system"
              : kind.code() + " takes no systems");
    }
    if (new HashSet<>(systems).size() < systems.size()) {
      throw new IllegalArgumentException("a system stands twice in the order of systems");
    }
  }

  /**
   * Takes the targets of one coding, by an order of systems.
   *
   * @param systems by any of their names ({@link CodeSystems}), the preferred one first; codings of
   *     other systems come after them
   * @return the policy, with the canonical names of the systems
   */
  public static ConceptPolicy bySystems(List<String> systems) {
    return new ConceptPolicy(Kind.BY_SYSTEMS, systems);
  }

  /**
   * {@return the policy with this name}
   *
   * @param code the published name of a {@link Kind}
   * @param systems for {@code by-systems}, else empty
   * @throws IllegalArgumentException if there is none, or the systems do not go with it
   */
  public static ConceptPolicy fromCode(String code, List<String> systems) {
    for (Kind kind : Kind.values()) {
      if (kind.code.equals(code)) {
        return new ConceptPolicy(kind, systems);
      }
    }
    throw new IllegalArgumentException(
        "'" + code + "' is none of: all, first-that-maps, by-systems");
  }

  /**
   * {@return the translations of the codings of one concept, in their order, after the choice:
   * those that had targets to take and were not chosen have none, and the reason {@link
   * TranslationReason#ANOTHER_CODING_CHOSEN}}
   *
   * @param concept translations of all codings of one concept; the list is not changed
   */
  public List<Translation> choose(List<Translation> concept) {
    if (kind == Kind.ALL || concept.size() < 2) {
      return concept;
    }
    int chosen = -1;
    for (int i = 0; i < concept.size(); i++) {
      Translation each = concept.get(i);
      if (each.accepted() > 0
          && !isTargetOfAny(concept.subList(0, i), each)
          && (chosen < 0 || isBefore(each, concept.get(chosen)))) {
        chosen = i;
      }
    }
    List<Translation> result = new ArrayList<>(concept.size());
    for (int i = 0; i < concept.size(); i++) {
      result.add(i == chosen ? concept.get(i) : concept.get(i).notChosen());
    }
    return result;
  }

  private boolean isBefore(Translation a, Translation b) {
    boolean fallback = a.outcome() == TranslationOutcome.FALLBACK;
    if (fallback != (b.outcome() == TranslationOutcome.FALLBACK)) {
      return !fallback;
    }
    return rank(a) < rank(b);
  }

  private int rank(Translation translation) {
    int rank = systems.indexOf(translation.system());
    return rank < 0 ? systems.size() : rank;
  }

  private static boolean isTargetOfAny(List<Translation> earlier, Translation coding) {
    for (Translation each : earlier) {
      for (Answer answer : each.acceptedAnswers()) {
        if (answer.target().code().equals(coding.source().code())
            && answer.target().system().equals(coding.system())) {
          return true;
        }
      }
    }
    return false;
  }
}
