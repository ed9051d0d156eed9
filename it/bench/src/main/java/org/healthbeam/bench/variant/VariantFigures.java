package org.healthbeam.bench.variant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
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

  /** A minute or more for each; what differs from run to run is little beside that. */
  private static final int REPEATS_OF_LARGE = 1;

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

  String measure(SyntheticCohort cohort, int few, int many)
      throws IOException, InterruptedException {
    Path small = cohort.file(work, few);
    Path large = cohort.file(work, many);
    checkSame(small);
    Map<Side, List<WholeProcess>> ofSmall = runs(small, repeats);
    Map<Side, List<WholeProcess>> ofLarge = runs(large, REPEATS_OF_LARGE);
    double megabytes = textBytes(small) / 1e6;
    double moreMegabytes = textBytes(large) / 1e6 - megabytes;
    MarkdownTable table =
        new MarkdownTable(
            "",
            String.format(Locale.ROOT, "%,.0f MB, s", megabytes),
            String.format(Locale.ROOT, "%,.0f MB, s", megabytes + moreMegabytes),
            "CPU s",
            "peak memory, MB",
            "marginal, MB/s",
            "by `bcftools stats`",
            "by plink2",
            "by htsjdk",
            "whole, by `bcftools stats`");
    for (Side side : Side.values()) {
      double marginal = marginal(side, ofSmall, ofLarge);
      table.row(
          side.label(),
          wall(ofSmall.get(side)).show("%.2f"),
          number("%.1f", wall(ofLarge.get(side)).value()),
          number("%.1f", cpu(ofSmall.get(side))) + " → " + number("%.1f", cpu(ofLarge.get(side))),
          number("%.0f", peak(ofSmall.get(side))) + " → " + number("%.0f", peak(ofLarge.get(side))),
          number("%.0f", moreMegabytes / marginal),
          number("%.2f", marginal(Side.STATS, ofSmall, ofLarge) / marginal),
          number("%.2f", marginal(Side.PLINK2, ofSmall, ofLarge) / marginal),
          number("%.2f", marginal(Side.HTSJDK, ofSmall, ofLarge) / marginal),
          number("%.2f", wall(ofLarge.get(Side.STATS)).value() / wall(ofLarge.get(side)).value()));
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
    Map<Side, List<WholeProcess>> runs = runs(file, repeats);
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

  private Map<Side, List<WholeProcess>> runs(Path file, int times)
      throws IOException, InterruptedException {
    Map<Side, List<WholeProcess>> runs = new EnumMap<>(Side.class);
    for (int i = 0; i < times; i++) {
      for (Side side : Side.values()) {
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

  private static long textBytes(Path file) throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
      }
    }
    return bytes;
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
