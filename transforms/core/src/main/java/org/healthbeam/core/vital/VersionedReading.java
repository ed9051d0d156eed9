package org.healthbeam.core.vital;

/**
 * The version of a measurement that counts, of those that are known, and how many records told it
 * and the versions before it.
 *
 * @param timeMillis the event time
 * @param value the value; NaN where the version takes back
 * @param version which version; never {@link ReadingVersion#ORIGINAL} nor a judgement
 * @param told how many records told this very version and value
 * @param replacedReadings how many records told a value that this version replaces
 * @param replacedWithdrawals how many records took back what this version tells again
 */
public record VersionedReading(
    long timeMillis,
    double value,
    ReadingVersion version,
    long told,
    long replacedReadings,
    long replacedWithdrawals) {

  /** Hides the content: it is a patient's. */
  @Override
  public String toString() {
    return "VersionedReading(" + version.status() + ")";
  }
}
