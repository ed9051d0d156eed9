package org.healthbeam.core.vital.read;

/** The fields of one segment of an HL7 v2 message, escapes resolved. */
public interface SegmentFields {
  /**
   * {@return how many repetitions a field has, from 0; fields are counted from 1}
   *
   * @param field from 1
   */
  int repetitions(int field);

  /**
   * {@return the first subcomponent of a component; empty if it is absent}
   *
   * @param field from 1, as the standard counts: of MSH the field separator is the first
   * @param repetition from 0
   * @param component from 1
   */
  default String get(int field, int repetition, int component) {
    return get(field, repetition, component, 1);
  }

  /**
   * {@return a subcomponent of a component; empty if it is absent}
   *
   * @param field from 1
   * @param repetition from 0
   * @param component from 1
   * @param subcomponent from 1
   */
  String get(int field, int repetition, int component, int subcomponent);

  /**
   * {@return the first subcomponent of a component of the first repetition}
   *
   * @param field from 1
   * @param component from 1
   */
  default String get(int field, int component) {
    return get(field, 0, component);
  }
}
