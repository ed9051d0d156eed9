package org.healthbeam.transforms.vital;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;

/** Bytes of the parts that several elements share: kinds, flags, times in milliseconds. */
final class KindCoding {
  private KindCoding() {}

  static void write(VitalKind kind, OutputStream out) throws IOException {
    out.write(kind.index());
  }

  static VitalKind read(InputStream in) throws IOException {
    return VitalKind.at(readByte(in));
  }

  static void write(boolean flag, OutputStream out) throws IOException {
    out.write(flag ? 1 : 0);
  }

  static boolean readFlag(InputStream in) throws IOException {
    return readByte(in) != 0;
  }

  static void write(Instant time, OutputStream out) throws IOException {
    BigEndianLongCoder.of().encode(time.toEpochMilli(), out);
  }

  static Instant readTime(InputStream in) throws IOException {
    return Instant.ofEpochMilli(BigEndianLongCoder.of().decode(in));
  }

  static void write(double value, OutputStream out) throws IOException {
    BigEndianLongCoder.of().encode(Double.doubleToLongBits(value), out);
  }

  static double readDouble(InputStream in) throws IOException {
    return Double.longBitsToDouble(BigEndianLongCoder.of().decode(in));
  }

  /** One byte for an original; 16 bytes more for another version. */
  static void write(ReadingVersion version, OutputStream out) throws IOException {
    out.write(version.status().index());
    if (!version.isOriginal()) {
      BigEndianLongCoder.of().encode(version.order(), out);
      BigEndianLongCoder.of().encode(version.observation(), out);
    }
  }

  static ReadingVersion readVersion(InputStream in) throws IOException {
    ReadingVersion.Status status = ReadingVersion.Status.at(readByte(in));
    return status == ReadingVersion.Status.ORIGINAL
        ? ReadingVersion.ORIGINAL
        : new ReadingVersion(
            status, BigEndianLongCoder.of().decode(in), BigEndianLongCoder.of().decode(in));
  }

  static int readByte(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("The element ends in the middle");
    }
    return b;
  }
}
