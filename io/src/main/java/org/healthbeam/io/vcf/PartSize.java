package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.Serializable;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.io.text.FileSystemException;

/**
 * How much of a file one worker reads at a time.
 *
 * <p>What a part costs depends on its text, so a part is 32 to 128 MiB of text, a 16th of the file
 * if that is between. How much text a byte of BGZF has differs a hundredfold between files and is
 * taken from the file's beginning.
 */
final class PartSize implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final long LEAST_TEXT = 32 << 20;
  private static final long MOST_TEXT = 128 << 20;
  private static final int MANY_PARTS = 16;
  private static final int SAMPLE = 1 << 20;
  private static final long LEAST_BYTES = 64 << 10;

  private final long fixed;

  private PartSize(long fixed) {
    this.fixed = fixed;
  }

  /** {@return the size that suits the file} */
  static PartSize fitting() {
    return new PartSize(0);
  }

  /** {@return this size, in bytes of the file} */
  static PartSize of(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("parts of " + bytes + " bytes; they have 1 or more");
    }
    return new PartSize(bytes);
  }

  long ofText(long fileBytes) {
    return fixed > 0 ? fixed : text(fileBytes);
  }

  /** {@return the size for a stream that stands at the file's first record} */
  long ofBgzf(long fileBytes, BgzfInputStream in) throws IOException {
    if (fixed > 0) {
      return fixed;
    }
    long address = in.virtualOffset() >>> 16;
    long sampled = 0;
    byte[] piece = new byte[1 << 16];
    try {
      for (int n = 0; n >= 0 && sampled < SAMPLE; n = in.read(piece)) {
        sampled += n;
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException damaged) {
      // Whoever reads that part says so.
    }
    double textOfByte =
        Math.max(1, (double) sampled / Math.max(1, (in.virtualOffset() >>> 16) - address));
    return (long) Math.max(LEAST_BYTES, text((long) (fileBytes * textOfByte)) / textOfByte);
  }

  private static long text(long all) {
    return Math.max(LEAST_TEXT, Math.min(MOST_TEXT, all / MANY_PARTS));
  }
}
