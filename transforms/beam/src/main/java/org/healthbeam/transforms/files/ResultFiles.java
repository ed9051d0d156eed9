package org.healthbeam.transforms.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Files that hold results. On a disk with POSIX permissions a new file is for its owner and, as far
 * as the umask of the process lets it, for its group; for nobody else, whatever the umask. So are
 * the folders that are made for it. Files and folders that are there already keep what they have.
 * Other file systems give the permissions that they are set up to give.
 */
public final class ResultFiles {
  /** What a file gets at most; the umask takes from it. */
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----"));

  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwx---"));

  private ResultFiles() {}

  /**
   * Begins a file, or begins one anew that is there.
   *
   * @param file on any file system
   * @param type the MIME type, for file systems that keep it
   * @return what takes the bytes
   * @throws IOException if nothing can be written there
   */
  public static WritableByteChannel create(ResourceId file, String type) throws IOException {
    if (!isLocal(file)) {
      return FileSystems.create(file, type);
    }
    return create(Path.of(file.toString()));
  }

  /**
   * Begins a file of the disk, or begins one anew that is there.
   *
   * @param file on the local disk
   * @return what takes the bytes
   * @throws IOException if nothing can be written there
   */
  public static WritableByteChannel create(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    createFolders(path.getParent());
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return hasPermissions(path.getParent())
        ? Files.newByteChannel(path, options, FILE)
        : Files.newByteChannel(path, options);
  }

  /**
   * As {@link #create}, for bytes one after the other.
   *
   * @param file on any file system
   * @param type the MIME type, for file systems that keep it
   * @return what takes the bytes
   * @throws IOException if nothing can be written there
   */
  public static OutputStream open(ResourceId file, String type) throws IOException {
    return Channels.newOutputStream(create(file, type));
  }

  /**
   * Makes the folder in which files get their names, if its file system has folders.
   *
   * @param folder on any file system
   * @throws IOException if it cannot be made
   */
  public static void createFolder(ResourceId folder) throws IOException {
    if (isLocal(folder)) {
      createFolders(Path.of(folder.toString()).toAbsolutePath());
    }
  }

  /**
   * Makes a folder of the disk, and those above it, where they are not there.
   *
   * @param folder on the local disk
   * @throws IOException if it cannot be made
   */
  public static void createFolders(Path folder) throws IOException {
    // Also a link to a folder is one.
    if (Files.isDirectory(folder)) {
      return;
    }
    Path there = folder;
    while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    if (there != null && hasPermissions(there)) {
      Files.createDirectories(folder, FOLDER);
    } else {
      Files.createDirectories(folder);
    }
  }

  private static boolean isLocal(ResourceId file) {
    return file.getScheme().equals("file");
  }

  private static boolean hasPermissions(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
  }
}
