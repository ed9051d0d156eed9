package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code healthbeam doctor} with a JDK that is not as it should be, and with servers. */
class DoctorTest {
  private static final Path SCRIPT = Path.of("..", "healthbeam").toAbsolutePath().normalize();

  @TempDir Path jdk;
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

  private void executable(String name) throws IOException {
    Path file = Files.writeString(jdk.resolve("bin").resolve(name), "#!/bin/sh\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private String doctor(String... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString(), "doctor");
    builder.command().addAll(List.of(args));
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    builder.environment().put("JAVA_HOME", jdk.toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    status = process.waitFor();
    return said;
  }
}
