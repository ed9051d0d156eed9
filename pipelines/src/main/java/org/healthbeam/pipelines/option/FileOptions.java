package org.healthbeam.pipelines.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options that name files, and what their names are where the working folder is another. */
public final class FileOptions {
  static final Set<String> FILES =
      Set.of(
          "acknowledgements",
          "alertRules",
          "changedSince",
          "contigAliases",
          "input",
          "kafkaSettings",
          "known",
          "maps",
          "newerMaps",
          "output",
          "populations",
          "pseudonymKeyFile",
          "spo2Scale2",
          "withdrawn");

  /** A word that the option knows, or a file, which has a dot or a slash in its name. */
  static final Set<String> FILES_OR_WORDS =
      Set.of("artefacts", "plausibility", "regions", "scores");

  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]*:/.*");

  private static final Pattern OF_DISK = Pattern.compile("(?i)file:/.*");

  private FileOptions() {}

  /**
   * {@return the value with every file on this machine's disk named from its root}
   *
   * @param option its name without dashes; of one that names no file the value stays as it is
   * @param value as typed, several files with commas
   */
  public static String absolute(String option, String value) {
    if (FILES.contains(option)) {
      return each(value, false);
    }
    return FILES_OR_WORDS.contains(option) ? each(value, true) : value;
  }

  /**
   * {@return the files of an option's value that lie on this machine's disk}
   *
   * @param option its name without dashes; one that names no file has none
   * @param value as typed, several files with commas
   */
  public static List<String> onDisk(String option, String value) {
    boolean orWord = FILES_OR_WORDS.contains(option);
    if (!orWord && !FILES.contains(option)) {
      return List.of();
    }
    return Stream.of(value.split(",", -1))
        .filter(file -> !file.isBlank())
        .filter(
            file ->
                OF_DISK.matcher(file).matches()
                    || (!SCHEME.matcher(file).matches() && (!orWord || isFile(file))))
        .toList();
  }

  private static String each(String value, boolean orWord) {
    return Stream.of(value.split(",", -1))
        .map(file -> orWord && !isFile(file) ? file : absolute(file))
        .collect(Collectors.joining(","));
  }

  private static boolean isFile(String value) {
    return (value.indexOf('.') >= 0 || value.indexOf('/') >= 0)
        && !SCHEME.matcher(value).matches()
        && Files.exists(Path.of(value));
  }

  /** The name may be a pattern, and its slash at the end may mean something. */
  private static String absolute(String file) {
    if (file.isBlank() || file.startsWith("/") || SCHEME.matcher(file).matches()) {
      return file;
    }
    return Path.of("").toAbsolutePath() + "/" + file.replaceFirst("^(\\./+)+", "");
  }
}
