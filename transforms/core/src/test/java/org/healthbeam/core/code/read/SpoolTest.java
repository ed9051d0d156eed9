package org.healthbeam.core.code.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  @Test
  void onAFullDiskTheFileIsDeletedAllTheSame() throws Exception {
    Path file = Files.createFile(folder.resolve("full.spool"));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Spool spool = new Spool(file, full);
    spool.add(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertEquals(
        "No space left on device", assertThrows(IOException.class, spool::close).getMessage());
    assertFalse(Files.exists(file));
  }
}
