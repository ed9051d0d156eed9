package org.healthbeam.core.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Unmapped;

/**
 * Puts codes where a map names value sets.
 *
 * <p>A source must be expanded, or the map would say nothing where it means to say something. A
 * target that cannot be expanded stays a value set: it is answered, and never taken.
 *
 * <p>Source: FHIR R5, ConceptMap.group.element.valueSet, target.valueSet, target.dependsOn.valueSet
 * and unmapped.valueSet.
 */
final class ValueSetExpansion {
  private final KnownValueSets known;

  ValueSetExpansion(KnownValueSets known) {
    this.known = known;
  }

  /** Takes what is said about single codes. */
  interface Codes {
    void say(MapGroup group, String code, Target target) throws InvalidMapException, IOException;
  }

  /**
   * Expands one statement.
   *
   * @param defaults the rules of the map's groups for codes without a target; that of the group is
   *     to be applied, too, where the target is a value set without codes
   */
  void expand(
      MapGroup group, Source source, Target target, List<MapCompiler.Default> defaults, Codes codes)
      throws InvalidMapException, IOException {
    List<Placed> targets = targets(group, target);
    if (targets.isEmpty() && defaults.stream().anyMatch(each -> each.group().equals(group))) {
      return;
    }
    List<MapGroup> spokenFor = leftBehind(group, targets, defaults);
    for (Coding code : sources(group, source)) {
      if (targets.isEmpty()) {
        codes.say(from(group, code), code.code(), Target.none());
      }
      for (Placed each : targets) {
        codes.say(from(each.group(), code), code.code(), each.target());
      }
      for (MapGroup each : spokenFor) {
        codes.say(from(each, code), code.code(), Target.none());
      }
    }
  }

  /**
   * {@return groups that say something about a code though none of the statements stands in them:
   * the code of a value set has a system of its own where the group states none, and so have
   * defaults}
   */
  private List<MapGroup> leftBehind(
      MapGroup group, List<Placed> targets, List<MapCompiler.Default> defaults)
      throws InvalidMapException {
    if (!group.target().isEmpty() || targets.isEmpty()) {
      return List.of();
    }
    Set<MapGroup> result = new LinkedHashSet<>();
    for (MapCompiler.Default each : defaults) {
      if (each.group().equals(group)) {
        result.add(group);
        for (Coding fixed : fixed(each)) {
          result.add(to(group, fixed));
        }
      }
    }
    targets.forEach(each -> result.remove(each.group()));
    return List.copyOf(result);
  }

  /** {@return the codes of a rule's value set; none if it has none, or one that cannot be told} */
  private List<Coding> fixed(MapCompiler.Default rule) throws InvalidMapException {
    String valueSet = rule.unmapped().valueSet();
    KnownValueSets.Codes codes =
        valueSet.isEmpty() ? null : known.codes(valueSet, rule.group().file());
    return codes == null || !codes.areKnown() ? List.of() : codes.of(rule.group().target());
  }

  private record Placed(MapGroup group, Target target) {}

  private List<Coding> sources(MapGroup group, Source source) throws InvalidMapException {
    if (source.valueSet().isEmpty()) {
      return List.of(Coding.of(group.source(), source.code()));
    }
    KnownValueSets.Codes codes = known.codes(source.valueSet(), group.file());
    if (!codes.areKnown()) {
      throw new InvalidMapException(
          group.file(),
          "",
          "maps from the value set " + source.valueSet() + ", which " + codes.unknown());
    }
    List<Coding> result = codes.of(group.source());
    if (result.isEmpty()) {
      throw new InvalidMapException(
          group.file(),
          "",
          "maps from the value set "
              + source.valueSet()
              + ", which has no code of the system "
              + group.source());
    }
    return result;
  }

  private List<Placed> targets(MapGroup group, Target target) throws InvalidMapException {
    if (target.valueSet().isEmpty()) {
      return List.of(new Placed(group, target));
    }
    KnownValueSets.Codes codes = known.codes(target.valueSet(), group.file());
    if (!codes.areKnown()) {
      return List.of(new Placed(group, target));
    }
    List<Placed> result = new ArrayList<>();
    for (Coding each : codes.of(group.target())) {
      result.add(new Placed(to(group, each), target.as(each)));
    }
    return result;
  }

  /** Puts codes into rules for codes that are not named. */
  void expand(List<MapCompiler.Default> defaults) throws InvalidMapException {
    List<MapCompiler.Default> expanded = new ArrayList<>(defaults.size());
    for (MapCompiler.Default each : defaults) {
      Unmapped rule = each.unmapped();
      KnownValueSets.Codes codes =
          rule.valueSet().isEmpty() ? null : known.codes(rule.valueSet(), each.group().file());
      if (codes == null || !codes.areKnown()) {
        expanded.add(each);
        continue;
      }
      List<Coding> fixed = codes.of(each.group().target());
      if (fixed.isEmpty()) {
        throw new InvalidMapException(
            each.group().file(),
            "",
            "maps codes that are not named to the value set "
                + rule.valueSet()
                + ", which has no code of the system "
                + each.group().target());
      }
      for (Coding code : fixed) {
        expanded.add(
            new MapCompiler.Default(
                to(each.group(), code),
                new Unmapped(
                    rule.mode(), code.code(), code.display(), "", rule.relationship(), "")));
      }
    }
    defaults.clear();
    defaults.addAll(expanded);
  }

  /**
   * {@return the codes of value sets that conditions and products name, as far as they can be told}
   *
   * @param found codes of those that were found when the map was compiled before
   */
  Map<String, List<Coding>> members(
      Set<String> canonicals, Map<String, List<Coding>> found, String file)
      throws InvalidMapException {
    Map<String, List<Coding>> result = new LinkedHashMap<>();
    for (String canonical : canonicals) {
      if (found.containsKey(canonical)) {
        result.put(canonical, found.get(canonical));
        continue;
      }
      KnownValueSets.Codes codes = known.codes(canonical, file);
      if (codes.areKnown()) {
        result.put(canonical, codes.codes());
      }
    }
    return result;
  }

  private static MapGroup from(MapGroup group, Coding code) {
    return group.source().equals(code.system())
        ? group
        : new MapGroup(
            group.map(), group.file(), code.system(), "", group.target(), group.targetVersion());
  }

  private static MapGroup to(MapGroup group, Coding code) {
    return group.target().equals(code.system())
        ? group
        : new MapGroup(
            group.map(), group.file(), group.source(), group.sourceVersion(), code.system(), "");
  }
}
