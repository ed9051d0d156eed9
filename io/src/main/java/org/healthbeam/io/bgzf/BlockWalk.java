package org.healthbeam.io.bgzf;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Goes from block to block, from any byte of a file on, and goes on behind what is damaged.
 *
 * <p>A block counts only if its header is one, its data inflate to their very end, and CRC-32 and
 * length are those that it states. So what merely looks like a header is never taken. Behind a
 * damaged block the walk goes on where the block's length says, if a block begins there; else it
 * looks at every byte.
 *
 * <p>A walk that begins in the middle of a file may begin inside a block whose data, stored without
 * compression, are blocks themselves (a BGZF file packed into another). It finds its way out at the
 * end of that block at the latest, so whoever begins {@link #LOOK_BACK} bytes earlier and then
 * calls {@link #skipTo} is never deceived.
 *
 * <p>Memory: 512 KiB of the file, and one inflated block. One object serves one thread.
 *
 * <p>Source of the rules: SAM specification (samtools/hts-specs), section 4.1; RFC 1952.
 */
public final class BlockWalk {
  /** The most bytes that a block has. */
  public static final int LARGEST = BlockHeader.MOST;

  /** How far before the wanted place a walk begins that does not know where blocks begin. */
  public static final int LOOK_BACK = 2 * BlockHeader.MOST;

  /** What the next bytes are. */
  public enum Step {
    /** A whole block. */
    BLOCK,
    /** No block; the walk goes on at the next one. */
    DAMAGE,
    /** The beginning of a block in which the file ends. */
    CUT,
    /** Nothing: the file ends, or what is left is not wanted. */
    END
  }

  private static final int BUFFER = 1 << 19;

  private final InputStream in;
  private final long until;
  private final BlockInflater inflater;
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] data = new byte[BlockHeader.MOST];
  private long bufferAddress;
  private int from;
  private int to;
  private boolean ended;
  private boolean aligned;

  private long address;
  private int length;
  private int dataLength;

  /**
   * Begins a walk.
   *
   * @param in the bytes of the file from {@code address} on
   * @param address of the first byte of {@code in} in the file
   * @param aligned whether a block begins at {@code address}; else the first one is looked for
   * @param until where the search for a block ends; blocks that follow one another are walked on
   * @param inflater of the blocks' data
   */
  public BlockWalk(
      InputStream in, long address, boolean aligned, long until, BlockInflater inflater) {
    this.in = in;
    this.bufferAddress = address;
    this.address = address;
    this.aligned = aligned;
    this.until = until;
    this.inflater = inflater;
  }

  /**
   * Goes to the first block that begins at this address or later, or to the damage that is there;
   * by the blocks' headers as long as they fit together.
   *
   * @param wanted an address in the file
   * @throws IOException if the file system fails
   */
  public void skipTo(long wanted) throws IOException {
    while (aligned ? here() < wanted : search(until)) {
      aligned = true;
      if (here() >= wanted) {
        return;
      }
      fill(2 * BlockHeader.MOST);
      int block = BlockHeader.blockLength(buffer, from, to);
      boolean isWhole = block > 0 && block <= to - from;
      if (isWhole
          && (BlockHeader.blockLength(buffer, from + block, to) != BlockHeader.NONE
              || load() > 0)) {
        from += block;
      } else {
        // The header is none of this file, or it does not tell the truth.
        aligned = false;
        from += from < to ? 1 : 0;
      }
    }
  }

  /**
   * Goes on to what comes next.
   *
   * @return a block, damage, or the end
   * @throws IOException if the file system fails
   */
  public Step next() throws IOException {
    from += length;
    length = 0;
    if (!aligned) {
      aligned = search(until);
    }
    fill(1);
    address = here();
    if (!aligned) {
      return Step.END;
    }
    if (from == to) {
      return Step.END;
    }
    int block = load();
    if (block > 0) {
      length = block;
      return Step.BLOCK;
    }
    return goRound(block == BlockHeader.CUT);
  }

  /** Leaves what is no block behind. */
  private Step goRound(boolean cut) throws IOException {
    int block = BlockHeader.blockLength(buffer, from, to);
    if (block > 0 && block <= to - from) {
      fill(2 * BlockHeader.MOST);
      int next = from + block;
      if (next == to || BlockHeader.blockLength(buffer, next, to) > 0) {
        from = next;
        return Step.DAMAGE;
      }
    }
    from++;
    // A file that is cut must be searched to its end to be told from one that is damaged there.
    aligned = search(cut ? Long.MAX_VALUE : until);
    boolean atEnd = !aligned && from == to;
    return cut && atEnd ? Step.CUT : Step.DAMAGE;
  }

  /** Stands before the next whole block and says that there is one. */
  private boolean search(long limit) throws IOException {
    while (here() < limit && fill(BlockHeader.MOST)) {
      if (buffer[from] == 0x1f && load() > 0) {
        return true;
      }
      from++;
    }
    return false;
  }

  /** Inflates the block that begins here and returns its length, or what is wrong. */
  private int load() throws IOException {
    fill(BlockHeader.MOST);
    int block = BlockHeader.blockLength(buffer, from, to);
    if (block < 0) {
      return block;
    }
    if (block > to - from) {
      return BlockHeader.CUT;
    }
    int trailer = from + block - BlockHeader.TRAILER;
    int size = BlockHeader.int32(buffer, trailer + 4);
    if (size < 0 || size > BlockHeader.MOST) {
      return BlockHeader.NONE;
    }
    int start = BlockHeader.dataStart(buffer, from);
    if (!inflater.inflate(buffer, start, trailer - start, data, size)) {
      return BlockHeader.NONE;
    }
    crc.reset();
    crc.update(data, 0, size);
    if ((int) crc.getValue() != BlockHeader.int32(buffer, trailer)) {
      return BlockHeader.NONE;
    }
    dataLength = size;
    return block;
  }

  /** Has as many bytes at hand, or all that are left; says whether there is any. */
  private boolean fill(int wanted) throws IOException {
    while (to - from < wanted && !ended) {
      if (from > 0 && buffer.length - from < wanted) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        bufferAddress += from;
        to -= from;
        from = 0;
      }
      int n = in.read(buffer, to, buffer.length - to);
      ended = n < 0;
      to += Math.max(0, n);
    }
    return from < to;
  }

  private long here() {
    return bufferAddress + from;
  }

  /** {@return where in the file the block begins, or the damage, or where the walk ended} */
  public long address() {
    return address;
  }

  /** {@return how many bytes of the file the block has} */
  public int length() {
    return length;
  }

  /** {@return what the block inflates to; overwritten by the next one} */
  public byte[] data() {
    return data;
  }

  /** {@return how many bytes {@link #data} has; 0 is a block of no data} */
  public int dataLength() {
    return dataLength;
  }

  /** {@return whether the walk has come to the end of the file} */
  public boolean isAtEndOfFile() {
    return ended && from + length == to;
  }
}
