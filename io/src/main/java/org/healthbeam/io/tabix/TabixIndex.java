package org.healthbeam.io.tabix;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.healthbeam.io.bgzf.BgzfInputStream;

/**
 * Which chunks of a BGZF file have the records that overlap a region, from its {@code .tbi} or
 * {@code .csi}.
 *
 * <p>Memory: the index. Source of the rules: tabix and CSIv1 (samtools/hts-specs).
 */
public final class TabixIndex {
  private static final int TBI = 0x01494254;
  private static final int CSI = 0x01495343;
  private static final int TBI_MIN_SHIFT = 14;
  private static final int TBI_DEPTH = 5;
  private static final int MOST_SHIFT = 31;

  /** A bin's number has 31 bits. */
  private static final int MOST_DEPTH = 10;

  private static final int CONFIGURATION = 6 * Integer.BYTES;

  /** The most bytes of an index; those of whole genomes have a few millions. */
  private static final int MOST_BYTES = 1 << 30;

  private final int minShift;
  private final int depth;
  private final Map<String, Sequence> sequences = new LinkedHashMap<>();

  /** The bins of one sequence; {@code offsets} is the linear index of a {@code .tbi}. */
  private record Sequence(Map<Integer, Bin> bins, List<Long> offsets) {}

  /** The chunks of one bin; {@code offset} is where its first record begins, of a {@code .csi}. */
  private record Bin(long offset, List<Chunk> chunks) {}

  private TabixIndex(int minShift, int depth) {
    this.minShift = minShift;
    this.depth = depth;
  }

  /**
   * Reads an index.
   *
   * @param stored its bytes as they are stored, in BGZF; is closed
   * @return the index
   * @throws IOException if it is none, or not whole
   */
  public static TabixIndex read(InputStream stored) throws IOException {
    ByteBuffer bytes;
    try (BgzfInputStream in = new BgzfInputStream(stored)) {
      bytes = ByteBuffer.wrap(in.readNBytes(MOST_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }
    try {
      int magic = bytes.getInt();
      if (magic == TBI) {
        return readTbi(bytes);
      } else if (magic == CSI) {
        return readCsi(bytes);
      }
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
      throw new EOFException("the index ends early");
    }
    throw new ZipException("neither a TBI nor a CSI index");
  }

  private static TabixIndex readTbi(ByteBuffer bytes) throws IOException {
    TabixIndex index = new TabixIndex(TBI_MIN_SHIFT, TBI_DEPTH);
    int n = bytes.getInt();
    String[] names = readNames(bytes);
    if (names.length < n) {
      throw new ZipException("the TBI index does not name its sequences");
    }
    for (int i = 0; i < n; i++) {
      Map<Integer, Bin> bins = readBins(bytes, false);
      int length = bytes.getInt();
      List<Long> offsets = new ArrayList<>();
      for (int k = 0; k < length; k++) {
        offsets.add(bytes.getLong());
      }
      index.sequences.put(names[i], new Sequence(bins, offsets));
    }
    return index;
  }

  private static TabixIndex readCsi(ByteBuffer bytes) throws IOException {
    TabixIndex index = new TabixIndex(bytes.getInt(), bytes.getInt());
    boolean shift = index.minShift >= 1 && index.minShift <= MOST_SHIFT;
    if (!shift || index.depth < 0 || index.depth > MOST_DEPTH) {
      throw new ZipException("the CSI index has bins of no use");
    }
    int auxiliary = bytes.getInt();
    int begin = bytes.position();
    String[] names = auxiliary > CONFIGURATION ? readNames(bytes) : new String[0];
    bytes.position(begin + auxiliary);
    int n = bytes.getInt();
    if (names.length < n) {
      throw new ZipException("the CSI index does not name its sequences");
    }
    for (int i = 0; i < n; i++) {
      index.sequences.put(names[i], new Sequence(readBins(bytes, true), List.of()));
    }
    return index;
  }

  private static String[] readNames(ByteBuffer bytes) throws IOException {
    bytes.position(bytes.position() + CONFIGURATION);
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new EOFException("the index ends early");
    }
    byte[] names = new byte[length];
    bytes.get(names);
    return new String(names, StandardCharsets.UTF_8).split("\0");
  }

  private static Map<Integer, Bin> readBins(ByteBuffer bytes, boolean csi) {
    Map<Integer, Bin> bins = new HashMap<>();
    int n = bytes.getInt();
    for (int i = 0; i < n; i++) {
      int number = bytes.getInt();
      long offset = csi ? bytes.getLong() : 0;
      int length = bytes.getInt();
      List<Chunk> chunks = new ArrayList<>();
      for (int k = 0; k < length; k++) {
        chunks.add(new Chunk(bytes.getLong(), bytes.getLong()));
      }
      bins.put(number, new Bin(offset, chunks));
    }
    return bins;
  }

  /** {@return the names of the sequences} */
  public Set<String> sequences() {
    return sequences.keySet();
  }

  /**
   * {@return the chunks that have all records of a region, and perhaps others; not merged}
   *
   * @param contig as the file calls it; of another there are none
   * @param start the first base, from 0
   * @param end one after the last
   */
  public List<Chunk> chunks(String contig, long start, long end) {
    Sequence sequence = sequences.get(contig);
    long most = 1L << (minShift + 3 * depth);
    long last = Math.min(end, most) - 1;
    List<Chunk> found = new ArrayList<>();
    if (sequence == null || start > last) {
      return found;
    }
    long least = leastOffset(sequence, start);
    int first = 0;
    for (int level = 0; level <= depth; level++) {
      int shift = minShift + 3 * (depth - level);
      for (long bin = first + (start >> shift); bin <= first + (last >> shift); bin++) {
        Bin there = sequence.bins.get((int) bin);
        if (there != null) {
          there.chunks.stream().filter(chunk -> chunk.end() > least).forEach(found::add);
        }
      }
      first += 1 << (3 * level);
    }
    return found;
  }

  /** {@return a virtual offset before which no record ends behind {@code start}} */
  private long leastOffset(Sequence sequence, long start) {
    if (!sequence.offsets.isEmpty()) {
      long window = Math.min(start >> minShift, sequence.offsets.size() - 1L);
      return sequence.offsets.get((int) window);
    }
    int first = 0;
    for (int level = 0; level < depth; level++) {
      first += 1 << (3 * level);
    }
    long bin = first + (start >> minShift);
    while (bin > 0 && !sequence.bins.containsKey((int) bin)) {
      bin = (bin - 1) >> 3;
    }
    Bin there = sequence.bins.get((int) bin);
    return there == null ? 0 : there.offset;
  }
}
