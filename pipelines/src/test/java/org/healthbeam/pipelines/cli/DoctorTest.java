package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code healthbeam doctor} with a JDK that is not as it should be, and with servers. */
class DoctorTest {
  private static final String BASH = "bash";
  private static final Path SCRIPT = Path.of("..", "healthbeam").toAbsolutePath().normalize();

  @TempDir Path jdk;
  private final Map<String, String> environment = new HashMap<>();
  private String limit = "";
  private int status;

  @BeforeEach
  void aGoodJdk() throws IOException {
    assumeTrue(Files.exists(SCRIPT), "the launcher script is not beside this module");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    executable("java");
    executable("javac");
  }

  @Test
  void whatIsThereIsGood() throws Exception {
    String said = doctor();
    assertTrue(said.contains("  ok       JDK 17.0.9 ("), said);
    assertTrue(said.contains("  ok       sample data"), said);
  }

  @Test
  void anOldJavaIsMissing() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    String said = doctor();
    assertTrue(said.contains("  MISSING  JDK 17 or newer: "), said);
    assertTrue(said.contains(" is Java 11.0.2; set JAVA_HOME to a newer one"), said);
    assertEquals(1, status);
  }

  @Test
  void aJavaWithoutCompilerIsMissing() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    String said = doctor();
    assertTrue(said.contains("  MISSING  a compiler: "), said);
    assertEquals(1, status);
  }

  @Test
  void aJavaThatSaysItsVersionOnlyWhenItIsStartedIsAsked() throws Exception {
    Files.delete(jdk.resolve("release"));
    Path java =
        Files.writeString(
            jdk.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
    assertTrue(java.toFile().setExecutable(true));
    String said = doctor();
    assertTrue(said.contains(" is Java 1.8.0_402; set JAVA_HOME to a newer one"), said);
    assertEquals(1, status);
  }

  @Test
  void withoutJavaOneIsMissing() throws Exception {
    environment.put("JAVA_HOME", jdk.resolve("nothing").toString());
    environment.put("PATH", pathWithoutJava());
    String said = doctor();
    assertTrue(said.contains("  MISSING  Java: install a JDK 17 or newer, or set JAVA_HOME"), said);
    assertEquals(1, status);
  }

  @Test
  void aJavaThatDoesNotStartIsMissing() throws Exception {
    Path java =
        Files.writeString(
            jdk.resolve("bin/java"),
            "#!/bin/sh\necho 'Error occurred during initialization of VM'\n"
                + "echo 'Could not reserve enough space'\nexit 1\n");
    assertTrue(java.toFile().setExecutable(true));
    String said = doctor();
    assertTrue(said.contains("  MISSING  a JVM with 1 GB: "), said);
    assertTrue(said.contains(" says 'Could not reserve enough space'; "), said);
    assertEquals(1, status);
  }

  @Test
  void tooLittleMemoryIsMissing() throws Exception {
    limit = "ulimit -v 1500000 && ";
    String said = doctor();
    assertTrue(said.contains("  MISSING  memory: 1500 MB free; "), said);
    assertEquals(1, status);
  }

  @Test
  void aTemporaryFolderThatCannotBeWrittenIsMissing() throws Exception {
    assertTrue(doctor().contains("  ok       temporary files: "));
    Path file = Files.writeString(jdk.resolve("file"), "");
    environment.put("TMPDIR", file.toString());
    String said = doctor();
    assertTrue(
        said.contains("  MISSING  temporary files: nothing can be written in " + file + "; "),
        said);
    assertEquals(1, status);
  }

  @Test
  void aServerAnswersOrDoesNot() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      String said =
          doctor("127.0.0.1:" + port, "flink://127.0.0.1:" + port + "/", "--free=" + port);
      assertTrue(said.contains("  ok       127.0.0.1:" + port + " answers\n"), said);
      assertTrue(said.contains("  ok       flink://127.0.0.1:" + port + "/ answers\n"), said);
      assertTrue(said.contains("  MISSING  port " + port + ": another program listens"), said);
      assertEquals(1, status);
    }
    String said = doctor("127.0.0.1:" + port, "--free=" + port);
    assertTrue(said.contains("  MISSING  127.0.0.1:" + port + ": nobody answers"), said);
    assertTrue(said.contains("  ok       port " + port + " is free"), said);
    assertEquals(1, status);
  }

  @Test
  void whatIsNoAddressIsRefused() throws Exception {
    for (String argument :
        List.of(
            "broker", "a:1,b:2", "::1", "broker:", ":9092", "broker:70000", "--free=x", "--x")) {
      String said = doctor(argument);
      assertTrue(said.startsWith("healthbeam: doctor: "), said);
      assertTrue(said.contains("'" + argument + "'"), said);
      assertEquals(2, status, said);
    }
  }

  @Test
  void helpSaysWhatItTakes() throws Exception {
    assertTrue(doctor("--help").contains("[--free=PORT]... [ADDRESS]..."));
    assertEquals(0, status);
  }

  /** Links to all that is on the path but Java. */
  private String pathWithoutJava() throws IOException {
    Path tools = Files.createDirectory(jdk.resolve("tools"));
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (!Files.isDirectory(Path.of(folder))) {
        continue;
      }
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.toList()) {
          Path link = tools.resolve(file.getFileName());
          if (!link.endsWith("java") && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, file);
          }
        }
      }
    }
    return tools.toString();
  }

  private void executable(String name) throws IOException {
    Path file = Files.writeString(jdk.resolve("bin").resolve(name), "#!/bin/sh\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private String doctor(String... args) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            BASH, "-c", limit + "exec \"$0\" \"$@\"", BASH, SCRIPT.toString(), "doctor");
    builder.command().addAll(List.of(args));
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    status = process.waitFor();
    return said;
  }
}
