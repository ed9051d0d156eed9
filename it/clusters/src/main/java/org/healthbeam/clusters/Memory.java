package org.healthbeam.clusters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says beforehand that there is too little memory, where the system tells how much there is. */
final class Memory {
  private static final Path LINUX = Path.of("/proc/meminfo");

  private Memory() {}

  static void check(int megabytes) throws IOException {
    if (!Files.isReadable(LINUX)) {
      return;
    }
    for (String line : Files.readAllLines(LINUX)) {
      if (line.startsWith("MemAvailable:")) {
        long free = Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
        if (free < megabytes) {
          throw new ClusterException(
              "about %,d MB of memory are needed and %,d MB are free; close something, or take less with --memory or --workers"
                  .formatted(megabytes, free));
        }
      }
    }
  }
}
