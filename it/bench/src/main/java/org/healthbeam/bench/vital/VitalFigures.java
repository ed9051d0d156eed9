package org.healthbeam.bench.vital;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.bench.MarkdownTable;
import org.healthbeam.bench.Median;
import org.healthbeam.bench.WholeProcess;
import org.healthbeam.config.ConfigException;

/** Both sides' jobs, each in a process of its own, one after the other. */
final class VitalFigures {
  private static final int REPEATS = 3;
  private static final long READINGS = 6_000_000;
  private static final long WARM_UP = 2_000_000;
  private static final long CHECKPOINT_MS = 5_000;
  private static final long PACED = 100_000;
  private static final String HEAP = "2g";

  private final Path work;
  private final List<String> profile;

  VitalFigures(Path work) throws ConfigException {
    this.work = work;
    this.profile = Environment.profile();
  }

  /** Compares the final rows of both sides, all of them, record by record. */
  String check() throws Exception {
    MarkdownTable table = new MarkdownTable("input", "readings", "late", "final rows, equal");
    Arrivals arrivals = new Arrivals(1_200_000, false, 0);
    for (Form form : Form.values()) {
      Tally byHand = BothSides.run("hand", form, arrivals, work.resolve("checkpoints"));
      Tally beam = BothSides.run("beam", form, arrivals, work.resolve("checkpoints"));
      BothSides.checkSame(byHand, beam);
      table.row(
          form.name().toLowerCase(Locale.ROOT),
          number("%,d", arrivals.count()),
          number("%,d", beam.late()),
          number("%,d", beam.finalRows()));
    }
    return "### Both sides tell the same\n\n" + table;
  }

  String throughput(String backend, String label) throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "input",
            "slots",
            "side",
            "readings/s",
            "ratio",
            "readings/CPU s",
            "ratio",
            "checkpoint, MB",
            "kB a subject");
    for (Form form : Form.values()) {
      for (int slots = 1; slots <= 2; slots++) {
        Map<String, List<Map<String, String>>> runs = new HashMap<>();
        for (int i = 0; i < REPEATS; i++) {
          for (String side : List.of(byHand(backend), "beam")) {
            runs.computeIfAbsent(side, s -> new ArrayList<>())
                .add(run(side, form, backend, slots, READINGS, 0, "even", WARM_UP));
          }
        }
        checkDigests(runs);
        Median hand = median(runs.get(byHand(backend)), "seconds", READINGS);
        Median handCpu = median(runs.get(byHand(backend)), "cpu", READINGS);
        for (String side : List.of(byHand(backend), "beam")) {
          Median rate = median(runs.get(side), "seconds", READINGS);
          Median cpu = median(runs.get(side), "cpu", READINGS);
          double bytes = median(runs.get(side), "checkpoint", 0).value();
          table.row(
              form.name().toLowerCase(Locale.ROOT),
              "" + slots,
              side.equals("beam") ? "HealthBeam" : "by hand",
              rate.show("%,.0f"),
              number("%.2f", rate.value() / hand.value()),
              cpu.show("%,.0f"),
              number("%.2f", cpu.value() / handCpu.value()),
              number("%.1f", bytes / 1e6),
              number("%.1f", bytes / 1e3 / Arrivals.SUBJECTS));
        }
      }
    }
    return "### Throughput, state in " + label + "\n\n" + table;
  }

  /** On disk an accumulator is written anew for each reading, and a list is not. */
  private static String byHand(String backend) {
    return backend.equals("rocksdb") ? "hand-list" : "hand";
  }

  String latency(boolean hot) throws IOException, InterruptedException {
    MarkdownTable table = new MarkdownTable("state", "side", "p50, ms", "p99, ms");
    long count = PACED * 60;
    for (String backend : List.of("filesystem", "rocksdb")) {
      Map<String, List<Map<String, String>>> runs = new HashMap<>();
      for (String side : List.of(byHand(backend), "beam")) {
        Map<String, String> run =
            run(side, Form.CSV, backend, 2, count, PACED, hot ? "hot" : "even", WARM_UP);
        runs.put(side, List.of(run));
        table.row(
            backend.equals("rocksdb") ? "RocksDB" : "heap",
            side.equals("beam") ? "HealthBeam" : "by hand",
            run.get("p50"),
            run.get("p99"));
      }
      checkDigests(runs);
    }
    return (hot
            ? "### One subject with a thousand times the readings: latency of the others"
            : "### Latency")
        + "\n\n"
        + table;
  }

  private static void checkDigests(Map<String, List<Map<String, String>>> runs) {
    List<String> told =
        runs.values().stream()
            .flatMap(List::stream)
            .map(run -> run.get("finals") + " " + run.get("late") + " " + run.get("digest"))
            .distinct()
            .toList();
    if (told.size() != 1) {
      throw new IllegalStateException("The sides do not tell the same: " + told);
    }
  }

  private Map<String, String> run(
      String side,
      Form form,
      String backend,
      int slots,
      long readings,
      long perSecond,
      String load,
      long warmUp)
      throws IOException, InterruptedException {
    Path checkpoints = work.resolve("checkpoints");
    delete(checkpoints);
    Files.createDirectories(checkpoints);
    List<String> jvm = new ArrayList<>(List.of("-Xmx" + HEAP, "-XX:+UseParallelGC"));
    jvm.addAll(List.of(System.getProperty("healthbeam.opens", "").split(" ")));
    jvm.removeIf(String::isEmpty);
    List<String> args =
        new ArrayList<>(
            List.of(
                side,
                form.name(),
                backend,
                "" + slots,
                "" + readings,
                "" + perSecond,
                load,
                "" + warmUp,
                "" + CHECKPOINT_MS,
                checkpoints.toString()));
    args.addAll(profile);
    WholeProcess process =
        WholeProcess.run(WholeProcess.java(VitalRun.class, jvm, args.toArray(new String[0])));
    Map<String, String> result = new HashMap<>();
    String line = process.output().get(process.output().size() - 1);
    for (String pair : line.split(" ")) {
      int equals = pair.indexOf('=');
      result.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    System.err.println(side + " " + form + " " + backend + " " + slots + ": " + line);
    return result;
  }

  /** Of the values, or of how many readings came in each of them. */
  private static Median median(List<Map<String, String>> runs, String what, double readings) {
    return Median.of(
        runs.stream()
            .mapToDouble(run -> Double.parseDouble(run.get(what)))
            .map(value -> readings == 0 ? value : readings / value)
            .toArray());
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
