package org.healthbeam.core.code;

import java.io.IOException;
import java.util.List;

/**
 * Takes what maps say, one statement after another, so that nobody holds a large map as objects.
 * Statements about one code may come in any order and at any distance; those of one group and code
 * are kept in the order in which they came.
 */
public interface MapSink {
  /** A map begins. It is known from now on, even if it says nothing. */
  void begin(MapId map, String file) throws InvalidMapException, IOException;

  /** A group is there, even if it says nothing: its source system is one that the map knows. */
  void group(MapGroup group) throws InvalidMapException, IOException;

  /** A source has a target, or is said to have none. */
  void say(MapGroup group, ConceptMap.Source source, ConceptMap.Target target)
      throws InvalidMapException, IOException;

  /**
   * A source is named without a target.
   *
   * @param noMap whether that says that there is none
   */
  void withoutTarget(MapGroup group, ConceptMap.Source source, boolean noMap)
      throws InvalidMapException, IOException;

  /** What becomes of codes that no element of the group names. */
  void otherwise(MapGroup group, ConceptMap.Unmapped unmapped)
      throws InvalidMapException, IOException;

  /** Something about a map in a file that its users should know, as what was left out and why. */
  default void remark(MapId map, String file, String sentence)
      throws InvalidMapException, IOException {}

  /** A value set is there, which maps may name, before or after. */
  void valueSet(ValueSet valueSet) throws InvalidMapException, IOException;

  /**
   * What a value set came to when a map was compiled, of which conditions or products name it.
   *
   * @param canonical as the map names it; for this map, it goes before what {@link #valueSet} says
   */
  void members(MapId map, String file, String canonical, List<Coding> codes)
      throws InvalidMapException, IOException;
}
