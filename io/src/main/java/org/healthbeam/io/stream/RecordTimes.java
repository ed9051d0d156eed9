package org.healthbeam.io.stream;

import java.io.IOException;
import java.io.Serializable;
import org.healthbeam.core.outcome.InputRecord;

/** Knows when that was measured what a record holds. */
@FunctionalInterface
public interface RecordTimes extends Serializable {
  /** Stands for the time of a record that has none, such as a header line or a broken one. */
  long UNKNOWN = Long.MIN_VALUE;

  /**
   * {@return the earliest event time in a record, in milliseconds since 1970, or {@link #UNKNOWN}}
   *
   * @param record as it was read
   * @throws IOException if what the times need cannot be read
   */
  long earliestMillis(InputRecord record) throws IOException;
}
