package org.healthbeam.transforms.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Files by their names, which are no patterns, whatever stands in them: published files have
 * brackets in their names, and most file systems take a name that is matched for a glob then.
 */
public final class NamedFiles {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private NamedFiles() {}

  /**
   * {@return whether a file system may take this name for a glob}
   *
   * @param name of a file
   */
  public static boolean looksLikeGlob(String name) {
    return GLOB.matcher(name).find();
  }

  /**
   * {@return what a name stands for, whether it is there or not}
   *
   * @param name of a file on any file system
   */
  public static ResourceId resource(String name) {
    return FileSystems.matchNewResource(name, false);
  }

  /**
   * Opens the file of this name.
   *
   * @param name of a file on any file system
   * @return its bytes
   * @throws IOException if it cannot be read
   */
  public static InputStream open(String name) throws IOException {
    return Channels.newInputStream(FileSystems.open(resource(name)));
  }

  /**
   * {@return what is known of the file of this name}
   *
   * @param name of a file on any file system
   * @throws FileNotFoundException if there is none
   */
  public static MatchResult.Metadata get(String name) throws IOException {
    return find(name).orElseThrow(() -> new FileNotFoundException("No file is called " + name));
  }

  /**
   * {@return what is known of the file of this name; empty if there is none} Where the name of its
   * folder looks like a glob, the time of its last change is not known.
   *
   * @param name of a file on any file system
   * @throws IOException if the file system fails
   */
  public static Optional<MatchResult.Metadata> find(String name) throws IOException {
    ResourceId file = resource(name);
    if (!looksLikeGlob(name)) {
      return among(name, file);
    }
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    // Matched, its own name may stand for others or for nothing: its folder has it.
    return looksLikeGlob(folder) ? opened(file) : among(folder + "*", file);
  }

  private static Optional<MatchResult.Metadata> among(String pattern, ResourceId file)
      throws IOException {
    String name = file.toString();
    return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
        .filter(found -> !found.resourceId().isDirectory())
        .filter(found -> found.resourceId().toString().equals(name))
        .findFirst();
  }

  private static Optional<MatchResult.Metadata> opened(ResourceId file) {
    try (ReadableByteChannel channel = FileSystems.open(file)) {
      return Optional.of(
          MatchResult.Metadata.builder()
              .setResourceId(file)
              .setSizeBytes(channel instanceof SeekableByteChannel bytes ? bytes.size() : 0)
              .setIsReadSeekEfficient(false)
              .build());
    } catch (IOException e) {
      // Not every file system has an exception of its own for a file that is not there.
      return Optional.empty();
    }
  }
}
