package org.healthbeam.core.code;

import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;

/**
 * A map as its author wrote it: FHIR's ConceptMap, R4 and R5 brought to one form, of which every
 * rule has been checked. A table of mappings becomes one too.
 *
 * @param id canonical URL and version
 * @param file where it was read
 * @param groups in the order of the file; groups carry no meaning
 */
public record ConceptMap(MapId id, String file, List<Group> groups) {

  public ConceptMap {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(file, "file");
    groups = List.copyOf(groups);
  }

  /** Returns whether two maps say the same, wherever they were read. */
  public boolean saysTheSameAs(ConceptMap other) {
    return groups.equals(other.groups);
  }

  /**
   * Mappings from one system to another.
   *
   * @param source system of the source codes, canonical
   * @param sourceVersion empty: any
   * @param target system of the target codes, canonical; empty if there are none
   * @param targetVersion empty: none stated
   */
  public record Group(
      String source,
      String sourceVersion,
      String target,
      String targetVersion,
      List<Element> elements,
      @Nullable Unmapped unmapped) {

    public Group {
      elements = List.copyOf(elements);
    }
  }

  /**
   * One source code. The same code may come again: its targets add up.
   *
   * @param noMap says that there is no target, which is not the same as saying nothing
   */
  public record Element(String code, String display, boolean noMap, List<Target> targets) {

    public Element {
      targets = List.copyOf(targets);
    }
  }

  /**
   * One target code.
   *
   * @param code empty only where the relationship is {@link Relationship#NOT_RELATED_TO}
   * @param conditional there are {@code dependsOn}: it holds only if they do
   */
  public record Target(
      String code, String display, Relationship relationship, boolean conditional) {}

  /** What becomes of codes that no element names. */
  public record Unmapped(
      Mode mode, String code, String display, Relationship relationship, String otherMap) {}

  /** The modes of {@link Unmapped}. */
  public enum Mode {
    /** The code as it is; R4 {@code provided}, R5 {@code use-source-code}. */
    PROVIDED,
    /** One code for all. */
    FIXED,
    /** Another map is asked. */
    OTHER_MAP
  }
}
