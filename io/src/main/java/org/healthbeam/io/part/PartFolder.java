package org.healthbeam.io.part;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.files.ResultFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folder in which the parts of one result are written, beside the result. It is
 * called after the result, so that the next run that writes it can tell whose it is.
 *
 * <p>When the result is whole, a mark beside it says of which folder's parts it was made, and the
 * folder is removed. An attempt that is repeated after that, since a worker was lost, goes by the
 * mark. The mark is a hidden file of a few bytes; the next run writes it anew, and it may be
 * removed once the job has ended.
 */
public final class PartFolder {
  /** Begins as Beam's own temporary folders do, so that whoever clears those away clears it too. */
  private static final String FOLDER = ".temp-beam-parts-";

  private static final String MARK = ".temp-beam-done-";
  private static final int UUID_LENGTH = 36;
  private static final Logger LOG = LoggerFactory.getLogger(PartFolder.class);

  private PartFolder() {}

  /**
   * {@return a new folder for the parts of a result, which is a file or a folder}
   *
   * @param result the name on any file system
   */
  public static String beside(String result) {
    ResourceId file = asFile(result);
    return file.getCurrentDirectory()
        .resolve(
            FOLDER + file.getFilename() + "-" + UUID.randomUUID(),
            StandardResolveOptions.RESOLVE_DIRECTORY)
        .toString();
  }

  /**
   * {@return whether something is a temporary folder, or the mark, of a result beside it}
   *
   * @param name without the folder in which it is, with or without a slash at its end
   * @param result the name of the result, likewise
   */
  public static boolean belongsTo(String name, String result) {
    String plain = withoutSlash(name);
    String of = withoutSlash(result);
    String begin = FOLDER + of + "-";
    return plain.equals(MARK + of)
        || (plain.startsWith(begin) && plain.length() == begin.length() + UUID_LENGTH);
  }

  /** {@return whether the result is whole already, made of this folder's parts} */
  static boolean isDone(String result, String folder) throws IOException {
    ResourceId mark = markOf(result);
    if (!areThere(List.of(mark)).get(0)) {
      return false;
    }
    try (InputStream in = Channels.newInputStream(FileSystems.open(mark))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(folder);
    }
  }

  /**
   * Says of each file whether it is there. Beam's local file system would search all that is below
   * the parent of a file that is not.
   */
  static List<Boolean> areThere(List<ResourceId> files) throws IOException {
    List<Boolean> found = new ArrayList<>();
    if (files.stream().allMatch(file -> file.getScheme().equals("file"))) {
      files.forEach(file -> found.add(Files.isRegularFile(Path.of(file.toString()))));
      return found;
    }
    List<String> specs = files.stream().map(NamedFiles::pattern).toList();
    for (MatchResult result : FileSystems.match(specs, EmptyMatchTreatment.ALLOW)) {
      found.add(result.status() == MatchResult.Status.OK && !result.metadata().isEmpty());
    }
    return found;
  }

  /** Marks the result as whole, made of this folder's parts. */
  static void done(String result, String folder) throws IOException {
    try (OutputStream out = ResultFiles.open(markOf(result), "text/plain")) {
      out.write(folder.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Removes a folder with all files in it, also those of attempts that died. The result is whole by
   * then, so what cannot be removed is a warning and no failure.
   *
   * @param folder one that {@link #beside} has named
   */
  public static void remove(String folder) {
    try {
      List<ResourceId> files =
          FileSystems.match(folder + "*", EmptyMatchTreatment.ALLOW).metadata().stream()
              .map(MatchResult.Metadata::resourceId)
              .filter(file -> !file.isDirectory())
              .toList();
      NamedFiles.delete(files);
      FileSystems.delete(
          List.of(FileSystems.matchNewResource(folder, true)),
          StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The temporary folder {} could not be removed", folder, e);
    }
  }

  private static ResourceId markOf(String result) {
    ResourceId file = asFile(result);
    return file.getCurrentDirectory()
        .resolve(MARK + file.getFilename(), StandardResolveOptions.RESOLVE_FILE);
  }

  private static ResourceId asFile(String result) {
    return FileSystems.matchNewResource(withoutSlash(result), false);
  }

  private static String withoutSlash(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) == '/') {
      end--;
    }
    return name.substring(0, end);
  }
}
