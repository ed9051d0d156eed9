package org.healthbeam.core.code;

import java.util.List;
import java.util.Objects;

/**
 * One thing that a map said about a coding.
 *
 * @param target with the canonical system; its code is empty where the map says that there is none,
 *     and where the target is a value set
 * @param relationship between source and target
 * @param map the map that said so
 * @param asked the map that was asked first: another one only through {@code other-map}
 * @param condition whether it holds; one that is not known to hold is never taken
 * @param detail what else the map says with it; most answers have none
 * @param fallback whether a map's rule for codes that it does not name gave it
 */
public record Answer(
    Coding target,
    Relationship relationship,
    MapId map,
    MapId asked,
    Condition condition,
    Detail detail,
    boolean fallback) {

  /**
   * What a map may say beside a target.
   *
   * @param valueSet canonical URL of the value set that is the target; empty for a code
   * @param dependsOn the properties that the answer depends on
   * @param products what else comes out of the mapping
   * @param comment advice for people
   */
  public record Detail(
      String valueSet, List<Property> dependsOn, List<Property> products, String comment) {
    /** Nothing beside the target. */
    public static final Detail NONE = new Detail("", List.of(), List.of(), "");

    /**
     * Refuses what is null, and takes copies of the lists.
     *
     * @param valueSet canonical URL of the value set that is the target; empty for a code
     * @param dependsOn the properties that the answer depends on
     * @param products what else comes out of the mapping
     * @param comment advice for people
     */
    public Detail {
      Objects.requireNonNull(valueSet, "valueSet");
      Objects.requireNonNull(comment, "comment");
      dependsOn = List.copyOf(dependsOn);
      products = List.copyOf(products);
    }
  }

  /**
   * An answer that depends on nothing.
   *
   * @param target with the canonical system
   * @param relationship between source and target
   * @param map the map that said so
   * @param asked the map that was asked first
   */
  public Answer(Coding target, Relationship relationship, MapId map, MapId asked) {
    this(target, relationship, map, asked, Condition.NONE, Detail.NONE);
  }

  /**
   * An answer that an element of the map gives.
   *
   * @param target with the canonical system
   * @param relationship between source and target
   * @param map the map that said so
   * @param asked the map that was asked first
   * @param condition whether it holds
   * @param detail what else the map says with it
   */
  public Answer(
      Coding target,
      Relationship relationship,
      MapId map,
      MapId asked,
      Condition condition,
      Detail detail) {
    this(target, relationship, map, asked, condition, detail, false);
  }

  /**
   * Refuses what is null.
   *
   * @param target with the canonical system; its code is empty where the map says that there is
   *     none, and where the target is a value set
   * @param relationship between source and target
   * @param map the map that said so
   * @param asked the map that was asked first: another one only through {@code other-map}
   * @param condition whether it holds; one that is not known to hold is never taken
   * @param detail what else the map says with it; most answers have none
   * @param fallback whether a map's rule for codes that it does not name gave it
   */
  public Answer {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(relationship, "relationship");
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(detail, "detail");
  }

  /** {@return whether there is a target, a code or a value set} */
  public boolean hasTarget() {
    return !target.code().isEmpty() || !detail.valueSet().isEmpty();
  }

  /** {@return whether the target counts as a match: FHIR's {@code result}} */
  public boolean isMatch() {
    return hasTarget() && relationship != Relationship.NOT_RELATED_TO;
  }

  /** {@return whether this can be taken: one code, and all that it depends on holds} */
  public boolean isDecided() {
    return !target.code().isEmpty()
        && (condition == Condition.NONE || condition == Condition.HOLDS);
  }

  /** {@return the same answer, given by way of another map} */
  Answer askedOf(MapId first) {
    return new Answer(target, relationship, map, first, condition, detail, fallback);
  }

  /** {@return the same answer without what a person reads of the target} */
  public Answer withoutDisplay() {
    Coding bare = new Coding(target.system(), target.version(), target.code(), "");
    return new Answer(bare, relationship, map, asked, condition, detail, fallback);
  }

  /** {@return the same answer, given in place of one that no element gives} */
  Answer asFallback() {
    return new Answer(target, relationship, map, asked, condition, detail, true);
  }
}
