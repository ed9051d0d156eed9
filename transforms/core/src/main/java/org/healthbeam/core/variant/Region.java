package org.healthbeam.core.variant;

import java.util.Objects;

/**
 * A stretch of a sequence, as BED has it.
 *
 * @param contig the sequence
 * @param start the first base, from 0
 * @param end one after the last base
 * @param name what it is called, perhaps empty
 */
public record Region(String contig, long start, long end, String name) {
  /**
   * Refuses null, a start below 0, and an end before the start.
   *
   * @param contig the sequence
   * @param start the first base, from 0
   * @param end one after the last base
   * @param name what it is called, perhaps empty
   */
  public Region {
    Objects.requireNonNull(contig, "contig");
    Objects.requireNonNull(name, "name");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a region from " + start + " to " + end);
    }
  }

  /** By hand, as each record asks for its region: a record's own is slow until it is optimised. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Region that
        && start == that.start
        && end == that.end
        && contig.equals(that.contig)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    int hash = 31 * contig.hashCode() + Long.hashCode(start);
    return 31 * (31 * hash + Long.hashCode(end)) + name.hashCode();
  }
}
