package org.healthbeam.core.variant.join;

import java.util.Objects;

/**
 * A stretch of a sequence in which the calls of all samples are joined; all have one width.
 *
 * @param contig the sequence
 * @param index which one it is, from 0
 */
public record GenomeBin(String contig, int index) {
  /** Calls of 10,000 genomes in one of this width take some tens of megabytes. */
  public static final int USUAL_WIDTH = 20_000;

  /**
   * Refuses a sequence that is null and an index below 0.
   *
   * @param contig the sequence
   * @param index which one it is, from 0
   */
  public GenomeBin {
    Objects.requireNonNull(contig, "contig");
    if (index < 0) {
      throw new IllegalArgumentException("a bin of index " + index);
    }
  }

  /**
   * {@return the index of the bin that has a base, from 1; POS 0, the telomere, is in the first}
   */
  static int indexOf(long base, int width) {
    return (int) (Math.max(0, base - 1) / width);
  }

  /** {@return the first base, from 1; the first bin has POS 0 too} */
  long first(int width) {
    return index == 0 ? 0 : (long) index * width + 1;
  }

  /** {@return one after the last base} */
  long end(int width) {
    return (index + 1L) * width + 1;
  }
}
