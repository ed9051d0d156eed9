package org.healthbeam.core.code;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the maps answered for one coding.
 *
 * @param source as the data has it
 * @param system of the source, canonical
 * @param outcome exactly one
 * @param reason why
 * @param answers all that was said, matches first, sorted; empty if nothing was
 * @param accepted how many of the first answers the policy takes: these are the translation
 * @param maps which maps were asked, also where none had an answer: {@link CodeMap#name}
 */
public record Translation(
    Coding source,
    String system,
    TranslationOutcome outcome,
    TranslationReason reason,
    List<Answer> answers,
    int accepted,
    String maps) {

  /**
   * A translation that does not say which maps were asked.
   *
   * @param source as the data has it
   * @param system of the source, canonical
   * @param outcome exactly one
   * @param reason why
   * @param answers all that was said, matches first, sorted
   * @param accepted how many of the first answers are taken
   */
  public Translation(
      Coding source,
      String system,
      TranslationOutcome outcome,
      TranslationReason reason,
      List<Answer> answers,
      int accepted) {
    this(source, system, outcome, reason, answers, accepted, "");
  }

  /**
   * Refuses what is null, and more accepted answers than there are.
   *
   * @param source as the data has it
   * @param system of the source, canonical
   * @param outcome exactly one
   * @param reason why
   * @param answers all that was said, matches first, sorted; empty if nothing was
   * @param accepted how many of the first answers the policy takes: these are the translation
   * @param maps which maps were asked, also where none had an answer: {@link CodeMap#name}
   */
  public Translation {
    Objects.requireNonNull(maps, "maps");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(reason, "reason");
    answers = List.copyOf(answers);
    if (accepted < 0 || accepted > answers.size()) {
      throw new IllegalArgumentException(
          "accepted is " + accepted + " of " + answers.size() + " answers");
    }
  }

  /**
   * {@return FHIR's {@code result}: whether at least one answer is a match} The policy has no say.
   */
  public boolean result() {
    return answers.stream().anyMatch(Answer::isMatch);
  }

  /**
   * {@return what the policy takes} Of one target several answers may be taken, where it is said in
   * several ways: with other products, by other maps.
   */
  public List<Answer> acceptedAnswers() {
    return answers.subList(0, accepted);
  }

  /** {@return what the policy takes, each target once: the first of its answers} */
  public List<Answer> acceptedTargets() {
    if (accepted < 2) {
      return acceptedAnswers();
    }
    Set<Target> known = new HashSet<>();
    return acceptedAnswers().stream()
        .filter(each -> known.add(new Target(each.target().system(), each.target().code())))
        .toList();
  }

  private record Target(String system, String code) {}

  /**
   * {@return the same with nothing taken, because the targets of another coding of the concept are;
   * itself if there was nothing to take}
   */
  Translation notChosen() {
    return accepted == 0
        ? this
        : new Translation(
            source, system, outcome, TranslationReason.ANOTHER_CODING_CHOSEN, answers, 0, maps);
  }

  /**
   * {@return the answer for something that cannot be looked up, in whatever maps}
   *
   * @param source as the data has it; its parts may be empty
   * @param reason why it cannot be looked up
   */
  public static Translation invalid(Coding source, TranslationReason reason) {
    return invalid(source, reason, "");
  }

  static Translation invalid(Coding source, TranslationReason reason, String maps) {
    return new Translation(
        source,
        CodeSystems.canonical(source.system()),
        TranslationOutcome.INVALID,
        reason,
        List.of(),
        0,
        maps);
  }
}
