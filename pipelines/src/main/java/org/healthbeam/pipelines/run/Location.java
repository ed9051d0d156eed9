package org.healthbeam.pipelines.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;

/** Names of files and folders on any file system, as users give them. */
public final class Location {
  /** What Beam takes for a scheme; all else is a path on this machine's disk. */
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][-a-zA-Z0-9+.]*):/.*");

  /** Names of files would come back with the host, and not begin with that of their folder. */
  private static final Pattern HDFS_WITHOUT_HOST = Pattern.compile("(?i)hdfs:/(?!/[^/]).*");

  private static final Pattern GLOB = Pattern.compile("[*?\\[{\\\\]");

  private Location() {}

  /**
   * {@return the name of a file in a folder that may end in slashes: one slash is between them}
   *
   * @param folder on any file system
   * @param file its name, without a slash before it
   */
  public static String in(String folder, String file) {
    int end = folder.length();
    while (end > 0 && folder.charAt(end - 1) == '/') {
      end--;
    }
    return folder.substring(0, end) + "/" + file;
  }

  /**
   * Checks that there is a file system for this name.
   *
   * @param option the option's name without dashes
   * @param name of a file or folder, perhaps with a scheme before it
   * @throws UsageException if there is none, or a host must be named and is not
   */
  public static void requireFileSystem(String option, String name) throws UsageException {
    try {
      requireFileSystem(name);
    } catch (UsageException e) {
      throw new UsageException("--" + option + "=" + e.getMessage(), e);
    }
  }

  /**
   * As {@link #requireFileSystem(String, String)}, for a name that is no option's value.
   *
   * @param name of a file or folder, perhaps with a scheme before it
   * @throws UsageException if there is none, or a host must be named and is not
   */
  public static void requireFileSystem(String name) throws UsageException {
    Matcher scheme = SCHEME.matcher(name);
    if (!scheme.matches()) {
      return;
    }
    if (HDFS_WITHOUT_HOST.matcher(name).matches()) {
      throw new UsageException(
          name + ": name the host too, as in hdfs://HOST:PORT/; HDFS tells files under it");
    }
    try {
      FileSystems.matchNewResource(scheme.group(1) + ":///", true);
    } catch (IllegalArgumentException e) {
      String why = e.getMessage();
      // A file system that is there may not like this name; what is meant is judged later.
      if (why != null && why.startsWith("No filesystem found")) {
        throw new UsageException(
            "%s: there is no file system for the scheme '%s'".formatted(name, scheme.group(1)), e);
      }
    }
  }

  /** Checks that Beam will not take the name of a folder for a pattern. */
  static void requirePlain(String option, String name) throws UsageException {
    if (GLOB.matcher(name).find()) {
      throw new UsageException(
          "--%s=%s: the name of a folder for results has none of * ? [ { \\"
              .formatted(option, name));
    }
  }
}
