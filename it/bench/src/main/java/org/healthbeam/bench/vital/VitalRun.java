package org.healthbeam.bench.vital;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One side's job in a JVM of its own: first a smaller one to warm up, then the measured one. */
final class VitalRun {
  private final Environment environment;
  private final String side;
  private final Form form;

  VitalRun(Environment environment, String side, Form form) {
    this.environment = environment;
    this.side = side;
    this.form = form;
  }

  /**
   * Takes {@code beam}, {@code hand} or {@code hand-list}; the form; the state backend; the slots;
   * how many readings; how many a second, 0 for as many as are taken; {@code hot} or {@code even};
   * how many to warm up; milliseconds between checkpoints; a folder for checkpoints; options of
   * Beam's.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[9]);
    Environment environment =
        new Environment(
            args[2],
            Integer.parseInt(args[3]),
            Long.parseLong(args[8]),
            folder,
            List.of(args).subList(10, args.length));
    VitalRun run = new VitalRun(environment, args[0], Form.valueOf(args[1]));
    boolean hot = args[6].equals("hot");
    long warmUp = Long.parseLong(args[7]);
    if (warmUp > 0) {
      run.run(new Arrivals(warmUp, hot, 0), false);
    }
    LargestCheckpoint largest = new LargestCheckpoint(folder);
    Tally tally =
        run.run(new Arrivals(Long.parseLong(args[4]), hot, Long.parseLong(args[5])), false);
    System.out.printf(
        Locale.ROOT,
        "seconds=%.3f cpu=%.3f rows=%d finals=%d late=%d digest=%s p50=%.1f p99=%.1f"
            + " checkpoint=%d%n",
        tally.seconds(),
        tally.cpuSeconds(),
        tally.rows(),
        tally.finalRows(),
        tally.late(),
        tally.digest(),
        tally.latencyMillis(0.5),
        tally.latencyMillis(0.99),
        largest.bytes());
    System.exit(0);
  }

  Tally run(Arrivals arrivals, boolean keep) throws Exception {
    Tally tally = Tally.of(arrivals, keep);
    if (side.equals("beam")) {
      Pipeline pipeline = Pipeline.create(environment.flink());
      BeamJob.build(pipeline, form, arrivals);
      pipeline.run().waitUntilFinish();
    } else {
      StreamExecutionEnvironment flink = environment.byHand();
      ByHand.build(flink, form, arrivals, side.equals("hand-list"));
      flink.execute("Vital signs by hand");
    }
    tally.ended();
    return tally;
  }

  /** Looks now and then how large the complete checkpoints in a folder are. */
  private static final class LargestCheckpoint {
    private static final long BETWEEN_LOOKS_MS = 200;
    private volatile long bytes;

    LargestCheckpoint(Path folder) {
      Thread watch =
          new Thread(
              () -> {
                try {
                  while (true) {
                    bytes = Math.max(bytes, largest(folder));
                    Thread.sleep(BETWEEN_LOOKS_MS);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "checkpoints");
      watch.setDaemon(true);
      watch.start();
    }

    long bytes() {
      return bytes;
    }

    private static long largest(Path folder) {
      try (Stream<Path> all = Files.walk(folder, 2)) {
        List<Path> checkpoints =
            all.filter(p -> p.getFileName().toString().startsWith("chk-")).toList();
        return checkpoints.stream().mapToLong(LargestCheckpoint::size).max().orElse(0);
      } catch (IOException | java.io.UncheckedIOException e) {
        return 0; // It was being deleted.
      }
    }

    private static long size(Path checkpoint) {
      if (!Files.exists(checkpoint.resolve("_metadata"))) {
        return 0;
      }
      try (Stream<Path> files = Files.list(checkpoint)) {
        List<Long> sizes = new ArrayList<>();
        for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
          sizes.add(Files.size(file));
        }
        return sizes.stream().mapToLong(Long::longValue).sum();
      } catch (IOException | java.io.UncheckedIOException e) {
        return 0;
      }
    }
  }
}
