package org.healthbeam.transforms.vital;

import org.healthbeam.core.vital.VitalKind;

/** What a shuffle carries of a vital sign beside its key. */
record VitalPoint(VitalKind kind, long timeMillis, double value, boolean plausible) {
  @Override
  public String toString() {
    return "VitalPoint(" + kind.kindName() + ")";
  }
}
