package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Maven in a process of its own, by the wrapper of this source tree. */
final class MavenProcess {
  private static final long MINUTES = 10;

  private MavenProcess() {}

  /** Runs to the end, which must be a good one. */
  static void run(Path folder, List<String> arguments) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "maven", ".log");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(HealthBeamProcess.root().resolve("mvnw").toString(), "-B", "-q"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "Maven does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(log));
  }
}
