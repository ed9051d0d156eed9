package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that one map says about the codes of one source system, ready for look-up. Immutable. */
final class Section {

  /** What one element, or one target of it, says. */
  record Statement(Kind kind, Answer answer, String sourceVersion) {}

  /** The kinds of statements. */
  enum Kind {
    /** A target, match or not. */
    TARGET,
    /** A target that holds only if its {@code dependsOn} do. */
    CONDITIONAL,
    /** Explicitly no target. */
    NO_MAP,
    /** An element without targets: it only says that the code is not unmapped. */
    SILENT
  }

  /** What a group says about codes that it does not name. */
  record Default(
      ConceptMap.Unmapped unmapped, String target, String targetVersion, String sourceVersion) {}

  private final MapId map;
  private final String source;
  private final Map<String, List<Statement>> statements;
  private final List<Default> defaults;

  private Section(
      MapId map, String source, Map<String, List<Statement>> statements, List<Default> defaults) {
    this.map = map;
    this.source = source;
    this.statements = statements;
    this.defaults = List.copyOf(defaults);
  }

  /** Returns the sections of a map, by source system. */
  static Map<String, Section> of(ConceptMap map) {
    Map<String, Map<String, List<Statement>>> statements = new HashMap<>();
    Map<String, List<Default>> defaults = new HashMap<>();
    for (ConceptMap.Group group : map.groups()) {
      Map<String, List<Statement>> codes =
          statements.computeIfAbsent(group.source(), s -> new HashMap<>());
      for (ConceptMap.Element element : group.elements()) {
        addAll(codes.computeIfAbsent(element.code(), c -> new ArrayList<>(1)), map, group, element);
      }
      List<Default> mine = defaults.computeIfAbsent(group.source(), s -> new ArrayList<>());
      if (group.unmapped() != null) {
        mine.add(
            new Default(
                group.unmapped(), group.target(), group.targetVersion(), group.sourceVersion()));
      }
    }
    Map<String, Section> result = new HashMap<>();
    statements.forEach(
        (source, codes) -> {
          codes.replaceAll((code, said) -> List.copyOf(said));
          result.put(source, new Section(map.id(), source, codes, defaults.get(source)));
        });
    return result;
  }

  private static void addAll(
      List<Statement> said, ConceptMap map, ConceptMap.Group group, ConceptMap.Element element) {
    for (ConceptMap.Target target : element.targets()) {
      Coding coding =
          new Coding(group.target(), group.targetVersion(), target.code(), target.display());
      Kind kind =
          target.code().isEmpty()
              ? Kind.NO_MAP
              : target.conditional() ? Kind.CONDITIONAL : Kind.TARGET;
      said.add(
          new Statement(
              kind,
              new Answer(
                  coding, target.relationship(), map.id(), map.id(), kind == Kind.CONDITIONAL),
              group.sourceVersion()));
    }
    if (element.targets().isEmpty()) {
      Coding none = new Coding(group.target(), group.targetVersion(), "", "");
      said.add(
          new Statement(
              element.noMap() ? Kind.NO_MAP : Kind.SILENT,
              new Answer(none, Relationship.NOT_RELATED_TO, map.id(), map.id()),
              group.sourceVersion()));
    }
  }

  MapId map() {
    return map;
  }

  String source() {
    return source;
  }

  List<Statement> about(String code) {
    return statements.getOrDefault(code, List.of());
  }

  List<Default> defaults() {
    return defaults;
  }

  int codes() {
    return statements.size();
  }
}
