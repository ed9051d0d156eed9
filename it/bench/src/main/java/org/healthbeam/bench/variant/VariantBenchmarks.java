package org.healthbeam.bench.variant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.bench.Machine;

/**
 * Runs the benchmarks of variant summaries and writes their figures as Markdown. {@code
 * it/bench/run} starts it.
 */
final class VariantBenchmarks {
  private static final int REPEATS = 3;

  private VariantBenchmarks() {}

  /**
   * Takes the root of the source tree, a folder for what is made, the commit, and which of {@code
   * gt}, {@code formats}, {@code genome}, {@code real} and, with {@code -large} behind them, the
   * first three on ten times as many records, to run.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path work = Path.of(args[1]).toAbsolutePath().normalize();
    Files.createDirectories(work);
    List<String> parts = new ArrayList<>();
    parts.add("Commit " + args[2] + "; " + Machine.describe() + ".\n");
    VariantFigures figures = new VariantFigures(root, work, REPEATS);
    parts.add(figures.versions() + "\n");
    for (String part : List.of(args).subList(3, args.length)) {
      String text =
          switch (part) {
            case "gt" -> figures.measure(SyntheticCohort.PANEL, 20_000, 200_000);
            case "formats" -> figures.measure(SyntheticCohort.CALLED, 20_000, 200_000);
            case "genome" -> figures.measure(SyntheticCohort.GENOME, 500_000, 5_000_000);
            case "gt-large" ->
                figures.measureLarge(SyntheticCohort.PANEL, 20_000, 200_000, 2_000_000);
            case "formats-large" ->
                figures.measureLarge(SyntheticCohort.CALLED, 20_000, 200_000, 2_000_000);
            case "genome-large" ->
                figures.measureLarge(SyntheticCohort.GENOME, 500_000, 5_000_000, 50_000_000);
            case "real" -> figures.measureReal();
            default -> throw new IllegalArgumentException("There is no benchmark " + part);
          };
      parts.add(text);
      System.out.println(text);
      // After each part, so that none is lost with a later one.
      Files.writeString(work.resolve("variants.md"), String.join("\n", parts));
    }
    System.out.println("Written to " + work.resolve("variants.md"));
  }
}
