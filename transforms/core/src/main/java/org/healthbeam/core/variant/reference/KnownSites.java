package org.healthbeam.core.variant.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * A list of known alleles: sequence, place, reference and alternate, each in its minimal
 * representation, so that {@code GCACA>GCA} and {@code GCA>G} at one place are the same.
 *
 * <p>Minimal means: the bases that both alleles end with are cut off, then those that both begin
 * with, but never the last base of either; {@code pos} moves by what was cut off at the beginning.
 * Case does not matter. Nothing is moved to the left, since that takes the reference sequence.
 *
 * <p>Keys are exact. An allele whose bases are A, C, G and T and no more than 12 in both takes 8
 * bytes; a longer one 8 bytes, one more, and its bases. Not changed once it is built; any number of
 * threads may look into it, each with a {@link Cursor} of its own.
 */
public final class KnownSites {
  /** What of a line could not be used. */
  @SuppressWarnings("ArrayRecordComponent")
  record BadLine(long number, org.healthbeam.core.outcome.RejectedException why, byte[] bytes) {}

  /** The alleles of one sequence. */
  static final class Sequence {
    final long[] shorts;
    final int[] longPos;
    final int[] longAt;
    final byte[] pool;

    Sequence(long[] shorts, int[] longPos, int[] longAt, byte[] pool) {
      this.shorts = shorts;
      this.longPos = longPos;
      this.longAt = longAt;
      this.pool = pool;
    }
  }

  private final String name;
  private final ContigNames names;
  private final Map<String, Sequence> sequences;
  private final Assemblies assemblies;
  private final KnownLines.Counts counts;

  KnownSites(
      String name,
      ContigNames names,
      Map<String, Sequence> sequences,
      Assemblies assemblies,
      KnownLines.Counts counts) {
    this.name = name;
    this.names = names;
    this.sequences = new HashMap<>(sequences);
    this.assemblies = assemblies;
    this.counts = counts;
  }

  /** {@return what the list is called in messages: its file} */
  public String name() {
    return name;
  }

  /** {@return what became of its lines} */
  public KnownLines.Counts counts() {
    return counts;
  }

  /** {@return the names of sequences by which it was made} */
  public ContigNames names() {
    return names;
  }

  /** {@return how many alleles it has} */
  public long size() {
    return sequences.values().stream()
        .mapToLong(s -> (long) s.shorts.length + s.longPos.length)
        .sum();
  }

  /** {@return how many bytes its alleles take} */
  public long bytes() {
    return sequences.values().stream()
        .mapToLong(
            s ->
                8L * s.shorts.length + 4L * s.longPos.length + 4L * s.longAt.length + s.pool.length)
        .sum();
  }

  /** {@return a new place to look from, for one thread} */
  public Cursor cursor() {
    return new Cursor();
  }

  /** Looks alleles up; quickest where they come in the order of their places. */
  public final class Cursor {
    private final MinimalAllele minimal = new MinimalAllele();
    @Nullable private Sequence sequence;
    private int at;

    private Cursor() {}

    /**
     * Goes to a sequence, and says whether the list has an allele on it.
     *
     * @param contig by any of its names
     * @return whether there is one
     * @throws DifferentAssembliesException if the list is of another assembly
     */
    public boolean on(String contig) {
      assemblies.check(contig, "the records");
      sequence = sequences.get(names.key(contig));
      at = 0;
      return sequence != null;
    }

    /**
     * Fails if the list calls the mitochondrion by another name than this one, under which the
     * header has the older sequence.
     *
     * @param contig the name of the older sequence in the header
     * @throws DifferentAssembliesException if so
     */
    public void checkOldMitochondrion(String contig) {
      assemblies.checkOldMitochondrion(contig, "the records");
    }

    /**
     * {@return whether the list has an allele of bases at a place of the sequence, from 1}
     *
     * @param pos of the record, from 1
     * @param ref its reference allele, bases in any case
     * @param alt an alternate of bases, in any case
     */
    public boolean has(int pos, String ref, String alt) {
      Sequence s = sequence;
      if (s == null) {
        return false;
      }
      minimal.set(pos, ref, alt);
      long code = minimal.code();
      if (code >= 0) {
        at = lowerBound(s.shorts, code, at);
        return at < s.shorts.length && s.shorts[at] == code;
      }
      int i = Arrays.binarySearch(s.longPos, minimal.pos());
      if (i < 0) {
        return false;
      }
      byte[] bytes = minimal.bytes();
      while (i > 0 && s.longPos[i - 1] == minimal.pos()) {
        i--;
      }
      for (; i < s.longPos.length && s.longPos[i] == minimal.pos(); i++) {
        if (Arrays.equals(s.pool, s.longAt[i], s.longAt[i + 1], bytes, 0, bytes.length)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@return the first index whose value is not below, by steps that double from a near one} */
  private static int lowerBound(long[] sorted, long value, int near) {
    int low = 0;
    int high = sorted.length;
    int start = Math.min(near, sorted.length);
    if (start > 0 && sorted[start - 1] >= value) {
      high = start - 1;
      int step = 1;
      while (high > 0 && sorted[Math.max(0, high - step)] >= value) {
        high = Math.max(0, high - step);
        step *= 2;
      }
      low = Math.max(0, high - step);
    } else {
      low = start;
      int step = 1;
      while (low < sorted.length
          && (long) low + step < sorted.length
          && sorted[low + step] < value) {
        low += step;
        step = Math.min(step * 2, 1 << 29);
      }
      high = (int) Math.min(sorted.length, (long) low + step + 1);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Shows how many alleles there are. */
  @Override
  public String toString() {
    return "KnownSites(" + size() + " alleles)";
  }
}
