package org.healthbeam.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A named set of option values for a runner, batch or streaming.
 *
 * @param name {@code flink-batch}, or the path of the user's own file
 * @param runner {@code direct}, {@code flink}, {@code spark} or {@code dataflow}
 * @param values option name to value
 */
public record Profile(String name, String runner, Map<String, String> values) {
  /** The runners that have profiles. */
  public static final List<String> RUNNERS = List.of("direct", "flink", "spark", "dataflow");

  /** The key of a profile file that names the runner which the file is for. */
  public static final String RUNNER_KEY = "runner";

  private static final String SUFFIX = ".properties";

  /**
   * Takes a copy of the values.
   *
   * @param name {@code flink-batch}, or the path of the user's own file
   * @param runner {@code direct}, {@code flink}, {@code spark} or {@code dataflow}
   * @param values option name to value
   */
  public Profile {
    values = Map.copyOf(values);
  }

  /**
   * {@return whether this value of {@code --profile} is the path of a file}
   *
   * @param profile the option's value
   */
  public static boolean isFile(String profile) {
    return profile.endsWith(SUFFIX);
  }

  /**
   * {@return the profile that comes with a runner}
   *
   * @param runner {@code direct}, {@code flink}, {@code spark} or {@code dataflow}
   * @param streaming whether it is that of streams
   * @throws ConfigException if there is no such runner, or the profile cannot be read
   */
  public static Profile ofRunner(String runner, boolean streaming) throws ConfigException {
    if (!RUNNERS.contains(runner)) {
      throw new ConfigException(
          "No profile '%s'%s; there are %s, or the path of a file that ends in %s"
              .formatted(
                  runner,
                  NearestName.hint("", runner, RUNNERS),
                  String.join(", ", RUNNERS),
                  SUFFIX));
    }
    String name = runner + (streaming ? "-streaming" : "-batch");
    String resource = "/org/healthbeam/profiles/" + name + SUFFIX;
    try (InputStream in = Profile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ConfigException("The profile " + name + " is not on the class path");
      }
      return new Profile(name, runner, read(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("The profile " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the user's own profile; its key {@value #RUNNER_KEY} says which runner it is for.
   *
   * @param file Java properties in UTF-8
   * @return the profile, named by the file's path
   * @throws ConfigException if it is not there, names no runner or cannot be read
   */
  public static Profile ofFile(Path file) throws ConfigException {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException("--profile=" + file + ": no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, String> values = read(in);
      String runner = values.remove(RUNNER_KEY);
      if (runner == null || !RUNNERS.contains(runner)) {
        throw new ConfigException(
            "--profile=%s: the file must say %s=%s"
                .formatted(file, RUNNER_KEY, String.join("|", RUNNERS)));
      }
      return new Profile(file.toString(), runner, values);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("--profile=" + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> read(InputStream in) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).trim()));
    return values;
  }
}
