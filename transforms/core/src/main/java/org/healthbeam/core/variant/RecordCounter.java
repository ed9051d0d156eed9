package org.healthbeam.core.variant;

import java.util.List;

/** Counts records beside {@link CohortTotals}, for whoever needs more than it has. */
public interface RecordCounter {
  /** Says whose samples the records have that come now; called for every file before them. */
  void expect(List<String> samples, String file);

  /** Counts one record, which is another one after the call. */
  void add(ScannedRecord r);
}
