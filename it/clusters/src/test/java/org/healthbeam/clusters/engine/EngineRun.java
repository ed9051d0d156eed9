package org.healthbeam.clusters.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.healthbeam.clusters.Cluster;
import org.healthbeam.clusters.EngineJars;
import org.healthbeam.clusters.FreePorts;
import org.healthbeam.clusters.Ready;
import org.healthbeam.clusters.StateFolder;

/** Clusters of tests, and programs that are compiled and submitted as users do. */
final class EngineRun {
  static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private EngineRun() {}

  static Cluster up(Engine engine, Path folder, int megabytes) throws Exception {
    return up(engine, folder, 0, megabytes);
  }

  static Cluster up(Engine engine, Path folder, int workers, int megabytes) throws Exception {
    Path state = StateFolder.fresh(folder.resolve(engine.word()));
    Setting setting =
        new Setting(ROOT, state, engine.sizes(workers, 0, megabytes, 0), new FreePorts(), false);
    return Cluster.start(
        engine.word(),
        engine.plan(setting, KafkaBroker.Wishes.NONE),
        state,
        true,
        PATIENCE,
        line -> {});
  }

  /** Waits until a condition holds. */
  static void await(String what, Ready condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (String missing = condition.missing(); !missing.isEmpty(); missing = condition.missing()) {
      assertTrue(System.nanoTime() < end, what + " did not happen: " + missing);
      Thread.sleep(200);
    }
  }

  static String classPath(String engine) throws IOException {
    return String.join(
        File.pathSeparator, EngineJars.of(ROOT, engine).stream().map(Path::toString).toList());
  }

  /** Compiles a program of the test resources against an engine and packs it. */
  static Path jar(String engine, String program, Path folder) throws IOException {
    Path source = Files.createDirectories(folder.resolve("program")).resolve(program + ".java");
    try (InputStream in = EngineRun.class.getResourceAsStream(program + ".java.txt")) {
      Files.copy(in, source);
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "-proc:none",
                "-cp",
                classPath(engine),
                "-d",
                classes.toString(),
                source.toString()),
        program + " does not compile");
    Path jar = folder.resolve(program + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.list(classes)) {
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /** Returns the options with which a client is started from an engine's jars. */
  static List<String> jars(String engine) throws IOException {
    return List.of("-cp", classPath(engine));
  }

  /** Runs a client of an engine to its end and returns all that it said. */
  static String client(
      Path folder, List<String> jvm, Map<String, String> environment, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(jvm);
    command.addAll(EngineJars.opens());
    command.addAll(List.of(args));
    Path log = folder.resolve("client.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "still running");
      String said = Files.readString(log, StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), said);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
