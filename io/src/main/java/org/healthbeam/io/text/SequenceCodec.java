package org.healthbeam.io.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/** How values of a sequence file are compressed; known by the name of Hadoop's class. */
enum SequenceCodec {
  /** Not compressed. */
  NONE(""),
  DEFLATE("DefaultCodec|DeflateCodec"),
  GZIP("GzipCodec"),
  BZIP2("BZip2Codec"),
  SNAPPY("SnappyCodec");

  private static final String PACKAGE = "org\\.apache\\.hadoop\\.io\\.compress\\.";
  private static final int BUFFER = 1 << 13;

  /** Names of classes, with a bar between. */
  private final String classes;

  SequenceCodec(String classes) {
    this.classes = classes;
  }

  /** {@return that of a class; empty if it is not known here} */
  static Optional<SequenceCodec> of(String name) {
    return Arrays.stream(values())
        .filter(codec -> codec != NONE && name.matches(PACKAGE + "(" + codec.classes + ")"))
        .findFirst();
  }

  /**
   * {@return what was compressed}
   *
   * @param limit so many bytes at most
   * @throws IOException if it is damaged, or longer
   */
  byte[] inflate(byte[] bytes, int from, int length, int limit) throws IOException {
    if (this == NONE) {
      return Arrays.copyOfRange(bytes, from, from + length);
    }
    InputStream in = new ByteArrayInputStream(bytes, from, length);
    return switch (this) {
      case DEFLATE -> deflated(in, limit);
      case GZIP -> all(new GzipCompressorInputStream(in, true), limit);
      case BZIP2 -> all(new BZip2CompressorInputStream(in, true), limit);
      default -> ofBlocks(new DataInputStream(in), limit);
    };
  }

  /** What stands behind it is no part of it, so its length is another. */
  private static byte[] deflated(InputStream in, int limit) throws IOException {
    Inflater inflater = new Inflater();
    try {
      byte[] all = all(new InflaterInputStream(in, inflater), limit);
      if (inflater.getRemaining() + in.available() > 0) {
        throw new IOException("shorter than it says");
      }
      return all;
    } finally {
      inflater.end();
    }
  }

  private static byte[] all(InputStream in, int limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
    append(in, limit, out);
    return out.toByteArray();
  }

  private static void append(InputStream in, int limit, ByteArrayOutputStream out)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (out.size() + n > limit) {
        throw new IOException("longer than " + limit + " bytes");
      }
      out.write(buffer, 0, n);
    }
  }

  /** Hadoop's own frame: blocks, each the length of its content and then compressed chunks. */
  private static byte[] ofBlocks(DataInputStream in, int limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
    while (in.available() > 0) {
      long end = (long) out.size() + length(in, limit);
      while (out.size() < end) {
        byte[] chunk = new byte[length(in, in.available() - Integer.BYTES)];
        in.readFully(chunk);
        append(new SnappyCompressorInputStream(new ByteArrayInputStream(chunk)), limit, out);
      }
      if (out.size() != end) {
        throw new IOException("a block is of another length than it says");
      }
    }
    return out.toByteArray();
  }

  private static int length(DataInputStream in, int limit) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > limit) {
      throw new EOFException("a length that cannot be");
    }
    return length;
  }
}
