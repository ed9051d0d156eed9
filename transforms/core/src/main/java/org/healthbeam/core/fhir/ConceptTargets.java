package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;

/** Which targets are added to a CodeableConcept, whatever form it has. */
public final class ConceptTargets {
  private ConceptTargets() {}

  /**
   * Returns the targets that the policy takes and that are not there yet, in the order of the
   * source codings, each once. A coding is there if its system, by whatever name, and its code are;
   * displays and versions do not matter.
   *
   * @param present all codings of the concept
   * @param translations of those of them that were translated
   */
  public static List<Coding> missing(List<Coding> present, List<Translation> translations) {
    if (translations.stream().allMatch(each -> each.accepted() == 0)) {
      return List.of();
    }
    Known known = new Known();
    present.forEach(known::add);
    List<Coding> missing = new ArrayList<>(2);
    for (Translation translation : translations) {
      for (Answer answer : translation.acceptedAnswers()) {
        if (known.add(answer.target())) {
          missing.add(answer.target());
        }
      }
    }
    return missing;
  }

  /** Codings by system and code. */
  private static final class Known {
    /** Up to here a walk through the list is faster than a set. */
    private static final int FEW = 12;

    private record Key(String system, String code) {}

    private final List<Key> few = new ArrayList<>(4);
    private final Set<Key> many = new HashSet<>(0);

    /** Returns whether it was not there. */
    boolean add(Coding coding) {
      Key key = new Key(CodeSystems.canonical(coding.system()), coding.code());
      if (few.size() < FEW) {
        return !few.contains(key) && few.add(key);
      }
      return !few.contains(key) && many.add(key);
    }
  }
}
