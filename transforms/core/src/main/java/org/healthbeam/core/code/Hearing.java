package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.healthbeam.core.code.ConceptMap.Validity;

/** Asks the maps about one coding, and concludes from what they say. */
final class Hearing {
  private final Coding source;
  private final Circumstances circumstances;
  private final String maps;
  private final BiFunction<String, String, CompiledSection> others;
  private final Said direct = new Said();
  private final Said fallback = new Said();
  private Set<String> spokenFor = Set.of();
  private Set<CompiledSection> askedOthers = Set.of();
  private TranslationReason fallbackReason = TranslationReason.UNMAPPED_OTHER_MAP;
  private boolean otherVersion;
  private boolean otherTime;
  private boolean conditionFails;
  private boolean silent;
  private boolean deniedForAll;
  private boolean codeAlone = true;

  /**
   * @param maps the name of all maps
   * @param others the section of another map, by its canonical URL and the source system; null if
   *     it has none
   */
  Hearing(
      Coding source,
      Circumstances circumstances,
      String maps,
      BiFunction<String, String, CompiledSection> others) {
    this.source = source;
    this.circumstances = circumstances;
    this.maps = maps;
    this.others = others;
  }

  /** Takes what a section says about the code. */
  void hear(CompiledSection section, List<Statement> said) {
    for (Statement statement : said) {
      if (versionHolds(statement.group().sourceVersion())) {
        speakFor(statement.group().target());
        // Without a target system it is said for all of them.
        deniedForAll |=
            statement.kind() == Statement.Kind.NO_MAP && statement.group().target().isEmpty();
        take(statement, direct, section, section.map());
      }
    }
  }

  private void speakFor(String target) {
    if (spokenFor.isEmpty()) {
      // Most often this stays the only one.
      spokenFor = Set.of(target);
    } else if (!spokenFor.contains(target)) {
      if (spokenFor.size() == 1) {
        spokenFor = new HashSet<>(spokenFor);
      }
      spokenFor.add(target);
    }
  }

  private void take(Statement statement, Said said, CompiledSection section, MapId asked) {
    if (statement.kind() == Statement.Kind.SILENT) {
      silent = true;
      return;
    }
    ConceptMap.Target target = statement.target();
    codeAlone &= target.validity().equals(Validity.ALWAYS) && target.dependsOn().isEmpty();
    if (!target.validity().holds(circumstances.date())) {
      otherTime = true;
      return;
    }
    Condition condition = circumstances.judge(target.dependsOn(), section.valueSets());
    if (condition == Condition.FAILS) {
      conditionFails = true;
      return;
    }
    Answer answer = statement.answer(condition);
    Answer told = asked.equals(answer.asked()) ? answer : answer.askedOf(asked);
    said.add(said == fallback ? told.asFallback() : told, target.combination());
  }

  /** {@return whether another coding of this code and version would be answered the same} */
  boolean hangsOnTheCodeAlone() {
    return codeAlone;
  }

  void fallBack(CompiledSection section, MapCompiler.Default rule, MapId first) {
    MapGroup group = rule.group();
    if (deniedForAll
        || spokenFor.contains(group.target())
        || !versionHolds(group.sourceVersion())) {
      return;
    }
    ConceptMap.Unmapped unmapped = rule.unmapped();
    switch (unmapped.mode()) {
      case PROVIDED -> {
        String system = group.target().isEmpty() ? section.source() : group.target();
        codeAlone = false;
        Coding same = new Coding(system, group.targetVersion(), source.code(), source.display());
        stand(same, unmapped, section, first, TranslationReason.UNMAPPED_PROVIDED);
      }
      case FIXED -> {
        Coding fixed =
            new Coding(group.target(), group.targetVersion(), unmapped.code(), unmapped.display());
        stand(fixed, unmapped, section, first, TranslationReason.UNMAPPED_FIXED);
      }
      case OTHER_MAP -> askOther(section, unmapped.otherMap(), first);
    }
  }

  private void stand(
      Coding target,
      ConceptMap.Unmapped unmapped,
      CompiledSection section,
      MapId first,
      TranslationReason reason) {
    Answer.Detail detail =
        unmapped.valueSet().isEmpty()
            ? Answer.Detail.NONE
            : new Answer.Detail(unmapped.valueSet(), List.of(), List.of(), "");
    fallback.add(
        new Answer(target, unmapped.relationship(), section.map(), first, Condition.NONE, detail)
            .asFallback(),
        null);
    // Of several reasons the first of the enum: which rule came first means nothing.
    if (reason.compareTo(fallbackReason) < 0) {
      fallbackReason = reason;
    }
  }

  private void askOther(CompiledSection section, String canonical, MapId first) {
    CompiledSection other = others.apply(canonical, section.source());
    // In chains of diamonds the ways to a map are many more than the maps.
    if (other == null || askedOthers.contains(other)) {
      return;
    }
    if (askedOthers.isEmpty()) {
      askedOthers = new HashSet<>();
    }
    askedOthers.add(other);
    Set<String> named = new LinkedHashSet<>(2);
    boolean denied = false;
    for (Statement statement : other.about(source.code())) {
      String target = statement.group().target();
      if (versionHolds(statement.group().sourceVersion()) && !spokenFor.contains(target)) {
        named.add(target);
        take(statement, fallback, other, first);
        denied |= statement.kind() == Statement.Kind.NO_MAP && statement.group().target().isEmpty();
      }
    }
    for (MapCompiler.Default each : other.defaults()) {
      // As where it is asked by itself: without a target system no-map is said for all of them.
      if (!denied && !named.contains(each.group().target())) {
        fallBack(other, each, first);
      }
    }
  }

  private boolean versionHolds(String stated) {
    boolean holds =
        stated.isEmpty() || source.version().isEmpty() || stated.equals(source.version());
    otherVersion |= !holds;
    return holds;
  }

  Translation conclude(String system, SeveralTargets policy) {
    if (direct.isEmpty() && fallback.isEmpty()) {
      // Most codings of most records.
      return withoutMatch(system);
    }
    List<Answer> plain = fallback.isEmpty() ? direct.plainMatches() : null;
    if (plain != null && !plain.isEmpty() && isOfOneSystem(plain)) {
      boolean taken = policy == SeveralTargets.ALL || isOneTarget(plain);
      return taken
          ? translation(
              system, TranslationOutcome.MAPPED, TranslationReason.ELEMENT, plain, plain.size())
          : translation(
              system, TranslationOutcome.AMBIGUOUS, TranslationReason.SEVERAL_TARGETS, plain, 0);
    }
    List<Alternative> alternatives = direct.alternatives();
    boolean isFallback = alternatives.isEmpty();
    alternatives.addAll(fallback.alternatives());
    if (direct.hasCombinations() || fallback.hasCombinations() || !isFallback) {
      alternatives = alternatives.size() > 1 ? Alternative.once(alternatives) : alternatives;
    }
    List<Answer> open = both(direct.open(), fallback.open());
    List<Answer> denied = both(direct.denied(), fallback.denied());
    alternatives = Doubts.about(alternatives, open, denied);
    Set<String> doubted = Doubts.systems(alternatives);
    Set<String> several = several(alternatives, doubted, policy);
    Answers answers = new Answers();
    for (Alternative each : alternatives) {
      if (each.isDecided(policy)
          && !several.contains(each.system())
          && !doubted.contains(each.system())) {
        answers.addAll(each.answers());
      }
    }
    int accepted = answers.size();
    alternatives.forEach(each -> answers.addAll(each.answers()));
    answers.addAll(open);
    Answer undecided = undecided(alternatives, open);
    answers.addAllWithTarget(denied);
    if (undecided != null || !several.isEmpty() || !doubted.isEmpty()) {
      return translation(
          system,
          TranslationOutcome.AMBIGUOUS,
          Doubts.reason(alternatives, !several.isEmpty(), undecided),
          answers.toList(),
          accepted);
    }
    if (alternatives.isEmpty()) {
      return withoutMatch(system);
    }
    return isFallback
        ? translation(
            system, TranslationOutcome.FALLBACK, fallbackReason, answers.toList(), accepted)
        : translation(
            system,
            TranslationOutcome.MAPPED,
            TranslationReason.ELEMENT,
            answers.toList(),
            accepted);
  }

  /** {@return whether sorted answers have all their targets in one system} */
  private static boolean isOfOneSystem(List<Answer> sorted) {
    return sorted.get(0).target().system().equals(sorted.get(sorted.size() - 1).target().system());
  }

  private static boolean isOneTarget(List<Answer> sorted) {
    return Answers.isOneTarget(sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private static List<Answer> both(List<Answer> first, List<Answer> second) {
    if (second.isEmpty()) {
      return first;
    }
    List<Answer> result = new ArrayList<>(first);
    result.addAll(second);
    return result;
  }

  /**
   * {@return an answer that is not decided and whose target system has no other; null if there is
   * none} A rule that cannot be evaluated is ambiguous, not guessed.
   */
  @javax.annotation.Nullable
  private static Answer undecided(List<Alternative> alternatives, List<Answer> open) {
    if (open.isEmpty()) {
      return null;
    }
    Set<String> decided = new HashSet<>();
    alternatives.forEach(each -> decided.add(each.system()));
    for (Answer answer : open) {
      if (!decided.contains(answer.target().system())) {
        return answer;
      }
    }
    return null;
  }

  /** {@return the target systems for which the policy does not take what was said} */
  private static Set<String> several(
      List<Alternative> alternatives, Set<String> doubted, SeveralTargets policy) {
    if (alternatives.size() == 1 && alternatives.get(0).decided()) {
      return Set.of();
    }
    Set<String> once = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (Alternative each : alternatives) {
      if (!doubted.contains(each.system())
          && (!each.isDecided(policy)
              || !(once.add(each.system()) || policy == SeveralTargets.ALL))) {
        twice.add(each.system());
      }
    }
    return twice;
  }

  private Translation withoutMatch(String system) {
    List<Answer> denied = both(direct.denied(), fallback.denied());
    if (!denied.isEmpty()) {
      return translation(
          system, TranslationOutcome.NOT_MAPPABLE, TranslationReason.EXPLICIT_NO_MAP, denied, 0);
    }
    TranslationReason reason =
        otherTime
            ? TranslationReason.OTHER_TIME
            : conditionFails
                ? TranslationReason.CONDITION_FAILS
                : silent
                    ? TranslationReason.NO_TARGETS_STATED
                    : otherVersion
                        ? TranslationReason.OTHER_SOURCE_VERSION
                        : TranslationReason.CODE_NOT_IN_MAPS;
    return translation(system, TranslationOutcome.UNMAPPED, reason, List.of(), 0);
  }

  private Translation translation(
      String system,
      TranslationOutcome outcome,
      TranslationReason reason,
      List<Answer> answers,
      int accepted) {
    return new Translation(source, system, outcome, reason, answers, accepted, maps);
  }
}
