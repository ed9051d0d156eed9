package org.healthbeam.core.variant.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.healthbeam.core.variant.Varints;

/**
 * What one record says about the bases that it spans in one sample.
 *
 * @param start the first base
 * @param length how many they are
 * @param changes what each known allele changes
 * @param partial whether there are alleles that are not known
 * @param depth DP, or -1
 * @param quality GQ in thousandths, or -1
 */
@SuppressWarnings("ArrayRecordComponent")
record SampleSpan(
    long start, long length, ChangedBases[] changes, boolean partial, int depth, long quality) {

  /**
   * Later ones speak before earlier ones: the one that begins last, and of those that begin at one
   * place the one that changes something, then the shortest; the rest makes the order total.
   */
  static final Comparator<SampleSpan> ORDER =
      Comparator.comparingLong(SampleSpan::start)
          .thenComparing(SampleSpan::changesAny)
          .thenComparing(Comparator.comparingLong(SampleSpan::length).reversed())
          .thenComparing(SampleSpan::isCalled)
          .thenComparing(SampleSpan::partial)
          .thenComparing((a, b) -> Arrays.compare(a.changes, b.changes))
          .thenComparingInt(SampleSpan::depth)
          .thenComparingLong(SampleSpan::quality);

  private static final int PARTIAL = 1;
  private static final int CHANGES = 2;

  /** {@return whether all alleles are known} */
  boolean isCalled() {
    return !partial && changes.length > 0;
  }

  boolean changesAny() {
    for (ChangedBases change : changes) {
      if (!change.isNone()) {
        return true;
      }
    }
    return false;
  }

  /** {@return how many alleles are the reference at a base, or everywhere if it is negative} */
  int references(long base) {
    int n = 0;
    for (ChangedBases change : changes) {
      n += base < 0 || !change.has(base - start) ? 1 : 0;
    }
    return n;
  }

  long end() {
    return start + length;
  }

  void write(DataOutput out, long origin) throws IOException {
    boolean changing = changesAny();
    Varints.write(out, Varints.zigzag(start - origin));
    Varints.write(out, length);
    out.writeByte((partial ? PARTIAL : 0) | (changing ? CHANGES : 0));
    Varints.write(out, changes.length);
    for (int i = 0; changing && i < changes.length; i++) {
      Varints.write(out, changes[i].from());
      Varints.write(out, changes[i].to() - changes[i].from());
    }
    Varints.write(out, depth + 1L);
    Varints.write(out, quality + 1);
  }

  static SampleSpan read(DataInput in, long origin) throws IOException {
    long start = origin + Varints.unzigzag(Varints.read(in));
    long length = Varints.read(in);
    int flags = in.readByte();
    ChangedBases[] changes = new ChangedBases[(int) Varints.read(in)];
    Arrays.fill(changes, ChangedBases.NONE);
    for (int i = 0; (flags & CHANGES) != 0 && i < changes.length; i++) {
      long from = Varints.read(in);
      changes[i] = new ChangedBases(from, from + Varints.read(in));
    }
    return new SampleSpan(
        start,
        length,
        changes,
        (flags & PARTIAL) != 0,
        (int) (Varints.read(in) - 1),
        Varints.read(in) - 1);
  }
}
