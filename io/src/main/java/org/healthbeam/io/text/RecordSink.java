package org.healthbeam.io.text;

import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;

/**
 * Takes what a file holds, in its order: each record, or why there is none. What fails here is no
 * fault of the file, so it is thrown unchecked.
 */
public interface RecordSink {
  /**
   * Takes a record that is not blank.
   *
   * @param record with its place
   */
  void record(InputRecord record);

  /**
   * Takes what cannot be read: where it stands, and as much of it as is known.
   *
   * @param reason by which it is counted
   * @param detail a sentence without any of its content
   * @param place where it stands, and as much of it as is known
   */
  void reject(RejectReason reason, String detail, InputRecord place);

  /** Is told that nothing more comes. */
  default void close() {}
}
