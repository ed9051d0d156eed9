package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.List;
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
    List<Coding> missing = new ArrayList<>(2);
    for (Translation translation : translations) {
      for (Answer answer : translation.acceptedAnswers()) {
        Coding target = answer.target();
        if (!has(present, target) && !has(missing, target)) {
          missing.add(target);
        }
      }
    }
    return missing;
  }

  private static boolean has(List<Coding> codings, Coding target) {
    for (Coding coding : codings) {
      if (coding.code().equals(target.code())
          && CodeSystems.canonical(coding.system()).equals(target.system())) {
        return true;
      }
    }
    return false;
  }
}
