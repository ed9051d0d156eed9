package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The starter project is copied, built and run as a stranger would. */
@Tag("slow")
class StarterTest {
  private static final Path ROOT = HealthBeamProcess.root();

  /** What it needs of ours, and the module of each. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "healthbeam-core", "transforms/core",
          "healthbeam-transforms", "transforms/beam",
          "healthbeam-io", "io");

  @TempDir Path folder;

  @Test
  void theStarterProjectIsBuiltTestedAndRun() throws Exception {
    Path repository = repository();
    Path project = folder.resolve("my project");
    copy(ROOT.resolve("samples/starter"), project);
    MavenProcess.run(
        project,
        List.of(
            "-Dmaven.repo.local=" + repository,
            "-Dmaven.repo.local.tail=" + Path.of(System.getProperty("user.home"), ".m2/repository"),
            "package"));
    assertTrue(
        Files.exists(project.resolve("target/surefire-reports/TEST-example.HighRiskTest.xml")),
        "its test was not run");
    Path output = folder.resolve("out");
    Path log = folder.resolve("log");
    String classPath =
        project.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(project.resolve("target/classpath.txt")).strip();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "example.HighRisk",
                "--input=" + ROOT.resolve("samples/data/vitals/ward.ndjson.gz"),
                "--output=" + output)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the program does not end");
    assertEquals(0, process.exitValue(), Files.readString(log));
    assertTrue(
        Files.readAllLines(output.resolve("high-risk")).stream()
            .anyMatch(line -> line.matches("ward-\\d+ \\S+Z (?:[7-9]|1\\d|20)")),
        "nobody at risk");
    assertTrue(Files.readString(log).contains("Parse vital signs: "), Files.readString(log));
  }

  /** A local repository with what this build has made; all else is in the usual one. */
  private Path repository() throws IOException {
    Path repository = folder.resolve("repository");
    String version = version();
    put(repository, "healthbeam-parent", version, ROOT.resolve("pom.xml"), ".pom");
    put(repository, "healthbeam-bom", version, ROOT.resolve("bom/pom.xml"), ".pom");
    for (Map.Entry<String, String> artifact : NEEDED.entrySet()) {
      Path module = ROOT.resolve(artifact.getValue());
      Path jar = module.resolve("target/" + artifact.getKey() + "-" + version + ".jar");
      assumeTrue(
          Files.exists(jar) || System.getenv("CI") != null, "No jars: mvn package makes them");
      put(repository, artifact.getKey(), version, module.resolve("pom.xml"), ".pom");
      put(repository, artifact.getKey(), version, jar, ".jar");
    }
    return repository;
  }

  private static String version() throws IOException {
    return Files.readAllLines(ROOT.resolve("pom.xml")).stream()
        .filter(l -> l.startsWith("  <version>"))
        .map(l -> l.replaceAll("</?version>", "").strip())
        .findFirst()
        .orElseThrow();
  }

  private static void put(
      Path repository, String artifact, String version, Path file, String ending)
      throws IOException {
    Path to = repository.resolve("org/healthbeam").resolve(artifact).resolve(version);
    Files.createDirectories(to);
    Files.copy(file, to.resolve(artifact + "-" + version + ending));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(from.resolve("target"))) {
          continue;
        }
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
