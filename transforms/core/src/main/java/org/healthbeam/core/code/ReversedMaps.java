package org.healthbeam.core.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;

/**
 * Turns maps round, statement by statement: from their targets to their sources. Maps are one-way;
 * this is for those who ask for it.
 *
 * <ul>
 *   <li>The relationship is seen from the other side; {@code equivalent}, {@code related-to} and
 *       {@code not-related-to} stay.
 *   <li>What has no target says nothing about any target, and is left out: {@code noMap}, {@code
 *       unmatched} without a code, and {@code unmapped} with all its modes.
 *   <li>A map says that a source under conditions ({@code dependsOn}) comes to a target and its
 *       {@code product}. So the target comes back to the source only where the products are there:
 *       they are the conditions now, and the conditions are the products.
 *   <li>What an OMOP vocabulary says about its concepts ({@code concept_id}, {@code domain_id},
 *       {@code cdm_table}, {@code source_concept_id}) is no condition, and is left out.
 *   <li>A target that holds only together with others depends on a property {@code combination},
 *       which nobody knows: the source is answered and not taken.
 * </ul>
 *
 * <p>Source: FHIR R4 and R5, operation {@code $translate}, parameter {@code reverse} (R4) and
 * {@code targetCode} (R5): all codes that might be mapped to this one. What conditions and
 * combinations come to is ours.
 */
public final class ReversedMaps implements MapSink {
  private final MapSink sink;

  /**
   * Tells a sink the maps that are told to this one, turned round.
   *
   * @param sink takes the statements, each turned round
   */
  public ReversedMaps(MapSink sink) {
    this.sink = sink;
  }

  @Override
  public void begin(MapId map, String file) throws InvalidMapException, IOException {
    sink.begin(map, file);
  }

  @Override
  public void group(MapGroup group) throws InvalidMapException, IOException {
    sink.begin(group.map(), group.file());
    if (!group.target().isEmpty()) {
      sink.group(turn(group));
    }
  }

  @Override
  public void say(MapGroup group, Source source, Target target)
      throws InvalidMapException, IOException {
    group(group);
    if (target.hasTarget()) {
      sink.say(
          turn(group),
          new Source(target.code(), target.display(), target.valueSet()),
          new Target(
              source.code(),
              source.display(),
              target.relationship().inverse(),
              source.valueSet(),
              conditions(target),
              target.dependsOn(),
              target.validity(),
              null,
              target.comment()));
    }
  }

  private static List<Property> conditions(Target target) {
    List<Property> conditions = new ArrayList<>(target.products());
    conditions.removeIf(OmopConcept::isAboutTheMapping);
    Combination combination = target.combination();
    if (combination != null) {
      conditions.add(
          Property.of(
              "combination",
              "part " + combination.part() + " of scenario " + combination.scenario()));
    }
    return conditions;
  }

  @Override
  public void withoutTarget(MapGroup group, Source source, boolean noMap)
      throws InvalidMapException, IOException {
    group(group);
  }

  @Override
  public void otherwise(MapGroup group, ConceptMap.Unmapped unmapped)
      throws InvalidMapException, IOException {
    group(group);
  }

  @Override
  public void valueSet(ValueSet valueSet) throws InvalidMapException, IOException {
    sink.valueSet(valueSet);
  }

  @Override
  public void members(MapId map, String file, String canonical, List<Coding> codes)
      throws InvalidMapException, IOException {
    sink.members(map, file, canonical, codes);
  }

  @Override
  public void remark(MapId map, String file, String sentence)
      throws InvalidMapException, IOException {
    sink.remark(map, file, sentence);
  }

  private static MapGroup turn(MapGroup group) {
    return new MapGroup(
        group.map(),
        group.file(),
        group.target(),
        group.targetVersion(),
        group.source(),
        group.sourceVersion());
  }
}
