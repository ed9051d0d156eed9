package org.healthbeam.core.variant;

import java.util.List;

/** Counts records beside {@link CohortTotals}, for whoever needs more than it has. */
public interface RecordCounter {
  /**
   * Says whose samples the records have that come now; called for every file before them.
   *
   * @param samples the names, in the order of the file
   * @param file as it is called in messages
   */
  void expect(List<String> samples, String file);

  /**
   * Counts one record, which is another one after the call.
   *
   * @param r is given for the time of the call
   */
  void add(ScannedRecord r);
}
