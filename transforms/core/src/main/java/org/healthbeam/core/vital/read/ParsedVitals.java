package org.healthbeam.core.vital.read;

import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.VitalReading;

/**
 * What a record held: for each resource or row what it was, and for each measurement in it a
 * reading or why there is none.
 */
public final class ParsedVitals {
  /** Outcome of a resource or row that holds measurements. */
  public static final String SELECTED = "passed";

  /** Outcome of a resource of another type, or an observation of something else. */
  public static final String NOT_A_VITAL_SIGN = "not-a-vital-sign";

  /** Outcome of a panel whose measurements are resources of their own. */
  public static final String PANEL = "panel";

  /** Outcome of a Bundle, whose entries are counted beside it. */
  public static final String BUNDLE = "bundle";

  /** Outcome of a message of results, whose observations are counted beside it. */
  public static final String MESSAGE = "message";

  /** Outcome of a segment that begins or ends a batch or a file of messages. */
  public static final String BATCH = "batch";

  /** Outcome of a table's first line. */
  public static final String HEADER = "header";

  /**
   * A measurement that could not be read.
   *
   * @param why the reason
   * @param payload the bytes of the resource or row
   * @param position where in the source; empty for the record's own position
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Refused(RejectedException why, byte[] payload, String position) {
    @Override
    public String toString() {
      return why.getMessage();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * How a reading came, which no result depends on.
   *
   * @param time when it was received or issued, in milliseconds since 1970; 0 if nothing says so
   * @param unit the unit as written; empty if none was, or the value is a code
   */
  public record Receipt(long time, String unit) {}

  private final List<String> resources = new ArrayList<>(1);
  private final List<Refused> refusedResources = new ArrayList<>(0);
  private final List<VitalReading> readings = new ArrayList<>(2);
  private final List<Receipt> receipts = new ArrayList<>(2);
  private final List<Refused> refused = new ArrayList<>(0);

  /**
   * Notes a resource or row and what it was.
   *
   * @param outcome one of the constants here
   */
  public void resource(String outcome) {
    resources.add(outcome);
  }

  /**
   * Notes a resource that could not be told to be anything.
   *
   * @param why the reason and the rule
   * @param payload what is hashed, and told only if that is asked for
   */
  public void refuseResource(RejectedException why, byte[] payload) {
    refuseResource(why, payload, "");
  }

  /**
   * Notes a resource that could not be told to be anything, at a place in the record.
   *
   * @param why the reason and the rule
   * @param payload what is hashed, and told only if that is asked for
   * @param position where in the source; empty for the record's own
   */
  public void refuseResource(RejectedException why, byte[] payload, String position) {
    refusedResources.add(new Refused(why, payload, position));
  }

  /**
   * Notes a measurement and how it came.
   *
   * @param reading before its unit is converted
   * @param receipt when it was received, and its unit as written
   */
  public void reading(VitalReading reading, Receipt receipt) {
    readings.add(reading);
    receipts.add(receipt);
  }

  /**
   * Notes a measurement that could not be read.
   *
   * @param why the reason and the rule
   * @param payload what is hashed, and told only if that is asked for
   */
  public void refuse(RejectedException why, byte[] payload) {
    refuse(why, payload, "");
  }

  /**
   * Notes a measurement that could not be read, at a place in the record.
   *
   * @param why the reason and the rule
   * @param payload what is hashed, and told only if that is asked for
   * @param position where in the source; empty for the record's own
   */
  public void refuse(RejectedException why, byte[] payload, String position) {
    refused.add(new Refused(why, payload, position));
  }

  /** {@return the outcome of each resource or row} */
  public List<String> resources() {
    return resources;
  }

  /** {@return the resources or rows that are nothing that could be read} */
  public List<Refused> refusedResources() {
    return refusedResources;
  }

  /** {@return the measurements that could be read} */
  public List<VitalReading> readings() {
    return readings;
  }

  /** {@return how each of {@link #readings} came} */
  public List<Receipt> receipts() {
    return receipts;
  }

  /** {@return the measurements that could not be read} */
  public List<Refused> refused() {
    return refused;
  }
}
