package org.healthbeam.io.bgzf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The uncompressed bytes of a BGZF file, with the place of each.
 *
 * <p>Every block's CRC-32 and length are checked before its first byte is given. A file that ends
 * inside a block throws {@link EOFException}, a damaged block {@link ZipException}, after all bytes
 * before it have been given. A missing end marker is no error here; {@link #hasEndMarker} tells it.
 */
public final class BgzfInputStream extends InputStream {
  private final InputStream in;
  private final BlockInflater inflater;
  private final BlockWalk walk;
  private int at;
  private int end;
  private boolean ended;
  private boolean lastEmpty;
  private IOException failure;

  /**
   * Reads a file from its first byte.
   *
   * @param in the file as it is stored; closed with this stream
   */
  public BgzfInputStream(InputStream in) {
    this(in, 0);
  }

  /**
   * Reads a file from a block on.
   *
   * @param in the bytes of the file from {@code address} on
   * @param address where a block begins
   */
  public BgzfInputStream(InputStream in, long address) {
    this.in = in;
    this.inflater = BlockInflater.fastest();
    this.walk = new BlockWalk(in, address, true, Long.MAX_VALUE, inflater);
  }

  @Override
  public int read() throws IOException {
    return more() ? walk.data()[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(walk.data(), at, bytes, offset, n);
    at += n;
    return n;
  }

  @Override
  public int available() {
    return end - at;
  }

  /**
   * {@return the place of the next byte: the address of its block, shifted left by 16 bits, and the
   * byte's place in the inflated block} At the end of a block that is the beginning of the next.
   */
  public long virtualOffset() {
    return at < end ? (walk.address() << 16) | at : (walk.address() + walk.length()) << 16;
  }

  /** {@return whether, once all is read, the file ends with a block of no data, as it should} */
  public boolean hasEndMarker() {
    return ended && lastEmpty;
  }

  private boolean more() throws IOException {
    while (at == end) {
      if (failure != null) {
        throw failure;
      }
      if (ended) {
        return false;
      }
      at = 0;
      end = 0;
      switch (walk.next()) {
        case BLOCK -> {
          end = walk.dataLength();
          lastEmpty = end == 0;
        }
        case END -> ended = true;
        case CUT -> failure = new EOFException("the file ends inside a BGZF block");
        case DAMAGE -> failure = new ZipException("no sound BGZF block at byte " + walk.address());
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.close();
    in.close();
  }
}
