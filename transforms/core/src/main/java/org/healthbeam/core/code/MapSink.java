package org.healthbeam.core.code;

import java.io.IOException;
import java.util.List;

/**
 * Takes what maps say, one statement after another, so that nobody holds a large map as objects.
 * Statements about one code may come in any order and at any distance; those of one group and code
 * are kept in the order in which they came.
 */
public interface MapSink {
  /**
   * A map begins. It is known from now on, even if it says nothing.
   *
   * @param map whose statements come
   * @param file where it was read, for messages
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void begin(MapId map, String file) throws InvalidMapException, IOException;

  /**
   * A group is there, even if it says nothing: its source system is one that the map knows.
   *
   * @param group of a map that has begun
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void group(MapGroup group) throws InvalidMapException, IOException;

  /**
   * A source has a target, or is said to have none.
   *
   * @param group that says it
   * @param source one code, or a value set
   * @param target with all that it depends on
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void say(MapGroup group, ConceptMap.Source source, ConceptMap.Target target)
      throws InvalidMapException, IOException;

  /**
   * A source is named without a target.
   *
   * @param group that names it
   * @param source one code, or a value set
   * @param noMap whether that says that there is none
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void withoutTarget(MapGroup group, ConceptMap.Source source, boolean noMap)
      throws InvalidMapException, IOException;

  /**
   * What becomes of codes that no element of the group names.
   *
   * @param group that says it
   * @param unmapped which rule, and its code or map
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void otherwise(MapGroup group, ConceptMap.Unmapped unmapped)
      throws InvalidMapException, IOException;

  /**
   * Something about a map in a file that its users should know, as what was left out and why.
   *
   * @param map that it is about
   * @param file where the map was read
   * @param sentence for people; may quote the map, never a patient's data
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  default void remark(MapId map, String file, String sentence)
      throws InvalidMapException, IOException {}

  /**
   * A value set is there, which maps may name, before or after.
   *
   * @param valueSet with its codes, or with the rules for them
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void valueSet(ValueSet valueSet) throws InvalidMapException, IOException;

  /**
   * What a value set came to when a map was compiled, of which conditions or products name it.
   *
   * @param map whose conditions or products name it
   * @param file where the map was read
   * @param canonical as the map names it; for this map, it goes before what {@link #valueSet} says
   * @param codes all members
   * @throws InvalidMapException if it breaks a rule of maps
   * @throws IOException if what is taken cannot be kept in a temporary file
   */
  void members(MapId map, String file, String canonical, List<Coding> codes)
      throws InvalidMapException, IOException;
}
