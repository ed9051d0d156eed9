package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, in a tree in which everything is built and Java prints how it is called. */
class LauncherScriptTest {
  private static final Path SCRIPT = Path.of("..", "healthbeam");
  private static final List<String> MODULES =
      List.of(
          "transforms/core",
          "transforms/beam",
          "io",
          "templates/annotations",
          "runners-config/profiles",
          "runners-config/config",
          "runners-config/direct",
          "pipelines");

  @TempDir Path root;

  @Test
  void jarOfTheVersionBuiltLastIsRun() throws Exception {
    assumeTrue(Files.exists(SCRIPT), "the launcher script is not beside this module");
    tree();
    Path target = root.resolve("runners-config/direct/target");
    jar(target.resolve("healthbeam-direct-0.1.0.jar"), 1000);
    jar(target.resolve("healthbeam-direct-0.2.0.jar"), 2000);
    jar(target.resolve("other.jar"), 1000);
    Files.writeString(target.resolve("classpath.txt"), target.resolve("other.jar").toString());
    Files.createFile(target.resolve(".built"));
    String called = call("run", "map-codes", "--input=x");
    assertTrue(called.contains("-cp " + target + "/healthbeam-direct-0.2.0.jar:"), called);
    assertTrue(called.contains("HealthBeam run map-codes --input=x"), called);
  }

  private void tree() throws IOException {
    Files.copy(SCRIPT, root.resolve("healthbeam"));
    Files.createFile(root.resolve("pom.xml"));
    for (String module : MODULES) {
      Files.createDirectories(root.resolve(module).resolve("target"));
      Files.createFile(root.resolve(module).resolve("pom.xml"));
    }
    Path bin = Files.createDirectories(root.resolve("jdk/bin"));
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"$*\"\n");
    assertTrue(java.toFile().setExecutable(true));
  }

  private static void jar(Path jar, long second) throws IOException {
    Files.createFile(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(second)));
  }

  private String call(String... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", root.resolve("healthbeam").toString());
    builder.command().addAll(List.of(args));
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    Process process = builder.redirectErrorStream(true).start();
    String called = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), called);
    return called;
  }
}
