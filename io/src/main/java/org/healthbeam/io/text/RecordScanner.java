package org.healthbeam.io.text;

import java.io.IOException;

/** Takes a stream apart into records, each with the line at which it begins. */
interface RecordScanner {
  /** {@return the next record, or null at the end; empty if {@link #isTooLong}} */
  byte[] next() throws IOException;

  /** {@return the line at which the record last returned, or failed in, begins; from 1} */
  long lineNumber();

  /** {@return where the record last returned, or failed in, is: that line unless said otherwise} */
  default String position() {
    return Long.toString(lineNumber());
  }

  /** {@return the offset in the file at which the next record, or the space before it, begins} */
  long offset();

  /** {@return what is known of a record in which the stream failed} */
  byte[] partial();

  /** {@return whether the record last returned was longer than the limit, and passed over} */
  boolean isTooLong();

  /** {@return whether the record last returned is cut off by the end of the stream} */
  default boolean isCutOff() {
    return false;
  }

  /** Says why the record last returned is none, and that others may follow; empty if it is one. */
  default String damage() {
    return "";
  }
}
