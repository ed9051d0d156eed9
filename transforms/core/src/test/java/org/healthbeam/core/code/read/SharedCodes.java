package org.healthbeam.core.code.read;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Published code maps that stand beside the project; where they are absent, a test is skipped. */
final class SharedCodes {
  private SharedCodes() {}

  /** Returns a file or folder. */
  static Path file(String name) {
    String shared = System.getProperty("healthbeam.shared");
    Path folder =
        shared != null
            ? Path.of(shared)
            : Path.of(System.getProperty("healthbeam.root", ".")).resolve("../shared");
    Path file = folder.resolve("data/codes").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "no " + name + " in the shared data");
    return file;
  }
}
