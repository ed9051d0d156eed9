package org.healthbeam.clusters.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.healthbeam.clusters.EngineJars;
import org.healthbeam.clusters.Server;

/** What the daemons of HDFS and YARN have in common. */
final class HadoopSettings {
  static final String HOST = "127.0.0.1";
  static final int BESIDE_HEAP_MEGABYTES = 250;

  private HadoopSettings() {}

  /** Returns the folder of settings, which is {@code HADOOP_CONF_DIR}. */
  static Path folder(Setting setting) throws IOException {
    return Files.createDirectories(setting.folder().resolve("conf"));
  }

  /** Writes a file of settings. */
  static void write(Path file, Map<String, String> values) throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
    values.forEach(
        (name, value) ->
            xml.append("  <property><name>")
                .append(escaped(name))
                .append("</name><value>")
                .append(escaped(value))
                .append("</value></property>\n"));
    Files.writeString(file, xml.append("</configuration>\n"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Returns a daemon that reads the settings. */
  static Server daemon(Setting setting, String name, String main, int megabytes)
      throws IOException {
    Path conf = folder(setting);
    return Server.of(
            name,
            main,
            EngineJars.classPath(List.of(conf), EngineJars.of(setting.root(), "hadoop")))
        .withHeap(megabytes)
        .withJvm(EngineJars.opens())
        .withJvm(List.of("-Djava.net.preferIPv4Stack=true"))
        .withEnvironment(
            Map.of(
                "HADOOP_CONF_DIR", conf.toString(),
                "JAVA_HOME", System.getProperty("java.home")));
  }
}
