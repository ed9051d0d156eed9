package org.healthbeam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;

/**
 * A process that opens a compiled map, says its first answer, then looks up a million codes on each
 * of some threads and says what memory it has.
 */
final class FirstAnswer {
  private static final int LOOK_UPS = 1_000_000;

  private FirstAnswer() {}

  /** Takes the compiled map, its number of codes, and how many threads. */
  public static void main(String[] args)
      throws IOException, InvalidMapException, InterruptedException {
    CodeMap maps = CompiledSynthetic.open(Path.of(args[0]));
    long codes = Long.parseLong(args[1]);
    System.out.println(
        maps.translate(SyntheticMap.code(codes / 2), SeveralTargets.ALL).outcome().code());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < Integer.parseInt(args[2]); t++) {
      Random chance = new Random(t);
      Thread thread = new Thread(() -> lookUp(maps, codes, chance));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(memory());
  }

  private static void lookUp(CodeMap maps, long codes, Random chance) {
    for (int i = 0; i < LOOK_UPS; i++) {
      if (maps.translate(LookUps.random(chance, codes, true), SeveralTargets.ALL)
          .answers()
          .isEmpty()) {
        throw new IllegalStateException("A code of the map has no answer");
      }
    }
  }

  /** Returns the lines of Linux about resident memory, as {@code VmRSS=…;RssAnon=…;RssFile=…}. */
  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.matches("(VmRSS|RssAnon|RssFile):.*"))
        .map(line -> line.replaceAll("[\\s]|kB", "").replace(':', '='))
        .collect(Collectors.joining(";"));
  }
}
