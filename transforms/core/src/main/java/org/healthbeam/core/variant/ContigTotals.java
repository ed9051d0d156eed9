package org.healthbeam.core.variant;

import java.util.SortedMap;
import java.util.TreeMap;

/** Records of each sequence; those of one mostly come one after the other. */
final class ContigTotals {
  private final SortedMap<String, Long> contigs = new TreeMap<>();

  /** How many more records are on this sequence, since the last time that the map was asked. */
  private long onContig;

  private String contig = "";

  /** Counts a record. */
  void add(String of) {
    if (!of.equals(contig)) {
      map();
      contig = of;
    }
    onContig++;
  }

  /** {@return the records of each sequence} It may be changed. */
  SortedMap<String, Long> map() {
    if (onContig > 0) {
      contigs.merge(contig, onContig, Long::sum);
      onContig = 0;
    }
    return contigs;
  }
}
