package org.healthbeam.io.bgzf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes BGZF (SAM specification, section 4.1): blocks of at most 64 KiB, and the end marker when
 * it is closed. Holds one block. The same bytes give the same file on the same Java platform.
 */
public final class BgzfOutputStream extends OutputStream {
  /** As much as fits a block even where it cannot be compressed; as htslib has it. */
  private static final int DATA = 0xff00;

  private static final int HEADER = 18;

  /** What stands before data that are stored: one byte, their length, and its complement. */
  private static final int STORED = 5;

  private final OutputStream out;
  private final boolean endMarker;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private final byte[] data = new byte[DATA];
  private final byte[] block = new byte[BlockHeader.MOST];
  private int length;
  private boolean closed;

  private BgzfOutputStream(OutputStream out, boolean endMarker) {
    this(out, endMarker, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
  }

  /** Compresses with this, which gives data without a header. */
  BgzfOutputStream(OutputStream out, boolean endMarker, Deflater deflater) {
    this.out = out;
    this.endMarker = endMarker;
    this.deflater = deflater;
  }

  /**
   * {@return a stream that writes a whole file, the end marker included}
   *
   * @param out takes the compressed bytes; closed with the stream
   */
  public static BgzfOutputStream ofFile(OutputStream out) {
    return new BgzfOutputStream(out, true);
  }

  /**
   * {@return a stream that writes a part of a file, which other parts and at last {@link
   * #endMarker} follow}
   *
   * @param out takes the compressed bytes; closed with the stream
   */
  public static BgzfOutputStream ofPart(OutputStream out) {
    return new BgzfOutputStream(out, false);
  }

  /** {@return the empty block that ends a file} */
  public static byte[] endMarker() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BgzfOutputStream nothing = ofFile(bytes)) {
      nothing.flush();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory failed", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void write(int b) throws IOException {
    if (length == DATA) {
      block();
    }
    data[length++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    int left = count;
    while (left > 0) {
      if (length == DATA) {
        block();
      }
      int n = Math.min(left, DATA - length);
      System.arraycopy(bytes, from, data, length, n);
      length += n;
      from += n;
      left -= n;
    }
  }

  /** Passes on the blocks that are full; what is in the last one waits for more. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  private void block() throws IOException {
    int deflated = deflate();
    if (deflated < 0) {
      deflated = store();
    }
    int size = HEADER + deflated + BlockHeader.TRAILER;
    byte[] first = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 6, 0, 'B', 'C', 2, 0};
    System.arraycopy(first, 0, block, 0, first.length);
    int16(size - 1, HEADER - 2);
    crc.reset();
    crc.update(data, 0, length);
    int32((int) crc.getValue(), HEADER + deflated);
    int32(length, HEADER + deflated + 4);
    out.write(block, 0, size);
    length = 0;
  }

  /** {@return how many bytes the data come to, or -1 if they do not fit} */
  private int deflate() {
    int most = block.length - HEADER - BlockHeader.TRAILER;
    deflater.reset();
    deflater.setInput(data, 0, length);
    deflater.finish();
    int n = 0;
    while (!deflater.finished() && n < most) {
      int more = deflater.deflate(block, HEADER + n, most - n);
      if (more == 0 && !deflater.finished()) {
        return -1;
      }
      n += more;
    }
    return deflater.finished() ? n : -1;
  }

  /** Puts the data into a block that is stored (RFC 1951, 3.2.4), and returns its length. */
  private int store() {
    block[HEADER] = 1;
    int16(length, HEADER + 1);
    int16(~length, HEADER + 3);
    System.arraycopy(data, 0, block, HEADER + STORED, length);
    return STORED + length;
  }

  private void int16(int value, int at) {
    block[at] = (byte) value;
    block[at + 1] = (byte) (value >> 8);
  }

  private void int32(int value, int at) {
    for (int i = 0; i < 4; i++) {
      block[at + i] = (byte) (value >> (8 * i));
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (OutputStream last = out) {
      if (length > 0) {
        block();
      }
      if (endMarker) {
        block();
      }
      last.flush();
    } finally {
      deflater.end();
    }
  }
}
