package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfHeader;

/** Reads the header of a VCF and not a byte more. */
final class HeaderLines {
  private final InputStream in;
  private final int lineLimit;
  private byte[] line = new byte[1 << 12];
  private long number = 1;
  private long bytes;

  /**
   * Begins at the beginning of a file.
   *
   * @param in buffered
   */
  HeaderLines(InputStream in, int lineLimit) {
    this.in = in;
    this.lineLimit = lineLimit;
  }

  VcfHeader read(OnInvalid policy) throws IOException, RejectedException {
    VcfHeader.Scan scan = new VcfHeader.Scan(policy);
    boolean last = false;
    while (!last) {
      int length = 0;
      int b = in.read();
      if (b < 0) {
        return scan.header();
      }
      for (; b >= 0 && b != '\n'; b = in.read()) {
        append(length++, (byte) b);
      }
      bytes += length + (b < 0 ? 0 : 1);
      last = scan.line(line, 0, length > 0 && line[length - 1] == '\r' ? length - 1 : length);
      number++;
    }
    return scan.header();
  }

  private void append(int at, byte b) throws RejectedException {
    if (at == line.length) {
      if (at >= lineLimit) {
        throw PartLines.tooLong(lineLimit);
      }
      line = Arrays.copyOf(line, Math.min(lineLimit, 2 * at));
    }
    line[at] = b;
  }

  /** {@return the number of the line that comes next, or in which the reading failed; from 1} */
  long line() {
    return number;
  }

  /** {@return how many bytes the header has} */
  long bytes() {
    return bytes;
  }
}
