package org.healthbeam.bench.vital;

import org.healthbeam.core.vital.VitalKind;

/** What the shuffle of the job by hand carries. */
record Point(Series series, long time, double value, boolean plausible) {
  /** Its key. */
  record Series(String subject, VitalKind kind) {}
}
