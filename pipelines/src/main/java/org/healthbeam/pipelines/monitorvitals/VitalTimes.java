package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.SerializableFunction;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.stream.RecordTimes;

/** Knows when the vital signs in a record were measured: it reads them as the pipeline will. */
final class VitalTimes implements RecordTimes {
  private static final long serialVersionUID = 1L;

  private final SerializableFunction<InputRecord, Long> times;

  VitalTimes(SerializableFunction<InputRecord, Long> times) {
    this.times = times;
  }

  @Override
  public long earliestMillis(InputRecord record) {
    Long earliest = times.apply(record);
    return earliest == null ? UNKNOWN : earliest;
  }
}
