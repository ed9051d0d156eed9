package org.healthbeam.bench;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.annotation.Nullable;

/** The lines of a stream, as bytes without their ends. */
final class Lines implements Closeable {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;

  Lines(InputStream in) {
    this.in = in;
  }

  /** Returns the next line, null at the end. */
  @Nullable
  byte[] next() throws IOException {
    ByteArrayOutputStream begun = null;
    while (true) {
      for (int i = from; i < to; i++) {
        if (buffer[i] == '\n') {
          byte[] line = Arrays.copyOfRange(buffer, from, i);
          from = i + 1;
          if (begun == null) {
            return line;
          }
          begun.writeBytes(line);
          return begun.toByteArray();
        }
      }
      if (from < to) {
        begun = begun == null ? new ByteArrayOutputStream(1 << 12) : begun;
        begun.write(buffer, from, to - from);
      }
      from = 0;
      to = Math.max(0, in.read(buffer));
      if (to == 0) {
        return begun == null ? null : begun.toByteArray();
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
