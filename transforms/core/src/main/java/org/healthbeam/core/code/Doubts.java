package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * Targets that one statement names and another one denies. FHIR tells both, and does not say which
 * of them is right; so it is not guessed: nothing is taken in that target system.
 *
 * <p>Source: FHIR R4, value set concept-map-equivalence, {@code disjoint}: "an explicit assertion
 * that there is no mapping between the source and target concept"; R5 {@code not-related-to}.
 */
final class Doubts {
  private static final Comparator<Coding> BY_CODE =
      Comparator.comparing(Coding::code).thenComparing(Coding::system);

  private Doubts() {}

  /** {@return the alternatives, those marked that have a target that is denied} */
  static List<Alternative> about(
      List<Alternative> alternatives, List<Answer> open, List<Answer> denied) {
    Map<Coding, TranslationReason> reasons = new TreeMap<>(BY_CODE);
    // What is denied under a condition that is not known may be denied.
    collect(open, TranslationReason.DEPENDS_ON, reasons);
    collect(denied, TranslationReason.CONTRADICTION, reasons);
    if (reasons.isEmpty()) {
      return alternatives;
    }
    List<Alternative> result = new ArrayList<>(alternatives.size());
    for (Alternative each : alternatives) {
      TranslationReason doubt = null;
      for (Answer answer : each.answers()) {
        TranslationReason reason = reasons.get(answer.target());
        doubt = doubt == TranslationReason.CONTRADICTION || reason == null ? doubt : reason;
      }
      result.add(doubt == null ? each : each.doubtedFor(doubt));
    }
    return result;
  }

  private static void collect(
      List<Answer> said, TranslationReason reason, Map<Coding, TranslationReason> reasons) {
    for (Answer answer : said) {
      if (!answer.isMatch() && !answer.target().code().isEmpty()) {
        reasons.put(answer.target(), reason);
      }
    }
  }

  /** {@return the target systems in which nothing can be taken} */
  static Set<String> systems(List<Alternative> alternatives) {
    Set<String> result = Set.of();
    for (Alternative each : alternatives) {
      if (each.doubt() != null) {
        result = result.isEmpty() ? new HashSet<>(2) : result;
        result.add(each.system());
      }
    }
    return result;
  }

  /**
   * {@return why a coding is ambiguous}
   *
   * @param several whether there are several targets in one system
   * @param undecided an answer that is not decided in a system that has no other; or null
   */
  static TranslationReason reason(
      List<Alternative> alternatives, boolean several, @Nullable Answer undecided) {
    for (Alternative each : alternatives) {
      if (each.doubt() == TranslationReason.CONTRADICTION) {
        return TranslationReason.CONTRADICTION;
      }
    }
    if (several) {
      return TranslationReason.SEVERAL_TARGETS;
    }
    return undecided == null || undecided.detail().valueSet().isEmpty()
        ? TranslationReason.DEPENDS_ON
        : TranslationReason.VALUE_SET;
  }
}
