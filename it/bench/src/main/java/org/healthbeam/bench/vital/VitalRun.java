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

/** One side's job in a JVM of its own: first a smaller one to warm up, then those measured. */
final class VitalRun {
  private final Environment environment;
  private final String side;
  private final Form form;
  private final Load load;

  VitalRun(Environment environment, String side, Form form, Load load) {
    this.environment = environment;
    this.side = side;
    this.form = form;
    this.load = load;
  }

  /**
   * Takes {@code beam}, {@code hand} or {@code hand-list}; the form; the state backend; numbers of
   * slots with commas, each measured; how many readings; how many a second, 0 for as many as are
   * taken; the load; how many to warm up; milliseconds between checkpoints; a folder for
   * checkpoints; options of Beam's. Prints a line for each number of slots.
   */
  public static void main(String[] args) throws Exception {
    Form form = Form.valueOf(args[1]);
    List<Integer> slots = Stream.of(args[3].split(",")).map(Integer::valueOf).toList();
    Load load = Load.valueOf(args[6]);
    long warmUp = Long.parseLong(args[7]);
    if (warmUp > 0) {
      Environment most = environment(args, slots.get(slots.size() - 1), Path.of(args[9], "before"));
      new VitalRun(most, args[0], form, load).run(new Arrivals(warmUp, load == Load.HOT, 0), false);
    }
    for (int each : slots) {
      Path folder = Files.createDirectories(Path.of(args[9], "slots-" + each));
      LargestCheckpoint largest = new LargestCheckpoint(folder);
      Arrivals arrivals =
          new Arrivals(Long.parseLong(args[4]), load == Load.HOT, Long.parseLong(args[5]));
      Tally tally =
          new VitalRun(environment(args, each, folder), args[0], form, load).run(arrivals, false);
      System.out.printf(
          Locale.ROOT,
          "slots=%d seconds=%.3f cpu=%.3f rows=%d finals=%d late=%d digest=%s p50=%.1f p99=%.1f"
              + " checkpoint=%d%n",
          each,
          tally.seconds(),
          tally.cpuSeconds(),
          tally.rows(),
          tally.finalRows(),
          tally.late(),
          tally.digest(),
          tally.latencyMillis(0.5),
          tally.latencyMillis(0.99),
          largest.bytes());
    }
    System.exit(0);
  }

  private static Environment environment(String[] args, int slots, Path checkpoints) {
    List<String> options = List.of(args).subList(10, args.length);
    return new Environment(args[2], slots, Long.parseLong(args[8]), checkpoints, options);
  }

  Tally run(Arrivals arrivals, boolean keep) throws Exception {
    Tally tally = Tally.of(arrivals, keep);
    if (side.equals("beam")) {
      Pipeline pipeline = Pipeline.create(environment.flink());
      BeamJob.build(pipeline, form, arrivals, load);
      pipeline.run().waitUntilFinish();
    } else {
      StreamExecutionEnvironment flink = environment.byHand();
      ByHand.build(flink, form, arrivals, load, side.equals("hand-list"));
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
