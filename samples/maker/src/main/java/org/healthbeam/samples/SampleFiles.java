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

  /** Returns a stream into a gzip file whose header carries neither a time nor a name. */
  public static OutputStream gzip(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new BufferedOutputStream(new SmallestGzip(Files.newOutputStream(file)), 1 << 16);
  }

  /** Returns a stream into a plain file. */
  public static OutputStream plain(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** Deletes a folder of ours with all that is in it. */
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
