package org.healthbeam.samples;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Opens the files that the makers write, so that equal content gives equal files. */
public final class SampleFiles {
  private SampleFiles() {}

  /**
   * {@return a stream into a gzip file whose header carries neither a time nor a name}
   *
   * @param file its folders are made if they are not there
   * @throws IOException if the file cannot be written
   */
  public static OutputStream gzip(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new BufferedOutputStream(new SmallestGzip(Files.newOutputStream(file)), 1 << 16);
  }

  /**
   * {@return a stream into a plain file}
   *
   * @param file its folders are made if they are not there
   * @throws IOException if the file cannot be written
   */
  public static OutputStream plain(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /**
   * Deletes a folder of ours with all that is in it.
   *
   * @param folder that is there
   * @throws IOException if something in it cannot be deleted
   */
  public static void deleteTree(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
