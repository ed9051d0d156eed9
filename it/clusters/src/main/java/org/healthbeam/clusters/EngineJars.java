package org.healthbeam.clusters;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What the servers of an engine are started from. */
public final class EngineJars {
  private static final Properties BUILD = properties();

  private EngineJars() {}

  /** Returns an engine's jars, as Maven found them. */
  public static List<Path> of(Path root, String engine) throws IOException {
    Path module = root.resolve("it/clusters").resolve(engine);
    Path file = module.resolve("target/classpath.txt");
    if (!Files.isRegularFile(file)) {
      throw new ClusterException(
          file + " is not there; ./mvnw -pl it/clusters/" + engine + " package makes it");
    }
    List<Path> jars = new ArrayList<>();
    for (String jar : Files.readString(file).strip().split(File.pathSeparator)) {
      jars.add(Path.of(jar));
    }
    return jars;
  }

  /** Returns a class path: these folders, what servers are started through, and the jars. */
  public static List<String> classPath(List<Path> folders, List<Path> jars) {
    List<String> all = new ArrayList<>();
    folders.forEach(folder -> all.add(folder.toString()));
    all.add(own().toString());
    jars.forEach(jar -> all.add(jar.toString()));
    return all;
  }

  private static Path own() {
    try {
      return Path.of(Watched.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Where this class comes from cannot be said", e);
    }
  }

  /** Returns what Beam, Flink and Spark need opened on Java 17. */
  public static List<String> opens() {
    return List.of(BUILD.getProperty("java17.opens").split(" "));
  }

  /** Returns the version of Scala that Spark is built for. */
  public static String scala() {
    return BUILD.getProperty("scala.binary.version");
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = EngineJars.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("build.properties cannot be read", e);
    }
    return properties;
  }
}
