package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The first regions of {@code regions.tsv} in the order of the genome. */
final class RegionsTable {
  private static final int REGIONS = 50;

  private static final List<String> PLACE = List.of("contig", "start", "end", "name");
  private static final List<String> TOLD_OF_REGIONS =
      List.of(
          "n_records",
          "n_alleles",
          "n_snp",
          "n_ins",
          "n_del",
          "n_singleton",
          "ti_tv",
          "het_hom",
          "call_rate");

  private RegionsTable() {}

  /** A region's place; by contig as people count them, then by position. */
  private record Region(String contig, long start, long end, String name)
      implements Comparable<Region> {
    private static final Comparator<Region> ORDER =
        Comparator.comparing((Region r) -> number(r.contig))
            .thenComparing(Region::contig)
            .thenComparing(Region::start)
            .thenComparing(Region::end)
            .thenComparing(Region::name);

    private static long number(String contig) {
      String bare = contig.startsWith("chr") ? contig.substring(3) : contig;
      try {
        return Long.parseLong(bare);
      } catch (NumberFormatException e) {
        return Long.MAX_VALUE;
      }
    }

    @Override
    public int compareTo(Region that) {
      return ORDER.compare(this, that);
    }
  }

  /** Returns the table; nothing if there is no region. */
  static List<Block> of(Path file) throws IOException {
    List<String> all = TsvTable.columns(file);
    List<String> told = TOLD_OF_REGIONS.stream().filter(all::contains).toList();
    List<String> counters =
        told.isEmpty() ? all.stream().filter(c -> !PLACE.contains(c)).limit(10).toList() : told;
    TreeMap<Region, List<Object>> first = new TreeMap<>();
    long n =
        TsvTable.forEach(
            file,
            row -> {
              Region region =
                  new Region(
                      row.text("contig"), row.count("start"), row.count("end"), row.text("name"));
              if (first.size() == REGIONS && region.compareTo(first.lastKey()) > 0) {
                return;
              }
              List<Object> cells = new ArrayList<>();
              cells.add(region.contig);
              cells.add(region.start);
              cells.add(region.end);
              cells.add(region.name);
              counters.forEach(c -> cells.add(row.number(c)));
              first.put(region, cells);
              if (first.size() > REGIONS) {
                first.pollLastEntry();
              }
            });
    if (n == 0) {
      return List.of();
    }
    List<Block.Column> columns = new ArrayList<>();
    columns.add(Block.Column.text("contig"));
    columns.add(Block.Column.number("start"));
    columns.add(Block.Column.number("end"));
    columns.add(Block.Column.text("name"));
    counters.forEach(c -> columns.add(Block.Column.number(CohortTables.words(c))));
    return List.of(
        new Block.Table(
            "Regions",
            "Start counts from 0, as in BED. "
                + (n > first.size()
                    ? Numbers.count(n - first.size()) + " more regions are not shown. "
                    : "")
                + "All counters are in regions.tsv.",
            columns,
            List.copyOf(first.values())));
  }
}
