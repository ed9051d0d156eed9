package org.healthbeam.core.code.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.healthbeam.core.code.InvalidMapException;

/** Reads files that may be gzipped. */
final class Gunzip {
  private Gunzip() {}

  /** What is done with the plain bytes. */
  interface Reading<T> {
    T of(InputStream plain) throws InvalidMapException, IOException;
  }

  /**
   * Gives the plain bytes of a file to a reader.
   *
   * @throws InvalidMapException also if the file is gzipped and damaged
   */
  static <T> T reading(InputStream in, String file, Reading<T> reading)
      throws InvalidMapException, IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    try {
      return reading.of(
          gzip
              ? new BufferedInputStream(new GZIPInputStream(buffered, 1 << 16), 1 << 16)
              : buffered);
    } catch (EOFException e) {
      throw new InvalidMapException(file, "", "ends in the middle: a truncated gzip file");
    } catch (ZipException e) {
      throw new InvalidMapException(file, "", "is a damaged gzip file");
    }
  }

  /** Opens a file and gives its plain bytes to a reader. */
  static <T> T reading(MapSource file, Reading<T> reading) throws InvalidMapException, IOException {
    try (InputStream in = file.open()) {
      return reading(in, file.path(), reading);
    }
  }
}
