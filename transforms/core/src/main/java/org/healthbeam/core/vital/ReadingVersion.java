package org.healthbeam.core.vital;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Which version of a measurement a record tells.
 *
 * <p>Sources send a measurement again to correct it, or to take it back. Most readings are {@link
 * #ORIGINAL}, which takes no room; the others say of which observation they are and in what order
 * its versions came.
 *
 * @param status what the record does
 * @param order versions of the same observation follow one another by this number, whatever the
 *     order of arrival: the time of issue in milliseconds, or the version's number
 * @param observation a hash of the observation's id, by which versions of two observations of the
 *     same subject, kind and time are told apart; 0 if it has none
 */
public record ReadingVersion(Status status, long order, long observation) {

  /** What a record does. */
  public enum Status {
    /** It tells a value for the first time, or again. */
    ORIGINAL(0),
    /** It replaces the values told before at this time. */
    CORRECTED(1),
    /** It takes back the values told before at this time; it has none of its own. */
    WITHDRAWN(2),
    /** It judges the value told at this time as an artefact; it is no reading of its own. */
    ARTEFACT(3),
    /** It judges the value told at this time as none, whatever was judged before. */
    NO_ARTEFACT(4);

    private final int index;

    Status(int index) {
      this.index = index;
    }

    /** Returns the number that stands for it in encoded elements. */
    public int index() {
      return index;
    }

    /** Returns the status with this {@link #index}. */
    public static Status at(int index) {
      return switch (index) {
        case 0 -> ORIGINAL;
        case 1 -> CORRECTED;
        case 2 -> WITHDRAWN;
        case 3 -> ARTEFACT;
        case 4 -> NO_ARTEFACT;
        default -> throw new IllegalArgumentException("no status has the index " + index);
      };
    }
  }

  /** The version of nearly all readings. */
  public static final ReadingVersion ORIGINAL = new ReadingVersion(Status.ORIGINAL, 0, 0);

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  public ReadingVersion {
    Objects.requireNonNull(status, "status");
  }

  /** Returns a correction; an id that is empty is none. */
  public static ReadingVersion corrected(long order, String observation) {
    return new ReadingVersion(Status.CORRECTED, order, hash(observation));
  }

  /** Returns what takes readings back; an id that is empty is none. */
  public static ReadingVersion withdrawn(long order, String observation) {
    return new ReadingVersion(Status.WITHDRAWN, order, hash(observation));
  }

  /** Returns a judgement of a value; the one with the greatest order counts. */
  public static ReadingVersion judged(boolean artefact, long order) {
    return new ReadingVersion(artefact ? Status.ARTEFACT : Status.NO_ARTEFACT, order, 0);
  }

  /** Says whether it judges a reading and is none itself. */
  public boolean isJudgement() {
    return status == Status.ARTEFACT || status == Status.NO_ARTEFACT;
  }

  /** Says whether it is no correction and takes nothing back. */
  public boolean isOriginal() {
    return status == Status.ORIGINAL;
  }

  /** Says whether it takes back, and so has no value. */
  public boolean isWithdrawn() {
    return status == Status.WITHDRAWN;
  }

  /** FNV-1a, 64 bits: the same on every machine. */
  private static long hash(String id) {
    if (id.isEmpty()) {
      return 0;
    }
    long hash = FNV_OFFSET;
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
