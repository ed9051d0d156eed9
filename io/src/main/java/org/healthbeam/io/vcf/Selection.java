package org.healthbeam.io.vcf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.io.tabix.Chunk;
import org.healthbeam.io.tabix.TabixIndex;

/**
 * Which lines are read: those whose record overlaps a region, from POS to the end of REF or to INFO
 * END, and those of which that cannot be told, so that whoever reads them says what is wrong.
 *
 * <p>One object serves one thread.
 */
final class Selection {
  private static final byte[] END = "END=".getBytes(StandardCharsets.US_ASCII);
  private static final int INFO = 7;

  private final List<Region> list;
  private final ContigNames contigs;
  private final Regions regions;
  private byte[] contigBytes = {};
  private String contig = "";
  private boolean found;

  Selection(List<Region> list, ContigNames contigs) {
    this.list = List.copyOf(list);
    this.contigs = contigs;
    this.regions = Regions.of(list, contigs);
  }

  /** {@return whether a line, without its line feed, is to be read} */
  boolean has(byte[] b, int from, int end) {
    int to = end > from && b[end - 1] == '\r' ? end - 1 : end;
    int[] tabs = new int[INFO + 2];
    tabs[0] = from - 1;
    for (int i = 1; i < tabs.length; i++) {
      int at = tabs[i - 1] + 1;
      while (at < to && b[at] != '\t') {
        at++;
      }
      tabs[i] = at;
      if (at == to && i <= INFO) {
        return true;
      }
    }
    long pos = number(b, tabs[1] + 1, tabs[2]);
    if (pos < 0 || pos > Integer.MAX_VALUE) {
      return true;
    }
    long length = Math.max(1, tabs[4] - tabs[3] - 1);
    length = Math.max(length, infoEnd(b, tabs[INFO] + 1, tabs[INFO + 1]) - pos + 1);
    found = false;
    regions.overlapping(
        contig(b, from, tabs[1]), (int) pos, length, (region, first, last) -> found = true);
    return found;
  }

  private String contig(byte[] b, int from, int to) {
    if (!Arrays.equals(contigBytes, 0, contigBytes.length, b, from, to)) {
      contigBytes = Arrays.copyOfRange(b, from, to);
      contig = new String(contigBytes, StandardCharsets.UTF_8);
    }
    return contig;
  }

  /** {@return INFO END, or -1} */
  private static long infoEnd(byte[] b, int from, int to) {
    for (int at = from; at + END.length <= to; at++) {
      if ((at == from || b[at - 1] == ';') && Arrays.equals(b, at, at + END.length, END, 0, 4)) {
        int stop = at + END.length;
        while (stop < to && b[stop] != ';') {
          stop++;
        }
        return number(b, at + END.length, stop);
      }
    }
    return -1;
  }

  private static long number(byte[] b, int from, int to) {
    long value = from < to && to - from < 11 ? 0 : -1;
    for (int i = from; i < to && value >= 0; i++) {
      int digit = b[i] - '0';
      value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
    }
    return value;
  }

  /** {@return where an index says that such lines are} */
  List<Chunk> chunks(TabixIndex index) {
    List<Chunk> chunks = new ArrayList<>();
    for (String name : index.sequences()) {
      String key = contigs.key(name);
      for (Region region : list) {
        if (contigs.key(region.contig()).equals(key)) {
          chunks.addAll(index.chunks(name, region.start(), region.end()));
        }
      }
    }
    return Chunk.merge(chunks);
  }
}
