package org.healthbeam.core.code;

import org.healthbeam.core.code.ConceptMap.Target;

/**
 * What a map says about one source code.
 *
 * @param kind a target (or the statement that there is none), or a code that is only named
 * @param group where it stands
 * @param target what is said; {@link Target#none()} if nothing is
 */
record Statement(Kind kind, MapGroup group, Target target) {

  /** The kinds of statements. */
  enum Kind {
    /** A target, match or not. */
    TARGET,
    /** Explicitly no target. */
    NO_MAP,
    /** An element without targets: it only says that the code is not unmapped. */
    SILENT
  }

  static Statement of(MapGroup group, Target target) {
    return new Statement(target.hasTarget() ? Kind.TARGET : Kind.NO_MAP, group, target);
  }

  static Statement without(MapGroup group, boolean noMap) {
    return new Statement(noMap ? Kind.NO_MAP : Kind.SILENT, group, Target.none());
  }

  /** {@return whether this is one code that is a match always and by itself} */
  boolean isPlain() {
    return kind == Kind.TARGET
        && !target.code().isEmpty()
        && target.relationship() != Relationship.NOT_RELATED_TO
        && target.dependsOn().isEmpty()
        && target.combination() == null
        && target.validity().equals(ConceptMap.Validity.ALWAYS);
  }

  Answer answer(Condition condition) {
    boolean plain =
        target.valueSet().isEmpty()
            && target.dependsOn().isEmpty()
            && target.products().isEmpty()
            && target.comment().isEmpty();
    return new Answer(
        new Coding(group.target(), group.targetVersion(), target.code(), target.display()),
        target.relationship(),
        group.map(),
        group.map(),
        condition,
        plain
            ? Answer.Detail.NONE
            : new Answer.Detail(
                target.valueSet(), target.dependsOn(), target.products(), target.comment()));
  }
}
