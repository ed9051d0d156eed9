package org.healthbeam.core.code;

import java.util.Objects;

/**
 * One thing that a map said about a coding.
 *
 * @param target with the canonical system; its code is empty where the map says that there is none
 * @param relationship between source and target
 * @param map the map that said so
 * @param asked the map that was asked first: another one only through {@code other-map}
 * @param conditional whether it holds only if a property has a value ({@code dependsOn}), which is
 *     not known here; such an answer is never taken
 */
public record Answer(
    Coding target, Relationship relationship, MapId map, MapId asked, boolean conditional) {

  /** An answer that depends on nothing. */
  public Answer(Coding target, Relationship relationship, MapId map, MapId asked) {
    this(target, relationship, map, asked, false);
  }

  public Answer {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(relationship, "relationship");
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(asked, "asked");
  }

  /** Returns whether there is a target code. */
  public boolean hasTarget() {
    return !target.code().isEmpty();
  }

  /** Returns whether the target counts as a match: FHIR's {@code result}. */
  public boolean isMatch() {
    return hasTarget() && relationship != Relationship.NOT_RELATED_TO;
  }

  boolean hasSameTarget(Answer other) {
    return target.system().equals(other.target.system())
        && target.code().equals(other.target.code());
  }
}
