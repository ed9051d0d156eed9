package org.healthbeam.clusters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of an engine's servers: state, settings, data and logs, for their owner only. */
public final class StateFolder {
  private StateFolder() {}

  /**
   * Makes the folder, or empties it, if it is one of ours.
   *
   * @throws ClusterException if it holds something else
   */
  public static Path fresh(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (Files.exists(absolute)) {
      if (ClusterState.in(absolute).isEmpty() && !isEmpty(absolute)) {
        throw new ClusterException(
            absolute + " holds something that no cluster wrote; name another folder with --state");
      }
      delete(absolute);
    }
    create(absolute);
    copy("logging.properties", absolute);
    copy("client-logging.properties", absolute);
    return absolute;
  }

  /** Makes a folder, and those above it that are absent, for their owner only. */
  public static void create(Path folder) throws IOException {
    Files.createDirectories(folder, ownerOnly());
  }

  private static void copy(String name, Path folder) throws IOException {
    try (InputStream in = StateFolder.class.getResourceAsStream(name)) {
      Files.copy(in, folder.resolve(name));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
