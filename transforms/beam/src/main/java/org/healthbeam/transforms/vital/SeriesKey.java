package org.healthbeam.transforms.vital;

import org.healthbeam.core.vital.VitalKind;

/** Whose values of which kind a summary is of. */
record SeriesKey(String subject, VitalKind kind) {
  @Override
  public String toString() {
    return "SeriesKey(" + kind.kindName() + ")";
  }
}
