package org.healthbeam.bench.variant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.healthbeam.bench.MarkdownTable;
import org.healthbeam.bench.Median;
import org.healthbeam.bench.WholeProcess;

/**
 * Variant summaries against other tools, as whole processes on two sizes of input: the difference
 * between the two is what more input costs, without the start.
 */
final class VariantFigures {
  private static final String REAL =
      "../shared/data/vcf/1kg-phaseIII-v5a.20130502.genotypes.chr22-16-16.5mb.vcf.gz";

  private final Path root;

  private final Path work;
  private final int repeats;

  VariantFigures(Path root, Path work, int repeats) {
    this.root = root;
    this.work = work;
    this.repeats = repeats;
  }

  /** Returns which versions the peers have. */
  String versions() throws IOException, InterruptedException {
    return "Peers: "
        + first("bcftools", "--version")
        + "; "
        + first("plink2", "--version")
        + "; "
        + first("bgzip", "--version")
        + ".\n";
  }

  private static String first(String... command) throws IOException, InterruptedException {
    return WholeProcess.run(List.of(command)).output().get(0);
  }

  /** Measures all sides on two sizes, of which the smaller one is small. */
  String measure(SyntheticCohort cohort, int few, int many)
      throws IOException, InterruptedException {
    Path small = cohort.file(work, few);
    checkSame(small);
    return measure(cohort, few, many, EnumSet.allOf(Side.class), repeats);
  }

  /**
   * Measures on ten times the larger size; without the sides that would take an hour, after what is
   * counted was checked on the smaller one; the larger file once.
   */
  String measureLarge(SyntheticCohort cohort, int checked, int few, int many)
      throws IOException, InterruptedException {
    checkSame(cohort.file(work, checked));
    return measure(
        cohort,
        few,
        many,
        EnumSet.of(Side.INFLATE, Side.BARE, Side.DIRECT, Side.STATS, Side.PLINK2),
        1);
  }

  private String measure(SyntheticCohort cohort, int few, int many, Set<Side> sides, int timesLarge)
      throws IOException, InterruptedException {
    Path small = cohort.file(work, few);
    Path large = cohort.file(work, many);
    Map<Side, List<WholeProcess>> ofSmall = runs(small, repeats, sides);
    Map<Side, List<WholeProcess>> ofLarge = runs(large, timesLarge, sides);
    double megabytes = textBytes(small) / 1e6;
    double moreMegabytes = textBytes(large) / 1e6 - megabytes;
    List<String> columns = new ArrayList<>();
    columns.add("");
    columns.add(String.format(Locale.ROOT, "%,.0f MB, s", megabytes));
    columns.add(String.format(Locale.ROOT, "%,.0f MB, s", megabytes + moreMegabytes));
    columns.addAll(List.of("CPU s", "peak memory, MB", "marginal, MB/s"));
    List<Side> peers =
        Stream.of(Side.STATS, Side.PLINK2, Side.HTSJDK).filter(sides::contains).toList();
    for (Side peer : peers) {
      columns.add(
          "by " + (peer == Side.STATS ? "`bcftools stats`" : peer.name().toLowerCase(Locale.ROOT)));
    }
    columns.add("whole, by `bcftools stats`");
    MarkdownTable table = new MarkdownTable(columns.toArray(String[]::new));
    for (Side side : sides) {
      double marginal = marginal(side, ofSmall, ofLarge);
      List<String> row = new ArrayList<>();
      row.add(side.label());
      row.add(wall(ofSmall.get(side)).show("%.2f"));
      row.add(number("%.1f", wall(ofLarge.get(side)).value()));
      row.add(
          number("%.1f", cpu(ofSmall.get(side))) + " → " + number("%.1f", cpu(ofLarge.get(side))));
      row.add(
          number("%.0f", peak(ofSmall.get(side)))
              + " → "
              + number("%.0f", peak(ofLarge.get(side))));
      row.add(number("%.0f", moreMegabytes / marginal));
      for (Side peer : peers) {
        row.add(number("%.2f", marginal(peer, ofSmall, ofLarge) / marginal));
      }
      row.add(
          number("%.2f", wall(ofLarge.get(Side.STATS)).value() / wall(ofLarge.get(side)).value()));
      table.row(row.toArray(String[]::new));
    }
    return String.format(
            Locale.ROOT,
            "## %s: %,d samples, %,d and %,d records%n%n",
            cohort.label(),
            cohort.sampleCount(),
            few,
            many)
        + table
        + "\n"
        + breakEven(ofSmall, ofLarge, megabytes, moreMegabytes);
  }

  String measureReal() throws IOException, InterruptedException {
    Path file = root.resolve(REAL).normalize();
    if (!Files.exists(file)) {
      return "## real\n\nNot measured: the file is not there.\n";
    }
    checkSame(file);
    Map<Side, List<WholeProcess>> runs = runs(file, repeats, EnumSet.allOf(Side.class));
    MarkdownTable table =
        new MarkdownTable("", "s", "CPU s", "peak memory, MB", "whole, by `bcftools stats`");
    for (Side side : Side.values()) {
      Median wall = wall(runs.get(side));
      table.row(
          side.label(),
          wall.show("%.2f"),
          number("%.1f", cpu(runs.get(side))),
          number("%.0f", peak(runs.get(side))),
          number("%.2f", wall(runs.get(Side.STATS)).value() / wall.value()));
    }
    return String.format(
            Locale.ROOT,
            "## real: 1000 Genomes phase 3, chromosome 22, %,.0f MB%n%n",
            textBytes(file) / 1e6)
        + table;
  }

  /** Two lines, start + size by speed, cross at this size. */
  private static String breakEven(
      Map<Side, List<WholeProcess>> ofSmall,
      Map<Side, List<WholeProcess>> ofLarge,
      double megabytes,
      double moreMegabytes) {
    double ours = marginal(Side.DIRECT, ofSmall, ofLarge) / moreMegabytes;
    double theirs = marginal(Side.STATS, ofSmall, ofLarge) / moreMegabytes;
    double ourStart = wall(ofSmall.get(Side.DIRECT)).value() - ours * megabytes;
    double theirStart = wall(ofSmall.get(Side.STATS)).value() - theirs * megabytes;
    String text =
        theirs <= ours
            ? "none: `bcftools stats -s -` is faster at every size"
            : number("%.0f MB", (ourStart - theirStart) / (theirs - ours));
    return "Break-even of the direct runner with `bcftools stats -s -` (from these two sizes): "
        + text
        + "\n";
  }

  private Map<Side, List<WholeProcess>> runs(Path file, int times, Set<Side> sides)
      throws IOException, InterruptedException {
    Map<Side, List<WholeProcess>> runs = new EnumMap<>(Side.class);
    for (int i = 0; i < times; i++) {
      for (Side side : sides) {
        runs.computeIfAbsent(side, s -> new ArrayList<>()).add(run(side, file));
        System.err.printf("%s: %s, %d of %d%n", file.getFileName(), side.label(), i + 1, times);
      }
    }
    return runs;
  }

  private WholeProcess run(Side side, Path file) throws IOException, InterruptedException {
    Path output = output(side);
    delete(output);
    return WholeProcess.run(side.command(root, file, output));
  }

  private Path output(Side side) {
    return work.resolve("out-" + side.name().toLowerCase(Locale.ROOT));
  }

  /** Alleles called, by alternate, as bcftools counts them anew and as we do. */
  private void checkSame(Path file) throws IOException, InterruptedException {
    // Both, so that what is built once is not built in a run that is measured.
    run(Side.FLINK, file);
    run(Side.DIRECT, file);
    List<String> ours = new ArrayList<>();
    try (Stream<String> lines = Files.lines(output(Side.DIRECT).resolve("variants.tsv"))) {
      List<String> all = lines.toList();
      List<String> columns = List.of(all.get(0).split("\t", -1));
      int[] wanted =
          Stream.of("contig", "pos", "ref", "alt", "ac", "an").mapToInt(columns::indexOf).toArray();
      for (String line : all.subList(1, all.size())) {
        String[] cells = line.split("\t", -1);
        StringBuilder row = new StringBuilder();
        for (int column : wanted) {
          row.append(cells[column]).append('\t');
        }
        ours.add(row.toString());
      }
    }
    List<String> theirs =
        WholeProcess.run(
                List.of(
                    "/bin/sh",
                    "-c",
                    "bcftools +fill-tags -Ou \"$1\" -- -t AC,AN | bcftools norm -m - -Ou 2>/dev/null"
                        + " | bcftools query -f '%CHROM\\t%POS\\t%REF\\t%ALT\\t%AC\\t%AN\\t\\n'",
                    "sh",
                    file.toString()))
            .output();
    List<String> expected = new ArrayList<>(theirs);
    expected.sort(Comparator.naturalOrder());
    ours.sort(Comparator.naturalOrder());
    if (!ours.equals(expected)) {
      throw new IOException("The counts of " + file + " are not those of bcftools");
    }
  }

  private static long textBytes(Path file) throws IOException, InterruptedException {
    List<String> count =
        List.of("/bin/sh", "-c", "bgzip -dc -@ 2 \"$1\" | wc -c", "sh", file.toString());
    return Long.parseLong(WholeProcess.run(count).output().get(0).trim());
  }

  private static double marginal(
      Side side, Map<Side, List<WholeProcess>> ofSmall, Map<Side, List<WholeProcess>> ofLarge) {
    return wall(ofLarge.get(side)).value() - wall(ofSmall.get(side)).value();
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

  private static double peak(List<WholeProcess> runs) {
    return Median.of(runs.stream().mapToDouble(WholeProcess::peakBytes).toArray()).value() / 1e6;
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
