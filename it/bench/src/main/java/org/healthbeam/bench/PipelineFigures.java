package org.healthbeam.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pipeline {@code map-codes} on two runners against the bare loop, as whole processes on two
 * sizes of input: the difference between the two is what more input costs, without the start.
 */
final class PipelineFigures {
  private static final String LOOP = "bare loop";
  private static final String LOOP_C1 = "bare loop, C1";

  /** Runners start as the launcher starts them; the loop is given the better of two choices. */
  private static final List<String> SIDES = List.of(LOOP, LOOP_C1, "direct", "flink");

  private final Path root;
  private final Path folder;
  private final Path maps;

  private PipelineFigures(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
    this.maps = root.resolve("samples/data/maps");
  }

  static String measure(Path root, Path patients, Path folder, int times, int repeats)
      throws IOException, InterruptedException {
    return new PipelineFigures(root, folder).measure(patients, times, repeats);
  }

  private String measure(Path patients, int times, int repeats)
      throws IOException, InterruptedException {
    Path small = copies(patients, 1);
    Path large = copies(patients, times);
    Map<String, List<WholeProcess>> ofSmall = new TreeMap<>();
    Map<String, List<WholeProcess>> ofLarge = new TreeMap<>();
    for (String side : SIDES) {
      // Builds what is missing, and shows that all sides write the same.
      run(side, small);
      Contents.checkSame(output(LOOP), output(side));
    }
    for (int i = 0; i < repeats; i++) {
      for (String side : SIDES) {
        ofSmall.computeIfAbsent(side, s -> new ArrayList<>()).add(run(side, small));
        ofLarge.computeIfAbsent(side, s -> new ArrayList<>()).add(run(side, large));
        Contents.checkSame(output(LOOP), output(side));
        System.err.println("pipeline: " + side + ", " + (i + 1) + " of " + repeats);
      }
    }
    double more = (bytes(large) - bytes(small)) / 1e6;
    MarkdownTable table =
        new MarkdownTable(
            "",
            megabytes(small) + ", s",
            megabytes(large) + ", s",
            "ratio",
            "marginal, MB/s",
            "marginal ratio",
            "CPU s",
            "marginal CPU ratio");
    String best = more(LOOP_C1, ofSmall, ofLarge) < more(LOOP, ofSmall, ofLarge) ? LOOP_C1 : LOOP;
    double bare = more(best, ofSmall, ofLarge);
    double bareCpu = cpu(ofLarge.get(best)) - cpu(ofSmall.get(best));
    for (String side : SIDES) {
      Median s = wall(ofSmall.get(side));
      Median l = wall(ofLarge.get(side));
      double marginal = l.value() - s.value();
      double cpu = cpu(ofLarge.get(side)) - cpu(ofSmall.get(side));
      table.row(
          side,
          s.show("%.1f"),
          l.show("%.1f"),
          number("%.2f", l.value() / wall(ofLarge.get(best)).value()),
          number("%.1f", more / marginal),
          number("%.2f", marginal / bare),
          number("%.1f", cpu(ofSmall.get(side))) + " → " + number("%.1f", cpu(ofLarge.get(side))),
          number("%.2f", cpu / bareCpu));
    }
    return "Whole processes, seconds from start to end. The bare loop has one thread; the runners"
        + " use all cores. Ratios are to the "
        + best
        + ", of which more input costs less:\n\n"
        + table;
  }

  /** Returns the seconds that more input costs. */
  private static double more(
      String side,
      Map<String, List<WholeProcess>> ofSmall,
      Map<String, List<WholeProcess>> ofLarge) {
    return wall(ofLarge.get(side)).value() - wall(ofSmall.get(side)).value();
  }

  private WholeProcess run(String side, Path input) throws IOException, InterruptedException {
    delete(output(side));
    if (side.equals(LOOP) || side.equals(LOOP_C1)) {
      return WholeProcess.run(
          WholeProcess.java(
              BareLoop.class,
              side.equals(LOOP) ? List.of() : List.of("-XX:TieredStopAtLevel=1"),
              maps.toString(),
              input.toString(),
              output(side).toString()));
    }
    return WholeProcess.run(
        List.of(
            root.resolve("healthbeam").toString(),
            "run",
            "map-codes",
            "--runner=" + side,
            "--input=" + input,
            "--maps=" + maps,
            "--output=" + output(side)));
  }

  private Path output(String side) {
    return folder.resolve("out " + side);
  }

  /** Returns a folder with each file's records this many times over, unpacked. */
  private Path copies(Path patients, int times) throws IOException {
    Path copies = folder.resolve("records-" + times);
    delete(copies);
    Files.createDirectories(copies);
    for (Map.Entry<String, Path> each : Ndjson.byType(patients).entrySet()) {
      Path copy = copies.resolve(each.getKey() + ".ndjson");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
        for (int i = 0; i < times; i++) {
          try (InputStream in = Ndjson.open(each.getValue())) {
            in.transferTo(out);
          }
        }
      }
    }
    return copies;
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : Ndjson.byType(folder).values()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static String megabytes(Path folder) throws IOException {
    return number("%.0f MB", bytes(folder) / 1e6);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static Median wall(List<WholeProcess> runs) {
    return Median.of(runs.stream().mapToDouble(WholeProcess::seconds).toArray());
  }

  private static double cpu(List<WholeProcess> runs) {
    return Median.of(runs.stream().mapToDouble(WholeProcess::cpuSeconds).toArray()).value();
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
