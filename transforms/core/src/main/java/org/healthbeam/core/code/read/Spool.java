package org.healthbeam.core.code.read;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Records in a temporary file that is first written and then mapped, so that they take no heap. The
 * place of a record is a number of units of eight bytes: 16 GB fit into an int.
 */
final class Spool implements Closeable {
  private static final int UNIT = 8;
  private static final int SEGMENT = 1 << 30;

  private final Path file;
  private final OutputStream out;
  private final byte[] padding = new byte[1 << 16];
  private final List<ByteBuffer> segments = new ArrayList<>();
  private long written;

  Spool() throws IOException {
    this(Files.createTempFile("healthbeam-map-", ".spool"));
  }

  private Spool(Path file) throws IOException {
    this(file, Files.newOutputStream(file));
  }

  /** Records in a file to which this stream leads. */
  Spool(Path file, OutputStream out) {
    this.file = file;
    this.out = new BufferedOutputStream(out, 1 << 18);
  }

  /** Writes a record and returns its place. None lies across two segments. */
  int add(ByteBuffer entry) throws IOException {
    int length = entry.remaining();
    pad((int) (-written & (UNIT - 1)));
    if (written % SEGMENT + length > SEGMENT) {
      pad((int) (SEGMENT - written % SEGMENT));
    }
    int place = Math.toIntExact(written / UNIT);
    out.write(entry.array(), entry.arrayOffset() + entry.position(), length);
    written += length;
    return place;
  }

  private void pad(int n) throws IOException {
    for (int left = n; left > 0; left -= padding.length) {
      out.write(padding, 0, Math.min(left, padding.length));
    }
    written += n;
  }

  /** Ends the writing; now records can be read. */
  void map() throws IOException {
    out.close();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (long at = 0; at < written; at += SEGMENT) {
        segments.add(
            channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(SEGMENT, written - at)));
      }
    }
  }

  /** {@return the bytes from the beginning of a record on} */
  ByteBuffer at(int place) {
    long at = (long) place * UNIT;
    return segments.get((int) (at / SEGMENT)).duplicate().position((int) (at % SEGMENT));
  }

  long size() {
    return written;
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      segments.clear();
      // What is mapped stays readable; where the system forbids it, the JVM deletes it at its end.
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
