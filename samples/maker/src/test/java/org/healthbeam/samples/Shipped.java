package org.healthbeam.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The sample files as they stand in the repository. */
public final class Shipped {
  private Shipped() {}

  /** Returns a file or folder under {@code samples/data}. */
  public static Path path(String name) {
    return Path.of(System.getProperty("healthbeam.root", "../.."), "samples", "data", name);
  }

  /**
   * Returns the content without its compression, as deflate's output may differ between builds of
   * zlib while what it holds does not.
   */
  public static byte[] unpacked(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        return in.readAllBytes();
      }
    }
    return bytes;
  }
}
