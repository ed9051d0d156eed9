package org.healthbeam.core.fuzz;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.ValueSet;

/** Keeps what a reader tells, word by word. */
final class Told implements MapSink {

  /** One statement; the target is null for a source that is only named. */
  record Fact(MapGroup group, ConceptMap.Source source, @Nullable ConceptMap.Target target) {}

  /** What becomes of codes that no element names. */
  record Default(MapGroup group, ConceptMap.Unmapped unmapped) {}

  private final List<Object> words = new ArrayList<>();

  @Override
  public void begin(MapId map, String file) {
    words.add(map);
  }

  @Override
  public void group(MapGroup group) {
    words.add(group);
  }

  @Override
  public void say(MapGroup group, ConceptMap.Source source, ConceptMap.Target target) {
    words.add(new Fact(group, source, target));
  }

  @Override
  public void withoutTarget(MapGroup group, ConceptMap.Source source, boolean noMap) {
    words.add(new Fact(group, source, noMap ? ConceptMap.Target.none() : null));
  }

  @Override
  public void otherwise(MapGroup group, ConceptMap.Unmapped unmapped) {
    words.add(new Default(group, unmapped));
  }

  @Override
  public void valueSet(ValueSet valueSet) {
    words.add(valueSet);
  }

  @Override
  public void members(MapId map, String file, String canonical, List<Coding> codes) {
    throw new UnsupportedOperationException("only compiled maps tell this");
  }

  List<Object> words() {
    return words;
  }

  List<Fact> facts() {
    return words.stream().filter(Fact.class::isInstance).map(Fact.class::cast).toList();
  }

  /** Returns whether a map asks another one, so that not all of them are asked directly. */
  boolean asksAnother() {
    return words.stream()
        .anyMatch(
            word ->
                word instanceof Default rule
                    && rule.unmapped().mode() == ConceptMap.Mode.OTHER_MAP);
  }
}
