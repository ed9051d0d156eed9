package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Several maps, compiled for look-up; immutable, to be shared by all threads. Keys are exact: the
 * canonical system and the code, character by character.
 *
 * <p>Every map is asked, and what they say adds up. A map that another one names as its {@code
 * other-map} is asked only through it, for the source systems where that is so.
 *
 * <p>Source: FHIR R4 and R5, ConceptMap and its operation {@code $translate}.
 */
public final class CodeMap {
  private final Map<String, List<Section>> asked;
  private final Map<MapId, Map<String, Section>> byMap;
  private final Map<String, MapId> resolved;
  private final Set<MapId> ids;

  private CodeMap(
      Map<String, List<Section>> asked,
      Map<MapId, Map<String, Section>> byMap,
      Map<String, MapId> resolved) {
    this.asked = asked;
    this.byMap = byMap;
    this.resolved = resolved;
    this.ids = Set.copyOf(byMap.keySet());
  }

  /**
   * Compiles maps.
   *
   * @throws InvalidMapException if there are none, if two with the same url and version differ, or
   *     if an {@code other-map} is missing or leads back to itself
   */
  public static CodeMap of(Collection<ConceptMap> maps) throws InvalidMapException {
    Map<MapId, ConceptMap> distinct = new LinkedHashMap<>();
    for (ConceptMap map : maps) {
      ConceptMap same = distinct.putIfAbsent(map.id(), map);
      if (same != null && !same.saysTheSameAs(map)) {
        throw new InvalidMapException(
            map.file(),
            "",
            "is the map " + map.id() + ", and so is " + same.file() + ", but they differ");
      }
    }
    Map<MapId, Map<String, Section>> byMap = new LinkedHashMap<>();
    distinct.forEach((id, map) -> byMap.put(id, Section.of(map)));
    if (byMap.values().stream()
        .flatMap(s -> s.values().stream())
        .allMatch(s -> s.codes() == 0 && s.defaults().isEmpty())) {
      throw new InvalidMapException(
          distinct.isEmpty()
              ? "There is no code map"
              : "The code maps have no entries: "
                  + String.join(", ", distinct.values().stream().map(ConceptMap::file).toList()));
    }
    OtherMaps others = OtherMaps.resolve(distinct, byMap);
    Map<String, List<Section>> asked = new HashMap<>();
    byMap.forEach(
        (id, sections) ->
            sections.forEach(
                (system, section) -> {
                  if (!others.isOnlyAskedThroughAnother(id, system)) {
                    asked.computeIfAbsent(system, s -> new ArrayList<>(1)).add(section);
                  }
                }));
    return new CodeMap(asked, byMap, others.resolved());
  }

  /** Returns the maps that this was made of. */
  public Set<MapId> ids() {
    return ids;
  }

  /** Returns the canonical source systems, sorted. */
  public Set<String> sourceSystems() {
    return new TreeSet<>(asked.keySet());
  }

  /** Returns how many source codes the maps name. */
  public long size() {
    return byMap.values().stream()
        .flatMap(s -> s.values().stream())
        .mapToLong(Section::codes)
        .sum();
  }

  /** Translates one coding under a policy. */
  public Translation translate(Coding source, SeveralTargets policy) {
    if (source.code().isEmpty()) {
      return Translation.invalid(source, TranslationReason.NO_CODE);
    }
    if (source.system().isEmpty()) {
      return Translation.invalid(source, TranslationReason.NO_SYSTEM);
    }
    if (!CodeSyntax.isCode(source.code())) {
      return Translation.invalid(source, TranslationReason.NOT_A_CODE);
    }
    String system = CodeSystems.canonical(source.system());
    List<Section> sections = asked.get(system);
    if (sections == null) {
      return new Translation(
          source,
          system,
          TranslationOutcome.UNMAPPED,
          TranslationReason.SYSTEM_NOT_IN_MAPS,
          List.of(),
          0);
    }
    Said said = new Said();
    for (Section section : sections) {
      said.hear(section, source);
    }
    // A default stands in only where no map names the code for that target system.
    for (Section section : sections) {
      for (Section.Default each : section.defaults()) {
        said.fallBack(section, each, source, section.map());
      }
    }
    return said.conclude(source, system, policy);
  }

  /** Collects what the maps say about one coding. */
  private final class Said {
    private final List<Answer> matches = new ArrayList<>(2);
    private final List<Answer> conditional = new ArrayList<>(0);
    private final List<Answer> denied = new ArrayList<>(0);
    private final List<Answer> fallbacks = new ArrayList<>(0);
    private final List<Answer> fallbackDenied = new ArrayList<>(0);
    private final Set<String> spokenFor = new LinkedHashSet<>(2);
    private TranslationReason fallbackReason = TranslationReason.ELEMENT;
    private boolean otherVersion;
    private boolean silent;

    void hear(Section section, Coding source) {
      for (Section.Statement statement : section.about(source.code())) {
        if (!versionHolds(statement.sourceVersion(), source)) {
          continue;
        }
        spokenFor.add(statement.answer().target().system());
        sort(statement, matches, denied, statement.answer());
      }
    }

    private void sort(
        Section.Statement statement, List<Answer> hits, List<Answer> misses, Answer answer) {
      switch (statement.kind()) {
        case TARGET -> add(answer.isMatch() ? hits : misses, answer);
        case CONDITIONAL -> add(conditional, answer);
        case NO_MAP -> add(misses, answer);
        case SILENT -> silent = true;
      }
    }

    void fallBack(Section section, Section.Default rule, Coding source, MapId first) {
      if (spokenFor.contains(rule.target()) || !versionHolds(rule.sourceVersion(), source)) {
        return;
      }
      ConceptMap.Unmapped unmapped = rule.unmapped();
      switch (unmapped.mode()) {
        case PROVIDED -> {
          String system = rule.target().isEmpty() ? section.source() : rule.target();
          Coding same = new Coding(system, rule.targetVersion(), source.code(), source.display());
          stand(same, unmapped, section, first, TranslationReason.UNMAPPED_PROVIDED);
        }
        case FIXED -> {
          Coding fixed =
              new Coding(rule.target(), rule.targetVersion(), unmapped.code(), unmapped.display());
          stand(fixed, unmapped, section, first, TranslationReason.UNMAPPED_FIXED);
        }
        case OTHER_MAP -> askOther(section, unmapped.otherMap(), source, first);
      }
    }

    private void stand(
        Coding target,
        ConceptMap.Unmapped unmapped,
        Section section,
        MapId first,
        TranslationReason reason) {
      Answer answer = new Answer(target, unmapped.relationship(), section.map(), first);
      add(answer.isMatch() ? fallbacks : fallbackDenied, answer);
      fallbackReason = reason;
    }

    private void askOther(Section section, String canonical, Coding source, MapId first) {
      Section other = byMap.get(resolved.get(canonical)).get(section.source());
      if (other == null) {
        return;
      }
      Set<String> named = new LinkedHashSet<>(2);
      for (Section.Statement statement : other.about(source.code())) {
        String target = statement.answer().target().system();
        if (!versionHolds(statement.sourceVersion(), source) || spokenFor.contains(target)) {
          continue;
        }
        named.add(target);
        Answer said = statement.answer();
        Answer answer =
            new Answer(said.target(), said.relationship(), said.map(), first, said.conditional());
        sort(statement, fallbacks, fallbackDenied, answer);
        fallbackReason = TranslationReason.UNMAPPED_OTHER_MAP;
      }
      for (Section.Default each : other.defaults()) {
        if (!named.contains(each.target())) {
          fallBack(other, each, source, first);
        }
      }
    }

    private boolean versionHolds(String stated, Coding source) {
      boolean holds =
          stated.isEmpty() || source.version().isEmpty() || stated.equals(source.version());
      otherVersion |= !holds;
      return holds;
    }

    private void add(List<Answer> answers, Answer answer) {
      for (Answer earlier : answers) {
        if (earlier.hasSameTarget(answer)) {
          return;
        }
      }
      answers.add(answer);
    }

    Translation conclude(Coding source, String system, SeveralTargets policy) {
      List<Answer> hits = new ArrayList<>(matches);
      fallbacks.forEach(f -> add(hits, f));
      if (hits.isEmpty()) {
        return withoutMatch(source, system);
      }
      Set<String> several = policy == SeveralTargets.ALL ? Set.of() : severalIn(hits);
      List<Answer> answers = new ArrayList<>(hits.size() + denied.size());
      for (Answer hit : hits) {
        if (!several.contains(hit.target().system())) {
          answers.add(hit);
        }
      }
      int accepted = answers.size();
      for (Answer hit : hits) {
        if (several.contains(hit.target().system())) {
          answers.add(hit);
        }
      }
      boolean undecided = addConditional(answers);
      denied.stream().filter(Answer::hasTarget).forEach(answers::add);
      fallbackDenied.stream().filter(Answer::hasTarget).forEach(answers::add);
      if (undecided || !several.isEmpty()) {
        return new Translation(
            source,
            system,
            TranslationOutcome.AMBIGUOUS,
            several.isEmpty() ? TranslationReason.DEPENDS_ON : TranslationReason.SEVERAL_TARGETS,
            answers,
            accepted);
      }
      return matches.isEmpty()
          ? new Translation(
              source, system, TranslationOutcome.FALLBACK, fallbackReason, answers, accepted)
          : new Translation(
              source,
              system,
              TranslationOutcome.MAPPED,
              TranslationReason.ELEMENT,
              answers,
              accepted);
    }

    /**
     * Adds the targets that depend on a property to the hits, and returns whether a target system
     * has no others: a rule that cannot be evaluated is ambiguous, not guessed.
     */
    private boolean addConditional(List<Answer> hits) {
      Set<String> decided = new LinkedHashSet<>(2);
      hits.forEach(hit -> decided.add(hit.target().system()));
      conditional.forEach(each -> add(hits, each));
      return conditional.stream().anyMatch(each -> !decided.contains(each.target().system()));
    }

    private Translation withoutMatch(Coding source, String system) {
      List<Answer> answers = new ArrayList<>(conditional);
      answers.addAll(denied);
      answers.addAll(fallbackDenied);
      TranslationOutcome outcome;
      TranslationReason reason;
      if (!conditional.isEmpty()) {
        outcome = TranslationOutcome.AMBIGUOUS;
        reason = TranslationReason.DEPENDS_ON;
      } else if (!answers.isEmpty()) {
        outcome = TranslationOutcome.NOT_MAPPABLE;
        reason = TranslationReason.EXPLICIT_NO_MAP;
      } else {
        outcome = TranslationOutcome.UNMAPPED;
        reason =
            silent
                ? TranslationReason.NO_TARGETS_STATED
                : otherVersion
                    ? TranslationReason.OTHER_SOURCE_VERSION
                    : TranslationReason.CODE_NOT_IN_MAPS;
      }
      return new Translation(source, system, outcome, reason, answers, 0);
    }

    private Set<String> severalIn(List<Answer> hits) {
      if (hits.size() == 1) {
        return Set.of();
      }
      Set<String> once = new LinkedHashSet<>();
      Set<String> twice = new LinkedHashSet<>();
      for (Answer hit : hits) {
        if (!once.add(hit.target().system())) {
          twice.add(hit.target().system());
        }
      }
      return twice;
    }
  }
}
