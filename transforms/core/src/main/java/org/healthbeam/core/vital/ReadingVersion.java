package org.healthbeam.core.vital;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Which version of a measurement a record tells.
 *
 * <p>Sources send a measurement again to complete it, to correct it, or to take it back. A record
 * that names no observation tells an {@link #ORIGINAL}, which takes no room, or an amendment of the
 * originals of its subject, kind and time. The versions of one observation, which is named by its
 * id within a subject, kind and time, have a total order, and the last one counts:
 *
 * <ol>
 *   <li>by {@code order}: without a number or a time of issue, then by number ({@link
 *       #orderOfNumber}), then by time of issue ({@link #orderOfTime}), so that numbers and times
 *       are not compared with one another;
 *   <li>of the same {@code order} a preliminary one comes before a final one, that before a
 *       correction, and that before a taking back;
 *   <li>of those the one with the greater value is the later one.
 * </ol>
 *
 * @param status what the record does
 * @param order versions of the same observation follow one another by this number, whatever the
 *     order of arrival
 * @param observation a hash of the observation's id; 0 if it has none
 */
public record ReadingVersion(Status status, long order, long observation) {

  /** What a record does. */
  public enum Status {
    /** It tells a value, of which observation it does not say. */
    ORIGINAL(0, 1),
    /** It corrects the observation. */
    CORRECTED(1, 2),
    /** It takes the observation back; it has no value of its own. */
    WITHDRAWN(2, 3),
    /** It judges the value told at this time as an artefact; it is no reading of its own. */
    ARTEFACT(3, 0),
    /** It judges the value told at this time as none, whatever was judged before. */
    NO_ARTEFACT(4, 0),
    /** It tells a value of the observation before it is final. */
    PRELIMINARY(5, 0),
    /** It tells the observation's value. */
    FINAL(6, 1);

    private final int index;
    private final int rank;

    Status(int index, int rank) {
      this.index = index;
      this.rank = rank;
    }

    /** {@return its place among versions of the same order} */
    int rank() {
      return rank;
    }

    /** {@return the number that stands for it in encoded elements} */
    public int index() {
      return index;
    }

    /**
     * {@return the status with this {@link #index}}
     *
     * @param index from 0 to 6
     * @throws IllegalArgumentException if no status has it
     */
    public static Status at(int index) {
      return switch (index) {
        case 0 -> ORIGINAL;
        case 1 -> CORRECTED;
        case 2 -> WITHDRAWN;
        case 3 -> ARTEFACT;
        case 4 -> NO_ARTEFACT;
        case 5 -> PRELIMINARY;
        case 6 -> FINAL;
        default -> throw new IllegalArgumentException("no status has the index " + index);
      };
    }
  }

  /** The version of nearly all readings. */
  public static final ReadingVersion ORIGINAL = new ReadingVersion(Status.ORIGINAL, 0, 0);

  /** Times of issue come after numbers, which have at most 18 digits. */
  private static final long TIMES = 1L << 62;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /**
   * Refuses a status that is null.
   *
   * @param status what the record does
   * @param order versions of the same observation follow one another by this number, whatever the
   *     order of arrival
   * @param observation a hash of the observation's id; 0 if it has none
   */
  public ReadingVersion {
    Objects.requireNonNull(status, "status");
  }

  /**
   * {@return the order of the version with this number; 0 is none}
   *
   * @param number as the source counts, mostly from 1; below 0 it counts as none
   */
  public static long orderOfNumber(long number) {
    return Math.max(0, Math.min(number, TIMES - 1));
  }

  /**
   * {@return the order of the version that was issued at this time}
   *
   * @param millis since 1970; earlier ones count as 1970
   */
  public static long orderOfTime(long millis) {
    return TIMES + Math.max(0, Math.min(millis, TIMES - 1));
  }

  /**
   * {@return a value that was told; {@link #ORIGINAL} if the id is empty}
   *
   * @param preliminary whether the source says that another value may follow
   * @param order from {@link #orderOfNumber} or {@link #orderOfTime}
   * @param observation the id, in any form that the source keeps to
   */
  public static ReadingVersion told(boolean preliminary, long order, String observation) {
    return observation.isEmpty()
        ? ORIGINAL
        : new ReadingVersion(
            preliminary ? Status.PRELIMINARY : Status.FINAL, order, hash(observation));
  }

  /**
   * {@return a correction; an id that is empty is none}
   *
   * @param order from {@link #orderOfNumber} or {@link #orderOfTime}
   * @param observation the id, in any form that the source keeps to
   */
  public static ReadingVersion corrected(long order, String observation) {
    return new ReadingVersion(Status.CORRECTED, order, hash(observation));
  }

  /**
   * {@return what takes readings back; an id that is empty is none}
   *
   * @param order from {@link #orderOfNumber} or {@link #orderOfTime}
   * @param observation the id, in any form that the source keeps to
   */
  public static ReadingVersion withdrawn(long order, String observation) {
    return new ReadingVersion(Status.WITHDRAWN, order, hash(observation));
  }

  /**
   * {@return a judgement of a value; the one with the greatest order counts}
   *
   * @param artefact whether the value is one
   * @param order of the judgement
   */
  public static ReadingVersion judged(boolean artefact, long order) {
    return new ReadingVersion(artefact ? Status.ARTEFACT : Status.NO_ARTEFACT, order, 0);
  }

  /** {@return whether it judges a reading and is none itself} */
  public boolean isJudgement() {
    return status == Status.ARTEFACT || status == Status.NO_ARTEFACT;
  }

  /** {@return whether it tells a value and neither names its observation nor amends} */
  public boolean isOriginal() {
    return status == Status.ORIGINAL;
  }

  /** {@return whether it takes back, and so has no value} */
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
    // 0 says that there is none.
    return hash == 0 ? FNV_OFFSET : hash;
  }
}
