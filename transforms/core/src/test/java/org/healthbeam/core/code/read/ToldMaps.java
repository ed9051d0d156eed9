package org.healthbeam.core.code.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.ValueSet;

/** Keeps what a reader tells. */
final class ToldMaps implements MapSink {

  /** One statement; the target is null for a source that is only named. */
  record Fact(MapGroup group, ConceptMap.Source source, @Nullable ConceptMap.Target target) {}

  final Set<MapId> maps = new LinkedHashSet<>();
  final List<Fact> facts = new ArrayList<>();
  final List<ConceptMap.Unmapped> unmapped = new ArrayList<>();

  final List<ValueSet> valueSets = new ArrayList<>();
  final List<String> remarks = new ArrayList<>();

  /** What tells a sink. */
  interface Teller {
    void tell(MapSink sink) throws Exception;
  }

  static ToldMaps by(Teller teller) throws Exception {
    ToldMaps told = new ToldMaps();
    teller.tell(told);
    return told;
  }

  /** Returns what a reader tells, ready for look-up. */
  static CodeMap compiled(Teller teller) throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      teller.tell(compiler);
      return CodeMap.over(List.of(compiler.compile()));
    }
  }

  @Override
  public void begin(MapId map, String file) {
    maps.add(map);
  }

  @Override
  public void group(MapGroup group) {
    maps.add(group.map());
  }

  @Override
  public void say(MapGroup group, ConceptMap.Source source, ConceptMap.Target target) {
    group(group);
    facts.add(new Fact(group, source, target));
  }

  @Override
  public void withoutTarget(MapGroup group, ConceptMap.Source source, boolean noMap) {
    group(group);
    facts.add(new Fact(group, source, noMap ? ConceptMap.Target.none() : null));
  }

  @Override
  public void otherwise(MapGroup group, ConceptMap.Unmapped rule) {
    group(group);
    unmapped.add(rule);
  }

  @Override
  public void remark(MapId map, String file, String sentence) {
    remarks.add(sentence);
  }

  @Override
  public void members(MapId map, String file, String canonical, List<Coding> codes) {
    throw new UnsupportedOperationException("only compiled maps tell this");
  }

  @Override
  public void valueSet(ValueSet valueSet) {
    valueSets.add(valueSet);
  }
}
