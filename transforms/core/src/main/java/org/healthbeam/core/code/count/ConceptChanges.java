package org.healthbeam.core.code.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.MapDiff.When;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationPolicy;

/**
 * What other maps would change for the codings of concepts, where a policy says which coding of a
 * concept is translated: one may be answered as before and no longer be the one whose targets are
 * taken. Both answers are told for codings of which nothing else is known, as by {@link MapDiff}.
 *
 * <p>Concepts are counted first, since in real data few are most of them. Memory grows with the
 * distinct ones: whoever counts looks at {@link #size} and empties this in time. For one thread.
 */
public final class ConceptChanges {
  /** Takes what is changed. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes one coding of concepts.
     *
     * @param resourceType that the concepts stood in; empty outside of FHIR
     * @param before what the maps answer, after the choice among the codings of the concept
     * @param after what the other maps would answer, after their choice
     * @param n how often it came
     * @param when whether the answer is another one now, or may be under other circumstances
     */
    void take(String resourceType, Translation before, Translation after, long n, When when);
  }

  private record Concept(String resourceType, List<Coding> codings) {}

  private final CodeMap before;
  private final CodeMap after;
  private final MapDiff diff;
  private final TranslationPolicy policy;
  private final Map<Concept, Long> concepts = new HashMap<>();

  /**
   * Compares from now on, without a concept.
   *
   * @param before what is used so far
   * @param after what is to be used
   * @param policy which codings of a concept are translated, and how
   */
  public ConceptChanges(CodeMap before, CodeMap after, TranslationPolicy policy) {
    this.before = Objects.requireNonNull(before, "before");
    this.after = Objects.requireNonNull(after, "after");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.diff = MapDiff.between(before, after);
  }

  /**
   * Counts one concept.
   *
   * @param resourceType that the concept stands in; empty outside of FHIR
   * @param codings those of it that can be looked up, in their order
   */
  public void add(String resourceType, List<Coding> codings) {
    List<Coding> canonical = new ArrayList<>(codings.size());
    for (Coding each : codings) {
      canonical.add(
          new Coding(
              CodeSystems.canonical(each.system()), each.version(), each.code(), each.display()));
    }
    concepts.merge(new Concept(resourceType, canonical), 1L, Long::sum);
  }

  /** {@return how many distinct concepts there are} */
  public int size() {
    return concepts.size();
  }

  /**
   * Hands out what is changed, in no order, and forgets the concepts.
   *
   * @param taker is called once for each coding of a distinct concept that is answered otherwise
   */
  public void drainTo(Taker taker) {
    concepts.forEach((concept, n) -> compare(concept, n, taker));
    concepts.clear();
  }

  private void compare(Concept concept, long n, Taker taker) {
    List<Translation> was = translations(before, concept);
    List<Translation> will = translations(after, concept);
    List<Translation> wasChosen = policy.concept().choose(was);
    List<Translation> willBeChosen = policy.concept().choose(will);
    for (int i = 0; i < was.size(); i++) {
      When when = When.NOW;
      if (MapDiff.isSameButForReason(wasChosen.get(i), willBeChosen.get(i))) {
        boolean mayBeChosen = was.get(i).accepted() > 0 || will.get(i).accepted() > 0;
        when = later(concept.codings(), i, mayBeChosen);
        if (when == When.NEVER && !MapDiff.isSameAnswer(wasChosen.get(i), willBeChosen.get(i))) {
          when = When.NOW;
        }
      }
      if (when != When.NEVER) {
        taker.take(concept.resourceType(), wasChosen.get(i), willBeChosen.get(i), n, when);
      }
    }
  }

  private List<Translation> translations(CodeMap maps, Concept concept) {
    return concept.codings().stream()
        .map(coding -> maps.translate(coding, policy.severalTargets()))
        .toList();
  }

  /**
   * {@return when a coding is answered otherwise that now is not: where it is itself, or where
   * another one of the concept is and either may be the one that is chosen}
   */
  private When later(List<Coding> concept, int coding, boolean mayBeChosen) {
    When result = When.NEVER;
    for (int i = 0; i < concept.size(); i++) {
      When when = diff.when(concept.get(i), policy.severalTargets());
      boolean isLater = when == When.SOME_DAYS || when == When.SOME_CONDITIONS;
      if (isLater && (i == coding || mayBeChosen) && when.compareTo(result) < 0) {
        result = when;
      }
    }
    return result;
  }
}
