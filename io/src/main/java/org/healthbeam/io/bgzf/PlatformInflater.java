package org.healthbeam.io.bgzf;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The Java platform's zlib. */
final class PlatformInflater implements BlockInflater {
  private final Inflater inflater = new Inflater(true);
  private final byte[] beyond = new byte[1];

  @Override
  public boolean inflate(byte[] from, int at, int length, byte[] to, int size) {
    inflater.reset();
    inflater.setInput(from, at, length);
    try {
      int done = 0;
      while (done < size) {
        int n = inflater.inflate(to, done, size - done);
        if (n == 0) {
          return false;
        }
        done += n;
      }
      // A stream that has given all its bytes may not have said yet that it ends.
      return inflater.inflate(beyond) == 0 && inflater.finished() && inflater.getRemaining() == 0;
    } catch (DataFormatException e) {
      return false;
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
