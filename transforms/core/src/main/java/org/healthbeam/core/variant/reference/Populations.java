package org.healthbeam.core.variant.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which samples are in which populations, from a table: sample, then one population or more.
 *
 * <p>Columns are separated by tabs; every column after the first has populations, several in one
 * cell are separated by commas, and empty cells have none. A first line whose first cell is {@code
 * sample}, {@code sample_id}, {@code sample name}, {@code iid} or {@code s} is a header (in any
 * case, after a {@code #} or not); columns that it calls {@code sex} or {@code gender} are not
 * used. So 1000 Genomes' panel works as it is. A sample may be in several populations, and stand on
 * several lines. Empty lines, and those after the first that begin with {@code #}, are passed over.
 *
 * <p>A population is an index here, in the order of the names. Names of samples are not shown.
 */
public final class Populations {
  private static final Set<String> SAMPLE =
      Set.of("sample", "sample_id", "sample name", "iid", "s");
  private static final Set<String> NO_POPULATION = Set.of("sex", "gender");

  private final String name;
  private final List<String> names;
  private final Map<String, int[]> bySample;

  private Populations(String name, Map<String, Set<String>> table) {
    this.name = name;
    Set<String> all = new TreeSet<>();
    table.values().forEach(all::addAll);
    this.names = List.copyOf(all);
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      index.put(names.get(i), i);
    }
    this.bySample = new HashMap<>();
    Map<Set<String>, int[]> shared = new HashMap<>();
    table.forEach(
        (sample, in) ->
            bySample.put(
                sample,
                shared.computeIfAbsent(
                    in, set -> set.stream().mapToInt(index::get).sorted().toArray())));
  }

  /**
   * Reads a table to its end.
   *
   * @param name what it is called in messages
   * @param lines of the table, its header included
   * @return the populations, in the order of their names
   * @throws IOException if it cannot be read, or names no population
   */
  public static Populations read(String name, BufferedReader lines) throws IOException {
    Map<String, Set<String>> table = new TreeMap<>();
    Set<Integer> unused = new HashSet<>();
    boolean first = true;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isBlank() || (!first && line.startsWith("#"))) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (first && isHeader(cells[0])) {
        for (int i = 1; i < cells.length; i++) {
          if (NO_POPULATION.contains(cells[i].strip().toLowerCase(Locale.ROOT))) {
            unused.add(i);
          }
        }
      } else if (!line.startsWith("#")) {
        Set<String> in = table.computeIfAbsent(cells[0].strip(), sample -> new TreeSet<>());
        for (int i = 1; i < cells.length; i++) {
          if (!unused.contains(i)) {
            Arrays.stream(cells[i].split(","))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .forEach(in::add);
          }
        }
      }
      first = false;
    }
    Populations result = new Populations(name, table);
    if (result.names.isEmpty()) {
      throw new IOException(
          "%s names no population; a line is a sample, a tab, and a population".formatted(name));
    }
    return result;
  }

  private static boolean isHeader(String cell) {
    String bare = cell.startsWith("#") ? cell.substring(1) : cell;
    return SAMPLE.contains(bare.strip().toLowerCase(Locale.ROOT));
  }

  /** {@return what the table is called in messages: its file} */
  public String name() {
    return name;
  }

  /** {@return the names of the populations, in order} */
  public List<String> names() {
    return names;
  }

  /**
   * {@return the populations that a sample is in; none if the table does not have it}
   *
   * @param sample the name, compared exactly
   */
  public int[] of(String sample) {
    return bySample.getOrDefault(sample, new int[0]).clone();
  }

  /**
   * Says how the table fits the samples of a cohort.
   *
   * @param samples the names, each once
   * @return how many of the samples each population has, and how many are in none
   */
  public Match match(List<String> samples) {
    long[] sizes = new long[names.size()];
    long without = 0;
    long listed = 0;
    for (String sample : samples) {
      int[] in = bySample.get(sample);
      listed += in == null ? 0 : 1;
      without += in == null || in.length == 0 ? 1 : 0;
      for (int population : in == null ? new int[0] : in) {
        sizes[population]++;
      }
    }
    Map<String, Long> bySize = new TreeMap<>();
    for (int i = 0; i < sizes.length; i++) {
      bySize.put(names.get(i), sizes[i]);
    }
    return new Match(samples.size() - without, without, bySample.size() - listed, bySize);
  }

  /**
   * How a table fits the samples of a cohort.
   *
   * @param matched samples with a population
   * @param without samples without one
   * @param unknown samples of the table that the cohort does not have
   * @param sizes how many samples of the cohort each population has, by name
   */
  public record Match(long matched, long without, long unknown, Map<String, Long> sizes) {
    /** {@return how many populations have no sample} */
    public long empty() {
      return sizes.values().stream().filter(n -> n == 0).count();
    }
  }

  /** Shows no name. */
  @Override
  public String toString() {
    return "Populations(%d samples, %d populations)".formatted(bySample.size(), names.size());
  }
}
