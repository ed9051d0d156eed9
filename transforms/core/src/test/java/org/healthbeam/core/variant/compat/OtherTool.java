package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A program of Debian's that we are compared with; tests are skipped where it is absent. */
final class OtherTool {
  private final String name;

  OtherTool(String name) {
    this.name = name;
  }

  /** Returns what a shell command line prints; {@code $0} is the file. */
  List<String> lines(String command, Path file) throws IOException {
    Assumptions.assumeTrue(isInstalled(), name + " is not installed");
    Path errors = Files.createTempFile(name, ".err");
    try {
      Process process =
          new ProcessBuilder("bash", "-o", "pipefail", "-c", command, file.toString())
              .redirectError(errors.toFile())
              .start();
      String text;
      try (InputStream in = process.getInputStream()) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (process.waitFor() != 0) {
        throw new AssertionError(name + " failed: " + Files.readString(errors));
      }
      return text.lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.delete(errors);
    }
  }

  /** Says which line is the first that differs, and not all of them. */
  static void assertSameLines(List<String> theirs, List<String> ours) {
    for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
      assertEquals(theirs.get(i), ours.get(i), "line " + i);
    }
    assertEquals(theirs.size(), ours.size(), "number of lines");
    assertTrue(theirs.size() > 0, "nothing was compared");
  }

  private boolean isInstalled() {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }
}
