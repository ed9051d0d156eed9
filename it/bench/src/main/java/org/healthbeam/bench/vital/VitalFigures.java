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
import org.healthbeam.bench.WholeProcess;
import org.healthbeam.config.ConfigException;

/** Both sides' jobs, each in a process of its own, one after the other. */
final class VitalFigures {
  private static final long READINGS = 4_000_000;
  private static final long WARM_UP = 2_000_000;
  private static final long CHECKPOINT_MS = 5_000;
  private static final long PACED = 100_000;
  private static final long PACED_SECONDS = 30;
  private static final String HEAP = "2g";
  private static final String BEAM = "beam";
  private static final String ROCKSDB = "rocksdb";

  private final Path work;
  private final List<String> profile;

  VitalFigures(Path work) throws ConfigException {
    this.work = work;
    this.profile = Environment.profile();
  }

  /** Compares the final rows of both sides, all of them, record by record. */
  String check() throws Exception {
    MarkdownTable table = new MarkdownTable("input", "readings", "late", "final rows, equal");
    // Paced, so that a watermark of each split has gone through all steps before what is an hour
    // late comes: a JVM that has only begun took more than the 2.5 s that 200,000 a second leave.
    Arrivals arrivals = new Arrivals(600_000, false, 60_000);
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

  /**
   * Takes readings as fast as they are taken: with parsing and without, on one and two slots, each
   * three times in one process. The first run is one of a JVM that still compiles, the third one of
   * a stream that has gone on for a while.
   */
  String throughput(String backend, List<Form> forms) throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "input",
            "slots",
            "run",
            "side",
            "readings/s",
            "ratio",
            "CPU s",
            "ratio by CPU",
            "checkpoint, MB",
            "kB a subject");
    for (Form form : forms) {
      for (String slots : List.of("1,1,1", "2,2,2")) {
        List<Map<String, String>> byHand =
            run(byHand(backend), form, backend, slots, READINGS, 0, Load.EVEN);
        List<Map<String, String>> beam = run(BEAM, form, backend, slots, READINGS, 0, Load.EVEN);
        for (int i = 0; i < beam.size(); i++) {
          checkSame(byHand.get(i), beam.get(i));
        }
        for (int i : new int[] {0, beam.size() - 1}) {
          Map<String, String> hand = byHand.get(i);
          row(table, form, i + 1, "by hand", hand, hand);
          row(table, form, i + 1, "HealthBeam", beam.get(i), hand);
        }
      }
    }
    return "### Throughput, state in " + name(backend) + "\n\n" + table;
  }

  /**
   * Takes readings as fast as they are taken, with the runner's metrics and without: the third run
   * of each of two processes, in turn, so that what else the machine does is in both.
   */
  String metrics() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable("input", "metrics", "readings/s", "ratio", "CPU s", "ratio by CPU");
    for (Form form : List.of(Form.CSV, Form.READINGS)) {
      for (int i = 0; i < 2; i++) {
        Map<String, String> without = last(form, "--disableMetrics=true");
        Map<String, String> with = last(form, "--disableMetrics=false");
        checkSame(without, with);
        cost(table, form, "none", without, without);
        cost(table, form, "all", with, without);
      }
    }
    return "### What metrics cost\n\n" + table;
  }

  private Map<String, String> last(Form form, String option)
      throws IOException, InterruptedException {
    List<Map<String, String>> runs =
        run(BEAM, form, "filesystem", "2,2,2", READINGS, 0, Load.EVEN, option);
    return runs.get(runs.size() - 1);
  }

  private static void cost(
      MarkdownTable table,
      Form form,
      String metrics,
      Map<String, String> run,
      Map<String, String> without) {
    table.row(
        form.name().toLowerCase(Locale.ROOT),
        metrics,
        number("%,.0f", READINGS / of(run, "seconds")),
        number("%.3f", of(without, "seconds") / of(run, "seconds")),
        number("%.1f", of(run, "cpu")),
        number("%.3f", of(without, "cpu") / of(run, "cpu")));
  }

  private static void row(
      MarkdownTable table,
      Form form,
      int which,
      String side,
      Map<String, String> run,
      Map<String, String> byHand) {
    table.row(
        form.name().toLowerCase(Locale.ROOT),
        run.get("slots"),
        String.valueOf(which),
        side,
        number("%,.0f", READINGS / of(run, "seconds")),
        number("%.2f", of(byHand, "seconds") / of(run, "seconds")),
        number("%.1f", of(run, "cpu")),
        number("%.2f", of(byHand, "cpu") / of(run, "cpu")),
        number("%.1f", of(run, "checkpoint") / 1e6),
        kilobytes(run));
  }

  private static String kilobytes(Map<String, String> run) {
    return number("%.1f", of(run, "checkpoint") / 1e3 / Arrivals.SUBJECTS);
  }

  private static double of(Map<String, String> run, String what) {
    return Double.parseDouble(run.get(what));
  }

  /** On disk an accumulator is written anew for each reading, and a list is not. */
  private static String byHand(String backend) {
    return backend.equals(ROCKSDB) ? "hand-list" : "hand";
  }

  private static String name(String backend) {
    return backend.equals(ROCKSDB) ? "RocksDB" : "heap";
  }

  /** Takes readings at a set pace on two slots: each of those forms with its state backend. */
  String latency(String title, Load load, List<Map.Entry<Form, String>> cases)
      throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable("input", "state", "side", "p50, ms", "p99, ms", "CPU s", "kB a subject");
    for (Map.Entry<Form, String> each : cases) {
      Form form = each.getKey();
      String backend = each.getValue();
      Map<String, String> last = null;
      for (String side : List.of(byHand(backend), BEAM)) {
        Map<String, String> run =
            run(side, form, backend, "2", PACED * PACED_SECONDS, PACED, load).get(0);
        if (last != null && load != Load.ALERTS) {
          checkSame(last, run);
        }
        last = run;
        table.row(
            form.name().toLowerCase(Locale.ROOT),
            name(backend),
            side.equals(BEAM) ? "HealthBeam" : "by hand",
            run.get("p50"),
            run.get("p99"),
            run.get("cpu"),
            kilobytes(run));
      }
    }
    return "### " + title + "\n\n" + table;
  }

  private static void checkSame(Map<String, String> byHand, Map<String, String> beam) {
    for (String each : List.of("finals", "late", "digest")) {
      if (!byHand.get(each).equals(beam.get(each))) {
        throw new IllegalStateException("The sides do not tell the same: " + byHand + ", " + beam);
      }
    }
  }

  private List<Map<String, String>> run(
      String side,
      Form form,
      String backend,
      String slots,
      long readings,
      long perSecond,
      Load load,
      String... options)
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
                slots,
                "" + readings,
                "" + perSecond,
                load.name(),
                "" + WARM_UP,
                "" + CHECKPOINT_MS,
                checkpoints.toString()));
    args.addAll(profile);
    args.addAll(List.of(options));
    WholeProcess process =
        WholeProcess.run(WholeProcess.java(VitalRun.class, jvm, args.toArray(new String[0])));
    List<Map<String, String>> results = new ArrayList<>();
    for (String line : process.output()) {
      if (line.startsWith("slots=")) {
        Map<String, String> result = new HashMap<>();
        for (String pair : line.split(" ")) {
          int equals = pair.indexOf('=');
          result.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        results.add(result);
        System.err.println(side + " " + form + " " + backend + " " + load + ": " + line);
      }
    }
    return results;
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
