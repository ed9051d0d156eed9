package org.healthbeam.io.text;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The beginning of a Hadoop sequence file (version 6): of which class its values are, how they are
 * compressed, and the marker between sections, at which reading can begin. Keys may be of any
 * class; they are not read.
 *
 * @param length in bytes
 * @param ofBlocks whether many records are compressed together
 */
record SequenceHeader(
    long length, Values values, boolean ofBlocks, SequenceCodec codec, Marker marker) {
  private static final int VERSION = 6;
  private static final int NAME_LIMIT = 1 << 12;
  private static final int ENTRIES_LIMIT = 1 << 10;
  private static final int LATER_VERSIONS = 32;

  /** What values are; both hold bytes after their length. */
  enum Values {
    /** The length as Hadoop's variable number. */
    TEXT("org.apache.hadoop.io.Text"),
    /** The length as four bytes. */
    BYTES("org.apache.hadoop.io.BytesWritable");

    private final String type;

    Values(String type) {
      this.type = type;
    }
  }

  /** The marker of a file, after the length that no record has. */
  static final class Marker {
    /** What stands before a marker in place of a record's length. */
    static final int ESCAPE = -1;

    /** With the escape. */
    static final int LENGTH = Integer.BYTES + 16;

    private final byte[] bytes = new byte[LENGTH];

    private Marker(byte[] marker) {
      java.util.Arrays.fill(bytes, 0, Integer.BYTES, (byte) ESCAPE);
      System.arraycopy(marker, 0, bytes, Integer.BYTES, marker.length);
    }

    /** {@return whether it stands there, where so many bytes are} */
    boolean isAt(byte[] where, int at) {
      return java.util.Arrays.equals(where, at, at + LENGTH, bytes, 0, LENGTH);
    }
  }

  /** The file is a sequence file whose records cannot be read; the message has nothing of it. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * {@return whether a sequence file begins here; {@code in}, which marks, is left where it was}
   */
  static boolean begins(InputStream in) throws IOException {
    in.mark(Integer.BYTES);
    try {
      byte[] magic = in.readNBytes(Integer.BYTES);
      return magic.length == Integer.BYTES
          && magic[0] == 'S'
          && magic[1] == 'E'
          && magic[2] == 'Q'
          && magic[3] >= 0
          && magic[3] < LATER_VERSIONS;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException damaged) {
      return false;
    } finally {
      in.reset();
    }
  }

  /** Reads that of a file. */
  static SequenceHeader of(ResourceId file) throws IOException {
    try (SniffedFile sniffed = SniffedFile.open(file)) {
      return read(sniffed.stream());
    }
  }

  /**
   * Reads it from the beginning of a file, and nothing after it.
   *
   * @throws UnreadableException if the records cannot be read
   */
  static SequenceHeader read(InputStream stream) throws IOException {
    try {
      return whole(stream);
    } catch (EOFException e) {
      throw new UnreadableException("a sequence file that ends in its header");
    }
  }

  private static SequenceHeader whole(InputStream stream) throws IOException {
    Counted counted = new Counted(stream);
    DataInputStream in = new DataInputStream(counted);
    in.skipNBytes(3);
    if (in.readByte() != VERSION) {
      throw new UnreadableException("a sequence file of another version than " + VERSION);
    }
    text(in);
    String type = text(in);
    boolean compressed = in.readBoolean();
    boolean ofBlocks = in.readBoolean();
    Optional<SequenceCodec> codec =
        compressed ? SequenceCodec.of(text(in)) : Optional.of(SequenceCodec.NONE);
    int entries = in.readInt();
    if (entries < 0 || entries > ENTRIES_LIMIT) {
      throw new UnreadableException("a sequence file whose header is damaged");
    }
    for (int i = 0; i < 2 * entries; i++) {
      text(in);
    }
    byte[] marker = new byte[Marker.LENGTH - Integer.BYTES];
    in.readFully(marker);
    Values values = null;
    for (Values each : Values.values()) {
      values = each.type.equals(type) ? each : values;
    }
    if (values == null) {
      throw new UnreadableException(
          "a sequence file whose values are neither Text nor BytesWritable");
    }
    return new SequenceHeader(
        counted.read,
        values,
        ofBlocks,
        codec.orElseThrow(
            () -> new UnreadableException("a sequence file whose compression is not known here")),
        new Marker(marker));
  }

  private static String text(DataInputStream in) throws IOException {
    int length = number(in);
    if (length < 0 || length > NAME_LIMIT) {
      throw new UnreadableException("a sequence file whose header is damaged");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads a number as Hadoop's {@code WritableUtils.readVInt} does. */
  private static int number(DataInputStream in) throws IOException {
    byte[] bytes = new byte[Numbers.LONGEST];
    bytes[0] = in.readByte();
    int length = Numbers.length(bytes[0]);
    in.readFully(bytes, 1, length - 1);
    return Numbers.value(bytes, 0, length);
  }

  /** Hadoop's variable numbers. */
  static final class Numbers {
    static final int LONGEST = 9;
    private static final int LEAST_SHORT = -112;
    private static final int LEAST_POSITIVE = -120;

    private Numbers() {}

    /** {@return how long a number is, by its first byte} */
    static int length(byte first) {
      if (first >= LEAST_SHORT) {
        return 1;
      }
      return 1 + (first >= LEAST_POSITIVE ? LEAST_SHORT - first : LEAST_POSITIVE - first);
    }

    /** {@return a number that is no length and none of things: -1 if it is not from 0 to 2^31} */
    static int value(byte[] bytes, int at, int length) {
      if (length == 1) {
        return bytes[at];
      }
      if (bytes[at] < LEAST_POSITIVE) {
        return -1;
      }
      long value = 0;
      for (int i = 1; i < length; i++) {
        value = (value << Byte.SIZE) | (bytes[at + i] & 0xff);
      }
      return value < 0 || value > Integer.MAX_VALUE ? -1 : (int) value;
    }
  }

  /** Counts what is read. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long read;

    Counted(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("The file ends inside its header");
      }
      read++;
      return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = in.read(bytes, from, length);
      read += Math.max(0, n);
      return n;
    }
  }
}
