package org.healthbeam.io.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.transforms.files.NamedFiles;

/** What a user names as input: files, folders and globs on any Beam file system. */
public final class InputFiles {
  private static final String DATA = "[!._]*";

  private InputFiles() {}

  /**
   * {@return patterns that match the files meant: a folder stands for the files directly in it; of
   * a local folder without those whose names begin with a dot or an underscore, which programs put
   * beside data ({@code _SUCCESS}, {@code .part.crc})}
   *
   * @param inputs names of files and folders, and globs
   * @throws FileNotFoundException if one of them matches no file; the message names it
   */
  public static List<String> patterns(List<String> inputs) throws IOException {
    List<String> patterns = new ArrayList<>();
    for (String input : inputs) {
      if (isLocalName(input)) {
        patterns.add(localPattern(input));
        continue;
      }
      String inside = input.endsWith("/") ? input + "*" : input + "/*";
      List<MatchResult.Metadata> found = input.endsWith("/") ? List.of() : match(input);
      // HDFS tells a folder as a file of no bytes.
      boolean mayBeFolder = found.size() < 2 && found.stream().allMatch(f -> f.sizeBytes() == 0);
      if (mayBeFolder && !match(inside).isEmpty()) {
        patterns.add(inside);
      } else if (!found.isEmpty()) {
        patterns.add(input);
      } else {
        throw new FileNotFoundException("No file matches " + input);
      }
    }
    return patterns;
  }

  /**
   * As {@link #patterns}, for files that may come later; a folder must be there.
   *
   * @param inputs names of files and folders, and globs
   * @return the patterns
   * @throws IOException if the file system fails, or a folder is not there
   */
  public static List<String> comingPatterns(List<String> inputs) throws IOException {
    List<String> patterns = new ArrayList<>();
    for (String input : inputs) {
      boolean local = isLocalName(input);
      if (local && Files.isDirectory(Path.of(input))) {
        patterns.add(input.endsWith("/") ? input + DATA : input + "/" + DATA);
      } else {
        patterns.add(local ? input : comingRemotely(input));
      }
    }
    return patterns;
  }

  private static String comingRemotely(String input) throws IOException {
    if (input.endsWith("/")) {
      return input + "*";
    }
    boolean mayBeFolder = match(input).stream().allMatch(f -> f.sizeBytes() == 0);
    return mayBeFolder && !match(input + "/*").isEmpty() ? input + "/*" : input;
  }

  private static boolean isLocalName(String input) {
    return !input.contains("://") && !NamedFiles.looksLikeGlob(input);
  }

  /**
   * Looks at the one path. Beam's local file system would search all that is below the parent of a
   * path that does not exist, which may be the whole disk.
   */
  private static String localPattern(String input) throws IOException {
    Path path;
    try {
      path = Path.of(input);
    } catch (InvalidPathException e) {
      throw new FileNotFoundException("No file matches " + input);
    }
    if (!Files.isDirectory(path)) {
      if (!Files.exists(path)) {
        throw new FileNotFoundException("No file matches " + input);
      }
      return input;
    }
    try (Stream<Path> inside = Files.list(path)) {
      if (inside.noneMatch(InputFiles::isData)) {
        throw new FileNotFoundException("No file matches " + input);
      }
    }
    return input.endsWith("/") ? input + DATA : input + "/" + DATA;
  }

  private static boolean isData(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().matches("[._].*");
  }

  /**
   * {@return the files that match a pattern, without folders}
   *
   * @param pattern a name or a glob on any file system
   * @throws IOException if the file system fails
   */
  public static List<MatchResult.Metadata> match(String pattern) throws IOException {
    return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
        .filter(file -> !file.resourceId().isDirectory())
        .toList();
  }
}
