package org.healthbeam.core.code;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Mode;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Unmapped;
import org.healthbeam.core.code.ConceptMap.Validity;

/**
 * Small sets of maps in which much comes together: several maps and versions, targets that are said
 * twice in other words, denials, conditions, validities, combinations, defaults of all modes. A map
 * asks only maps of later URLs, so that there is no cycle.
 */
final class RandomMaps {
  static final List<String> SYSTEMS = List.of("urn:s", "urn:t", "urn:u");
  static final List<String> CODES = List.of("a", "b", "c", "d");
  static final List<String> PROPERTIES = List.of("p", "q");

  /** One thing that a map says: about a code, or about those that it does not name. */
  private record Fact(MapId map, MapGroup group, String code, Target target, Unmapped unmapped) {

    void tell(MapSink sink) throws InvalidMapException, IOException {
      if (unmapped != null) {
        sink.otherwise(group, unmapped);
      } else if (target == null) {
        sink.withoutTarget(group, Source.code(code), false);
      } else if (target.hasTarget()) {
        sink.say(group, Source.code(code), target);
      } else {
        sink.withoutTarget(group, Source.code(code), true);
      }
    }

    /** Returns the same, said by another map; a way to other maps stays where it is. */
    Fact as(MapId id) {
      if (unmapped != null && unmapped.mode() == Mode.OTHER_MAP) {
        return this;
      }
      MapGroup other =
          new MapGroup(
              id,
              id.url(),
              group.source(),
              group.sourceVersion(),
              group.target(),
              group.targetVersion());
      return new Fact(id, other, code, target, unmapped);
    }
  }

  private final List<Fact> facts;
  private final List<String> use;

  private RandomMaps(List<Fact> facts, List<String> use) {
    this.facts = facts;
    this.use = use;
  }

  static RandomMaps of(Random random) {
    List<MapId> ids = new ArrayList<>();
    int n = 1 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      ids.add(new MapId("urn:m" + i, "1"));
      if (random.nextInt(4) == 0) {
        ids.add(new MapId("urn:m" + i, "2"));
      }
    }
    List<Fact> facts = new ArrayList<>();
    for (MapId id : ids) {
      // So that each map is there, whatever else is taken from it.
      facts.add(
          new Fact(
              id,
              group(id, "urn:s", "", "urn:t"),
              "always",
              Target.of("always", "", Relationship.EQUIVALENT),
              null));
      for (int i = random.nextInt(9); i > 0; i--) {
        facts.add(fact(id, ids, random));
      }
    }
    boolean named = ids.size() > n || random.nextBoolean();
    return new RandomMaps(facts, named ? ids.stream().map(MapId::toString).toList() : List.of());
  }

  /** Returns another version: most is the same, in another order, under other version numbers. */
  RandomMaps changed(Random random) {
    List<MapId> ids = facts.stream().map(Fact::map).distinct().toList();
    List<Fact> result = new ArrayList<>(facts);
    for (int i = random.nextInt(4); i > 0; i--) {
      Fact other = fact(pick(ids, random), ids, random);
      int place = random.nextInt(result.size());
      boolean keeps = result.get(place).code().equals("always");
      switch (random.nextInt(keeps ? 1 : 3)) {
        case 0 -> result.add(other);
        case 1 -> result.remove(place);
        default -> result.set(place, result.get(place).as(other.map()));
      }
    }
    return new RandomMaps(result, use).shuffled(random);
  }

  /** Returns the same, said in another order. */
  RandomMaps shuffled(Random random) {
    List<Fact> result = new ArrayList<>(facts);
    Collections.shuffle(result, random);
    return new RandomMaps(result, use);
  }

  /** Compiles them: all at once, or each map by itself and the files in any order. */
  List<CompiledMaps> compiled(Random random) throws InvalidMapException, IOException {
    if (random.nextBoolean()) {
      return List.of(compile(facts));
    }
    List<CompiledMaps> result = new ArrayList<>();
    for (MapId id : facts.stream().map(Fact::map).distinct().toList()) {
      result.add(compile(facts.stream().filter(fact -> fact.map().equals(id)).toList()));
    }
    Collections.shuffle(result, random);
    return result;
  }

  CodeMap joined(Random random) throws InvalidMapException, IOException {
    return CodeMap.over(compiled(random), use);
  }

  private static CompiledMaps compile(List<Fact> facts) throws InvalidMapException, IOException {
    try (MapCompiler compiler = new MapCompiler()) {
      for (Fact fact : facts) {
        fact.tell(compiler);
      }
      return compiler.compile();
    }
  }

  private static MapGroup group(MapId id, String source, String version, String target) {
    return new MapGroup(id, id.url(), source, version, target, "");
  }

  private static Fact fact(MapId id, List<MapId> ids, Random random) {
    String target = random.nextInt(8) == 0 ? "" : pick(SYSTEMS, random);
    String version = random.nextInt(6) == 0 ? "v" : "";
    MapGroup group =
        group(id, random.nextInt(4) == 0 ? pick(SYSTEMS, random) : "urn:s", version, target);
    if (random.nextInt(5) == 0) {
      return new Fact(id, group, "", null, unmapped(id, ids, target, random));
    }
    String code = pick(CODES, random);
    if (target.isEmpty()) {
      return new Fact(id, group, code, random.nextBoolean() ? null : Target.none(), null);
    }
    return new Fact(id, group, code, random.nextInt(12) == 0 ? null : target(random), null);
  }

  private static Unmapped unmapped(MapId id, List<MapId> ids, String target, Random random) {
    List<MapId> later = ids.stream().filter(other -> other.url().compareTo(id.url()) > 0).toList();
    if (!later.isEmpty() && random.nextBoolean()) {
      return new Unmapped(
          Mode.OTHER_MAP, "", "", "", Relationship.RELATED_TO, pick(later, random).toString());
    }
    return random.nextBoolean() || target.isEmpty()
        ? new Unmapped(Mode.PROVIDED, "", "", "", Relationship.EQUIVALENT, "")
        : new Unmapped(Mode.FIXED, pick(CODES, random), "", "", Relationship.RELATED_TO, "");
  }

  private static Target target(Random random) {
    if (random.nextInt(10) == 0) {
      return Target.none();
    }
    Relationship relationship =
        random.nextInt(6) == 0 ? Relationship.NOT_RELATED_TO : Relationship.EQUIVALENT;
    relationship = random.nextInt(6) == 0 ? Relationship.RELATED_TO : relationship;
    Target target =
        Target.of(pick(CODES, random), random.nextInt(6) == 0 ? "display" : "", relationship);
    if (random.nextInt(4) == 0) {
      target = target.dependingOn(List.of(property(random)));
    }
    if (random.nextInt(4) == 0) {
      target = target.with(List.of(property(random)));
    }
    if (random.nextInt(6) == 0) {
      target = target.saying("advice");
    }
    if (random.nextInt(6) == 0) {
      LocalDate day = LocalDate.of(2020, 1, 1 + random.nextInt(2));
      target =
          target.during(
              random.nextBoolean()
                  ? new Validity(day, LocalDate.MAX, random.nextBoolean())
                  : new Validity(LocalDate.MIN, day, random.nextBoolean()));
    }
    return random.nextInt(4) == 0
        ? target.in(new Combination(random.nextInt(2), random.nextInt(2), random.nextInt(3)))
        : target;
  }

  private static Property property(Random random) {
    return Property.of(pick(PROPERTIES, random), String.valueOf(random.nextInt(2)));
  }

  static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
