package org.healthbeam.transforms.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
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
   * {@return the file of this name in a folder} HDFS takes names for URIs, in which a percent sign
   * begins something else.
   *
   * @param folder on any file system
   * @param name as it is to be read there; folders in it end in slashes
   */
  public static ResourceId in(ResourceId folder, String name) {
    boolean uris = takesUris(folder);
    ResourceId place = folder;
    int from = 0;
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', from)) {
      String each = name.substring(from, end);
      place = place.resolve(uris ? toUri(each) : each, StandardResolveOptions.RESOLVE_DIRECTORY);
      from = end + 1;
    }
    String last = name.substring(from);
    return place.resolve(uris ? toUri(last) : last, StandardResolveOptions.RESOLVE_FILE);
  }

  /**
   * {@return what a file below a folder is called, as {@link #in} takes it}
   *
   * @param folder on any file system
   * @param file in it, or in a folder of it
   */
  public static String nameIn(ResourceId folder, ResourceId file) {
    String name = file.toString().substring(folder.toString().length());
    return takesUris(folder) ? URI.create("/" + name).getPath().substring(1) : name;
  }

  /**
   * {@return what matches a file of this name} HDFS takes no URI for a pattern.
   *
   * @param file whose name does not look like a glob
   */
  public static String pattern(ResourceId file) {
    String name = file.toString();
    if (name.indexOf('%') < 0 || !takesUris(file.getCurrentDirectory())) {
      return name;
    }
    URI uri = URI.create(name);
    return name.substring(0, name.length() - uri.getRawPath().length()) + uri.getPath();
  }

  /**
   * Removes files, and folders in which nothing is any more, if they are there. Beam itself looks
   * for them by patterns.
   *
   * @param files in order: a folder behind what is in it
   * @throws IOException if one cannot be removed
   */
  public static void delete(List<ResourceId> files) throws IOException {
    List<ResourceId> escaped =
        files.stream().filter(file -> !pattern(file).equals(file.toString())).toList();
    FileSystems.delete(escaped);
    List<ResourceId> others = new ArrayList<>(files);
    others.removeAll(escaped);
    FileSystems.delete(others, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private static boolean takesUris(ResourceId folder) {
    return "%".equals(folder.resolve("%25", StandardResolveOptions.RESOLVE_FILE).getFilename());
  }

  private static String toUri(String name) {
    try {
      return new URI(null, null, "/" + name, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a name that no URI can have", e);
    }
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
      return among(pattern(file), file);
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
