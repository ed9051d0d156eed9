package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.healthbeam.bench.Machine;

/** Runs the sustained load and writes its figures as Markdown. {@code it/bench/run} starts it. */
final class LoadBenchmarks {
  private static final String MINUTES = "--minutes=";
  private static final double USUAL_MINUTES = 10;
  private static final int SLOTS = 2;

  private LoadBenchmarks() {}

  /**
   * Takes the source tree, a folder for what is made, the commit, where state is held ({@code heap}
   * or {@code rocksdb}), and {@code --minutes=N} at the steady rate.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Kafka's clients tell each of their settings, and that a broker is not yet up.
    Logger.getLogger("").setLevel(Level.SEVERE);
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path work = Path.of(args[1]).toAbsolutePath().normalize();
    List<String> backends = new ArrayList<>();
    double minutes = USUAL_MINUTES;
    for (String arg : List.of(args).subList(3, args.length)) {
      if (arg.startsWith(MINUTES)) {
        minutes = Double.parseDouble(arg.substring(MINUTES.length()));
      } else {
        backends.add(arg);
      }
    }
    List<String> parts = new ArrayList<>();
    parts.add("Commit " + args[2] + "; " + Machine.describe() + ".\n");
    boolean whole = true;
    for (String backend : backends) {
      String flinks = backend.equals("heap") ? "filesystem" : backend;
      LoadRun run = new LoadRun(root, work.resolve("load-servers"), new LoadPlan(minutes, flinks));
      List<LoadResult> results = new ArrayList<>();
      for (int slots = 1; slots <= SLOTS; slots++) {
        LoadResult result = run.run(slots, slots == SLOTS);
        whole &= result.whole();
        results.add(result);
        write(work, parts, "### State: " + backend + "\n\n" + LoadFigures.of(results));
      }
      parts.add("### State: " + backend + "\n\n" + LoadFigures.of(results));
    }
    System.out.println(String.join("\n", parts));
    System.out.println("Written to " + work.resolve("load.md"));
    if (!whole) {
      System.err.println("Something was lost or told wrongly: see the last tables");
    }
    System.exit(whole ? 0 : 1);
  }

  /** After each run, so that none is lost with a later one. */
  private static void write(Path work, List<String> parts, String last) throws IOException {
    Files.createDirectories(work);
    Files.writeString(work.resolve("load.md"), String.join("\n", parts) + "\n" + last);
  }
}
