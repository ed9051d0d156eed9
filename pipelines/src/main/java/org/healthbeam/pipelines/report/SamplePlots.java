package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Samples side by side: ratios, missingness and depth, with those that stand out by name. */
final class SamplePlots {
  /** So many samples are read; more are counted only. */
  private static final int HELD = 100_000;

  private static final int POINTS = 1_500;
  private static final int LABELS = 8;
  private static final int TABLE = 100;

  /** As gnomAD's quality control has it. */
  static final double DEVIATIONS = 4;

  private static final int FEWEST = 8;

  /** A measure by sample. */
  private record Measure(String id, String title, String how, String axis, String column) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure(
              "ti-tv",
              "Ti/Tv by sample",
              "Transitions over transversions; about 2.0 to 2.1 in a whole human genome, about 3 in"
                  + " exomes, 0.5 if calls were random.",
              "Ti/Tv ratio",
              "ti_tv"),
          new Measure(
              "het-hom",
              "Het/hom by sample",
              "Heterozygous over homozygous alternate calls; high means contamination or mixed"
                  + " ancestry, low related parents or lost alleles.",
              "het/hom ratio",
              "het_hom"),
          new Measure(
              "missingness",
              "Missingness by sample",
              "Share of the sites without a complete call.",
              "missing calls (%)",
              "call_rate"),
          new Measure(
              "depth",
              "Depth by sample",
              "Mean depth over called sites.",
              "mean depth (reads)",
              "dp_mean"));

  private final List<String> names = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();
  private final SampleOutliers outliers = new SampleOutliers();
  private final List<Block> plots = new ArrayList<>();
  private long samples;

  private SamplePlots() {}

  static SamplePlots of(Path file) throws IOException {
    SamplePlots result = new SamplePlots();
    result.samples = TsvTable.forEach(file, result::add);
    for (int i = 0; i < MEASURES.size(); i++) {
      result.plot(MEASURES.get(i), i);
    }
    return result;
  }

  private void add(TsvTable.Row row) {
    if (names.size() == HELD) {
      return;
    }
    names.add(row.text("sample"));
    double[] measures = new double[MEASURES.size()];
    for (int i = 0; i < measures.length; i++) {
      double x = row.number(MEASURES.get(i).column);
      measures[i] = MEASURES.get(i).column.equals("call_rate") ? 100 * (1 - x) : x;
    }
    values.add(measures);
  }

  long samples() {
    return samples;
  }

  /** Returns how many samples stand out in any measure. */
  int outliers() {
    return outliers.samples();
  }

  /** Returns a plot for each measure, then a table of the samples that stand out. */
  List<Block> plots() {
    return Stream.concat(plots.stream(), outliers.table().stream()).toList();
  }

  private void plot(Measure measure, int column) {
    int[] order =
        IntStream.range(0, names.size())
            .filter(i -> !Double.isNaN(values.get(i)[column]))
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> values.get(i)[column])
                    .thenComparing(names::get))
            .mapToInt(Integer::intValue)
            .toArray();
    if (order.length == 0) {
      return;
    }
    double[] sorted = Arrays.stream(order).mapToDouble(i -> values.get(i)[column]).toArray();
    double median = median(sorted);
    double spread = spread(sorted, median);
    boolean judged = spread > 0 && sorted.length >= FEWEST;
    double low = median - DEVIATIONS * spread;
    double high = median + DEVIATIONS * spread;

    List<Integer> outside = new ArrayList<>();
    for (int rank = 0; rank < order.length; rank++) {
      if (judged && (sorted[rank] < low || sorted[rank] > high)) {
        outside.add(rank);
        outliers.add(names.get(order[rank]), measure.axis, sorted[rank], median, spread);
      }
    }
    outside.sort(
        Comparator.comparing((Integer rank) -> -Math.abs(sorted[rank] - median))
            .thenComparing(Comparator.naturalOrder()));
    Set<Integer> labelled =
        new LinkedHashSet<>(outside.subList(0, Math.min(LABELS, outside.size())));
    Set<Integer> extreme = new HashSet<>(outside.subList(0, Math.min(POINTS / 3, outside.size())));
    int stride = Math.max(1, (order.length + POINTS - 1) / POINTS);
    List<List<Object>> points = new ArrayList<>();
    for (int rank = 0; rank < order.length; rank++) {
      if (rank % stride == 0 || rank == order.length - 1 || extreme.contains(rank)) {
        boolean out = judged && (sorted[rank] < low || sorted[rank] > high);
        points.add(
            List.of(
                rank + 1,
                Numbers.json(sorted[rank]),
                names.get(order[rank]),
                out ? labelled.contains(rank) ? 2 : 1 : 0));
      }
    }
    Chart chart =
        Chart.of(Chart.Kind.RANKED)
            .with("points", points)
            .with("median", Numbers.json(median))
            .with("valueName", measure.axis)
            .with("rankName", "samples in order of value (rank)");
    if (judged) {
      chart
          .with("low", Numbers.json(measure.column.equals("call_rate") ? Math.max(0, low) : low))
          .with("high", Numbers.json(high));
    }
    plots.add(
        new Block.Plot(
            measure.id,
            measure.title,
            measure.how
                + " One point a sample; the line is the median"
                + (judged
                    ? ", shaded are "
                        + Numbers.shortly(DEVIATIONS)
                        + " deviations to both sides. "
                        + (outside.isEmpty()
                            ? "No sample lies outside."
                            : Numbers.count(outside.size())
                                + (outside.size() == 1 ? " sample lies" : " samples lie")
                                + " outside and "
                                + (outside.size() == 1 ? "is a diamond." : "are diamonds."))
                    : ".")
                + (stride > 1
                    ? " Of "
                        + Numbers.count(order.length)
                        + " samples one in "
                        + stride
                        + " is drawn, and those outside."
                    : "")
                + (samples > HELD ? " Only the first " + Numbers.count(HELD) + " were read." : ""),
            false,
            chart,
            table(measure, order, sorted)));
  }

  private Block.Table table(Measure measure, int[] order, double[] sorted) {
    List<List<Object>> rows = new ArrayList<>();
    for (int rank = 0; rank < order.length; rank++) {
      if (order.length <= TABLE || rank < TABLE / 2 || rank >= order.length - TABLE / 2) {
        rows.add(List.of((long) (rank + 1), names.get(order[rank]), sorted[rank]));
      }
    }
    return new Block.Table(
        measure.title,
        order.length > TABLE
            ? "The lowest and the highest "
                + TABLE / 2
                + "; "
                + Numbers.count(order.length - TABLE)
                + " between them are not shown."
            : "",
        List.of(
            Block.Column.number("Rank"),
            Block.Column.text("Sample"),
            Block.Column.number(measure.axis)),
        rows);
  }

  /**
   * Returns the median absolute deviation, or where most samples are alike the mean one, each
   * scaled to a standard deviation (Iglewicz and Hoaglin 1993).
   */
  private static double spread(double[] values, double median) {
    double[] deviations = Arrays.stream(values).map(x -> Math.abs(x - median)).sorted().toArray();
    double middle = median(deviations);
    return middle > 0 ? 1.4826 * middle : 1.2533 * Arrays.stream(deviations).average().orElse(0);
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
