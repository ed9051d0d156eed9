package org.healthbeam.io.hl7v2;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.util.Terser;
import org.healthbeam.core.vital.read.SegmentFields;

/** A segment as HAPI has taken it apart. */
final class HapiFields implements SegmentFields {
  private final Segment segment;

  HapiFields(Segment segment) {
    this.segment = segment;
  }

  @Override
  public int repetitions(int field) {
    try {
      return segment.getField(field).length;
    } catch (HL7Exception e) {
      return 0;
    }
  }

  @Override
  public String get(int field, int repetition, int component, int subcomponent) {
    // HAPI would make the repetition.
    if (repetition >= repetitions(field)) {
      return "";
    }
    try {
      String text = Terser.get(segment, field, repetition, component, subcomponent);
      return text == null ? "" : text;
    } catch (HL7Exception e) {
      return "";
    }
  }
}
