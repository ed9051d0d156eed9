package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SniffedFileTest {
  /** Counts how often it is closed. */
  private static final class Handle extends FilterInputStream {
    private int closed;

    Handle(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void aHandleIsGivenBackWhereTheGzipHeaderIsDamaged() {
    byte[] unknownMethod = {0x1f, (byte) 0x8b, 99, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
    Handle handle = new Handle(new ByteArrayInputStream(unknownMethod));
    assertThrows(IOException.class, () -> SniffedFile.of(handle));
    assertEquals(1, handle.closed);
  }

  @Test
  void aHandleIsGivenBackWhereTheFileSystemFails() {
    Handle handle =
        new Handle(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("on purpose");
              }

              @Override
              public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("on purpose");
              }
            });
    assertThrows(FileSystemException.class, () -> SniffedFile.of(handle));
    assertEquals(1, handle.closed);
  }
}
