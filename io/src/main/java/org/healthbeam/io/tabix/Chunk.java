package org.healthbeam.io.tabix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Records that follow one another in a BGZF file.
 *
 * @param begin the virtual offset of the first one: the address of its block, shifted left by 16
 *     bits, and its place in the inflated block
 * @param end the virtual offset behind the last one
 */
public record Chunk(long begin, long end) {

  /**
   * {@return the same records, none of them twice, in the order of the file} What lies between two
   * chunks of one block is taken along.
   *
   * @param chunks in any order, which may overlap
   */
  public static List<Chunk> merge(List<Chunk> chunks) {
    List<Chunk> sorted = new ArrayList<>(chunks);
    sorted.sort(Comparator.comparingLong(Chunk::begin).thenComparingLong(Chunk::end));
    List<Chunk> merged = new ArrayList<>();
    for (Chunk chunk : sorted) {
      Chunk last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && chunk.begin >>> 16 <= last.end >>> 16) {
        merged.set(merged.size() - 1, new Chunk(last.begin, Math.max(last.end, chunk.end)));
      } else {
        merged.add(chunk);
      }
    }
    return merged;
  }
}
