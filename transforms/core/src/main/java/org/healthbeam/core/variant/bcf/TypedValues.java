package org.healthbeam.core.variant.bcf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The typed values of one part of a record, read in turn.
 *
 * <p>Source: VCF 4.3 (samtools/hts-specs), sections 6.3.3 and 6.3.4.
 */
final class TypedValues {
  static final int INT8 = 1;
  static final int INT16 = 2;
  static final int INT32 = 3;
  static final int FLOAT = 5;
  static final int CHAR = 7;

  /** What a missing whole number of any width is told as. */
  static final int MISSING = Integer.MIN_VALUE;

  /** What stands behind the end of a vector of whole numbers, whatever their width. */
  static final int END_OF_VECTOR = Integer.MIN_VALUE + 1;

  private static final int MISSING_FLOAT = 0x7F800001;
  private static final int END_OF_FLOATS = 0x7F800002;
  private static final int LONG_VECTOR = 15;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private int end;
  private int type;
  private int count;

  /** Begins at the beginning of these bytes. */
  void begin(byte[] from, int start, int stop) {
    bytes = from;
    at = start;
    end = stop;
  }

  boolean isAtEnd() {
    return at == end;
  }

  int int32() throws InvalidBcfException {
    int begin = pass(4);
    return (int) INTS.get(bytes, begin);
  }

  /** Passes so many bytes and returns where they begin. */
  int pass(long n) throws InvalidBcfException {
    if (n < 0 || n > end - at) {
      throw new InvalidBcfException("a value of a record goes beyond the record's end");
    }
    int begin = at;
    at += (int) n;
    return begin;
  }

  /** Reads the type and the number of values that follow. */
  void descriptor() throws InvalidBcfException {
    int descriptor = bytes[pass(1)] & 0xff;
    type = descriptor & 15;
    count = descriptor >>> 4;
    if (width() < 0) {
      throw new InvalidBcfException("a value of a record has a type that is none");
    }
    if (count == LONG_VECTOR) {
      int of = type;
      int length = number();
      if (length < 0) {
        throw new InvalidBcfException("a vector of a record has no length");
      }
      type = of;
      count = length;
    }
  }

  /** Says of what type and number the values are that are written next. */
  void setType(int type, int count) {
    this.type = type;
    this.count = count;
  }

  int type() {
    return type;
  }

  int count() {
    return count;
  }

  /** {@return how many bytes one value has; negative if there is no such type} */
  int width() {
    return switch (type) {
      case 0 -> 0;
      case INT8, CHAR -> 1;
      case INT16 -> 2;
      case INT32, FLOAT -> 4;
      default -> -1;
    };
  }

  /** Reads one whole number with its type. */
  int number() throws InvalidBcfException {
    int descriptor = bytes[pass(1)] & 0xff;
    type = descriptor & 15;
    count = descriptor >>> 4;
    if (count != 1 || type < INT8 || type > INT32) {
      throw new InvalidBcfException("a whole number is expected in a record, and there is none");
    }
    return whole(pass(width()));
  }

  /** {@return the whole number at a place, {@link #MISSING} or {@link #END_OF_VECTOR}} */
  int whole(int place) {
    switch (type) {
      case INT8:
        int one = bytes[place];
        return one > Byte.MIN_VALUE + 1 ? one : MISSING + (one - Byte.MIN_VALUE);
      case INT16:
        int two = (short) SHORTS.get(bytes, place);
        return two > Short.MIN_VALUE + 1 ? two : MISSING + (two - Short.MIN_VALUE);
      default:
        return (int) INTS.get(bytes, place);
    }
  }

  /** Writes the float at a place and says whether there was one, and not the vector's end. */
  boolean writeFloat(int place, TextLine out) {
    int bits = (int) INTS.get(bytes, place);
    if (bits == END_OF_FLOATS) {
      return false;
    }
    if (bits == MISSING_FLOAT) {
      out.add('.');
    } else {
      out.add(Float.intBitsToFloat(bits));
    }
    return true;
  }

  /** Writes a typed value, with commas where there are several, and a dot where there is none. */
  void write(TextLine out) throws InvalidBcfException {
    descriptor();
    writeValues(pass((long) width() * count), out);
  }

  /** Writes the values that begin at a place, of the type and number that were read last. */
  void writeValues(int place, TextLine out) {
    if (type == CHAR) {
      writeText(place, out);
      return;
    }
    int width = width();
    for (int i = 0; i < count; i++) {
      int at = place + i * width;
      if (type == FLOAT ? (int) INTS.get(bytes, at) == END_OF_FLOATS : whole(at) == END_OF_VECTOR) {
        if (i == 0) {
          out.add('.');
        }
        return;
      }
      if (i > 0) {
        out.add(',');
      }
      if (type == FLOAT) {
        writeFloat(at, out);
      } else if (whole(at) == MISSING) {
        out.add('.');
      } else {
        out.add(whole(at));
      }
    }
    if (count == 0 || type == 0) {
      out.add('.');
    }
  }

  private void writeText(int place, TextLine out) {
    int length = 0;
    while (length < count && bytes[place + length] != 0) {
      length++;
    }
    if (length == 0) {
      out.add('.');
    } else {
      out.add(bytes, place, length);
    }
  }

  byte byteAt(int place) {
    return bytes[place];
  }
}
