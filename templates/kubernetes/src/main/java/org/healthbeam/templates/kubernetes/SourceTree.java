package org.healthbeam.templates.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a source tree says that its manifests say too.
 *
 * @param version of the project
 * @param flink the version of Flink
 * @param spark the version of Spark
 * @param scala the version of Scala that Spark is of
 * @param flinkSettings of a cluster, by name
 * @param sparkSettings of a cluster, by name
 */
record SourceTree(
    String version,
    String flink,
    String spark,
    String scala,
    Map<String, String> flinkSettings,
    Map<String, String> sparkSettings) {
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>([^<]+)</version>$");

  static SourceTree read(Path root) throws IOException {
    String pom = Files.readString(root.resolve("pom.xml"));
    Path deploy = root.resolve("runners-config/deploy");
    return new SourceTree(
        only(VERSION, pom),
        property(pom, "flink.version"),
        property(pom, "spark.version"),
        property(pom, "scala.binary.version"),
        flinkSettings(deploy.resolve("flink-conf.yaml")),
        sparkSettings(deploy.resolve("spark-defaults.conf")));
  }

  private static String property(String pom, String name) {
    return only(Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</"), pom);
  }

  private static String only(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("pom.xml has nothing like " + pattern);
    }
    return matcher.group(1);
  }

  private static Map<String, String> flinkSettings(Path file) throws IOException {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    Map<String, String> settings = new LinkedHashMap<>();
    ((Map<?, ?>) read).forEach((name, value) -> settings.put(name.toString(), value.toString()));
    return settings;
  }

  private static Map<String, String> sparkSettings(Path file) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s+", 2);
        settings.put(parts[0], parts[1]);
      }
    }
    return settings;
  }
}
