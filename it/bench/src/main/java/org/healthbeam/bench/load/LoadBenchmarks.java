package org.healthbeam.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  private final Path root;
  private final Path work;
  private final List<String> parts = new ArrayList<>();

  private LoadBenchmarks(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  /**
   * Takes the source tree, a folder for what is made, the commit, where state is held ({@code heap}
   * or {@code rocksdb}), and {@code --minutes=N} at the steady rate.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Kafka's clients tell each of their settings, and that a broker is not yet up.
    Logger.getLogger("").setLevel(Level.SEVERE);
    LoadBenchmarks load =
        new LoadBenchmarks(
            Path.of(args[0]).toAbsolutePath().normalize(),
            Path.of(args[1]).toAbsolutePath().normalize());
    List<String> backends = new ArrayList<>();
    double minutes = USUAL_MINUTES;
    for (String arg : List.of(args).subList(3, args.length)) {
      if (arg.startsWith(MINUTES)) {
        minutes = Double.parseDouble(arg.substring(MINUTES.length()));
      } else {
        backends.add(arg);
      }
    }
    load.parts.add(
        "Commit %s, %s minutes at the steady rate; %s.\n"
            .formatted(args[2], minutes, Machine.describe()));
    boolean whole = true;
    for (String backend : backends) {
      whole &= load.run(backend, minutes);
    }
    System.out.println(String.join("\n", load.parts));
    System.out.println("Written to " + load.work.resolve("load.md"));
    if (!whole) {
      System.err.println("Something failed, was lost or told wrongly: see the last tables");
    }
    System.exit(whole ? 0 : 1);
  }

  /** A run that fails does not take the next one with it. */
  private boolean run(String backend, double minutes) throws InterruptedException {
    LoadPlan plan = new LoadPlan(minutes, backend.equals("heap") ? "filesystem" : backend);
    List<LoadResult> results = new ArrayList<>();
    boolean ran = true;
    for (int slots = 1; slots <= SLOTS; slots++) {
      try {
        LoadRun run =
            new LoadRun(
                root,
                work.resolve("load-servers"),
                plan,
                result -> {
                  if (!results.contains(result)) {
                    results.add(result);
                  }
                  write(part(backend, results));
                });
        run.run(slots, slots == SLOTS);
      } catch (IOException | RuntimeException e) {
        ran = false;
        failed(results, slots, e);
      }
    }
    parts.add(part(backend, results));
    write("");
    return ran && results.stream().allMatch(LoadResult::whole);
  }

  private static void failed(List<LoadResult> results, int slots, Exception e) {
    LoadRun.say("%d slots: %s", slots, e);
    for (LoadResult result : results) {
      if (result.slots == slots) {
        result.failure = e.getMessage() == null ? e.toString() : e.getMessage();
      }
    }
  }

  private static String part(String backend, List<LoadResult> results) {
    return "### State: " + backend + "\n\n" + LoadFigures.of(results);
  }

  /** Again and again, so that what was found stays whatever comes. */
  private void write(String last) {
    try {
      Files.createDirectories(work);
      Files.writeString(work.resolve("load.md"), String.join("\n", parts) + "\n" + last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
