package org.healthbeam.core.variant.vcf;

import java.util.ArrayDeque;

/**
 * The alleles of the records just before, by which an allele that comes again is found: the last
 * {@value #MOST} alleles of records at most {@value #BASES} bases before, on the same sequence, as
 * long as positions do not go back.
 */
final class RecentAlleles {
  static final int MOST = 32;
  static final int BASES = 64;

  /**
   * The alleles of one record.
   *
   * @param line of the record
   * @param pos of the record
   * @param again whether a record before has one of them
   * @param alleles one number for each allele; see {@link #allele}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(long line, int pos, boolean again, long[] alleles) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private int size;

  /** {@return the entries, the oldest first} */
  ArrayDeque<Entry> entries() {
    return entries;
  }

  void clear() {
    entries.clear();
    size = 0;
  }

  /** Leaves out what is too far before this position. */
  void moveTo(int pos) {
    while (!entries.isEmpty() && entries.getFirst().pos() < pos - BASES) {
      size -= entries.removeFirst().alleles().length;
    }
  }

  /** {@return whether one of these alleles is among the recent ones} */
  boolean hasAny(long[] alleles, int n) {
    for (Entry entry : entries) {
      for (long recent : entry.alleles()) {
        for (int k = 0; k < n; k++) {
          if (recent == alleles[k]) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Adds a record, and leaves out the oldest ones as long as there are enough without them. */
  void add(Entry entry) {
    entries.addLast(entry);
    size += entry.alleles().length;
    while (size - entries.getFirst().alleles().length >= MOST) {
      size -= entries.removeFirst().alleles().length;
    }
  }

  /**
   * {@return a number for an allele of bases, the same one however many bases stand around what
   * differs and whatever their case; that two alleles have one number is as good as impossible (64
   * bits)}
   */
  static long allele(int pos, String ref, String alt) {
    int refEnd = ref.length();
    int altEnd = alt.length();
    while (refEnd > 1 && altEnd > 1 && same(ref.charAt(refEnd - 1), alt.charAt(altEnd - 1))) {
      refEnd--;
      altEnd--;
    }
    int from = 0;
    while (from < refEnd - 1 && from < altEnd - 1 && same(ref.charAt(from), alt.charAt(from))) {
      from++;
    }
    long hash = mix(0x9E3779B97F4A7C15L + pos + from);
    for (int i = from; i < refEnd; i++) {
      hash = mix(hash ^ upper(ref.charAt(i)));
    }
    hash = mix(hash ^ '>');
    for (int i = from; i < altEnd; i++) {
      hash = mix(hash ^ upper(alt.charAt(i)));
    }
    return hash;
  }

  private static boolean same(char a, char b) {
    return upper(a) == upper(b);
  }

  private static int upper(char base) {
    return base & ~0x20;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
