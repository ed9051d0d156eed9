package org.healthbeam.io.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** What a user names as input: files, folders and globs on any Beam file system. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Returns patterns that match the files meant: a folder stands for the files directly in it.
   *
   * @throws FileNotFoundException if one of them matches no file; the message names it
   */
  public static List<String> patterns(List<String> inputs) throws IOException {
    List<String> patterns = new ArrayList<>();
    for (String input : inputs) {
      String inside = input.endsWith("/") ? input + "*" : input + "/*";
      if (!input.endsWith("/") && !match(input).isEmpty()) {
        patterns.add(input);
      } else if (!match(inside).isEmpty()) {
        patterns.add(inside);
      } else {
        throw new FileNotFoundException("No file matches " + input);
      }
    }
    return patterns;
  }

  /** Returns the files that match a pattern, without folders. */
  public static List<MatchResult.Metadata> match(String pattern) throws IOException {
    return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
        .filter(file -> !file.resourceId().isDirectory())
        .toList();
  }
}
