package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whole numbers in as few bytes as they need, seven bits each, the lowest first. */
public final class Varints {
  private Varints() {}

  /**
   * Writes a number; a negative one takes ten bytes.
   *
   * @param out takes up to ten bytes
   * @param value any
   * @throws IOException if {@code out} cannot take them
   */
  public static void write(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static long read(DataInput in) throws IOException {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.readByte();
      result |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw new IOException("a number has more than ten bytes");
  }

  /**
   * {@return a number that is small where {@code value} is near 0, negative or not}
   *
   * @param value any
   */
  public static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /**
   * {@return the number that {@link #zigzag} was given}
   *
   * @param value what {@link #zigzag} returned
   */
  public static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * Writes how many there are and then all.
   *
   * @param out takes the bytes
   * @param values any numbers; a negative one takes ten bytes
   * @throws IOException if {@code out} cannot take them
   */
  public static void writeAll(DataOutput out, long[] values) throws IOException {
    write(out, values.length);
    for (long value : values) {
      write(out, value);
    }
  }

  /**
   * Reads what {@link #writeAll} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static long[] readAll(DataInput in) throws IOException {
    long[] values = new long[(int) read(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(in);
    }
    return values;
  }

  /**
   * Writes a text as its length in bytes and its bytes in UTF-8.
   *
   * @param out takes the bytes
   * @param text without a limit of length, but what an array holds
   * @throws IOException if {@code out} cannot take them
   */
  public static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(out, bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #writeText} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[(int) read(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
