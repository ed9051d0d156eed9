package org.healthbeam.transforms.vital;

import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;

/** What a shuffle carries of a vital sign beside its key. */
record VitalPoint(
    VitalKind kind, long timeMillis, double value, boolean plausible, ReadingVersion version) {

  VitalPoint(VitalKind kind, long timeMillis, double value, boolean plausible) {
    this(kind, timeMillis, value, plausible, ReadingVersion.ORIGINAL);
  }

  @Override
  public String toString() {
    return "VitalPoint(" + kind.kindName() + ")";
  }
}
