package org.healthbeam.core.variant;

import static org.healthbeam.core.variant.SampleLayout.BY_TYPE;
import static org.healthbeam.core.variant.SampleLayout.DEPTH;
import static org.healthbeam.core.variant.SampleLayout.FIXED_POINT;
import static org.healthbeam.core.variant.SampleLayout.HET_SITES;
import static org.healthbeam.core.variant.SampleLayout.KNOWN;
import static org.healthbeam.core.variant.SampleLayout.KNOWN_TI;
import static org.healthbeam.core.variant.SampleLayout.KNOWN_TV;
import static org.healthbeam.core.variant.SampleLayout.LEFT_OUT_EXPECTED;
import static org.healthbeam.core.variant.SampleLayout.LEFT_OUT_SITES;
import static org.healthbeam.core.variant.SampleLayout.PRIVATE;
import static org.healthbeam.core.variant.SampleLayout.QUALITY;
import static org.healthbeam.core.variant.SampleLayout.SINGLETON;
import static org.healthbeam.core.variant.SampleLayout.TI;
import static org.healthbeam.core.variant.SampleLayout.TV;
import static org.healthbeam.core.variant.SampleLayout.WIDTH;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * What the genotypes of each sample come to, in whole numbers that merge in any order.
 *
 * <p>Its size is 33 longs for a sample, whatever the number of records, and while it counts two
 * ints more for each kind of alternate. A diploid homozygote of the reference touches no cell: such
 * genotypes are what the other counters leave of the records.
 */
public final class SampleTotals {
  @Nullable private List<String> samples;
  private String source = "";
  private long[] cells = new long[0];

  private final DiploidCalls diploid = new DiploidCalls();

  /** Small depths and qualities that are not in the cells yet: two places for each sample. */
  @Nullable private PackedMoments packed;

  private int packedRecords;
  private long records;
  private long sites;
  private long expected;

  /** Says whose samples are counted; called for every file before its records. */
  void expect(VcfHeader header, String file) {
    if (samples == null) {
      samples = header.samples();
      source = file;
      cells = new long[samples.size() * WIDTH];
    } else if (!samples.equals(header.samples())) {
      throw new IllegalStateException("samples differ; begin new totals");
    } else if (file.compareTo(source) < 0) {
      source = file;
    }
  }

  boolean fits(VcfHeader header) {
    return samples == null || samples.equals(header.samples());
  }

  /** Counts one record. */
  void add(ScannedRecord r) {
    GenotypeScan g = r.genotypes;
    records++;
    long expectedHere = expected(r);
    if (expectedHere > 0) {
      sites++;
      expected += expectedHere;
    }
    if (g.onlyDiploid && g.alleles == 2 && r.types[1].isVariant()) {
      addDiploid(r, expectedHere > 0);
    } else {
      addEach(r, expectedHere);
    }
    if (g.hasDepth || g.hasQuality) {
      addMoments(g);
    }
  }

  /** Counts diploid calls of a record with one alternate. */
  private void addDiploid(ScannedRecord r, boolean isExpected) {
    GenotypeScan g = r.genotypes;
    if (g.kept == 0) {
      return;
    }
    diploid.add(r, isExpected, samples.size());
    if (g.carriers[1] == 1) {
      int base = g.keptSample[0] * WIDTH;
      cells[base + PRIVATE]++;
      cells[base + SINGLETON] += g.ac[1] == 1 ? 1 : 0;
    }
    if (diploid.isFull()) {
      fold();
    }
  }

  /** Puts all counts into the cells. */
  private void fold() {
    foldMoments();
    diploid.foldInto(cells);
  }

  private void addEach(ScannedRecord r, long expectedHere) {
    GenotypeScan g = r.genotypes;
    for (int k = 0; k < g.kept; k++) {
      int base = g.keptSample[k] * WIDTH;
      Call call = Call.at(g.keptCall[k]);
      cells[base + call.index()]++;
      addAlleles(r, base, g.keptFrom[k], g.keptFrom[k + 1]);
      if (expectedHere > 0) {
        boolean diploid = call.isCalled() && g.keptFrom[k + 1] - g.keptFrom[k] == 2;
        if (!diploid) {
          cells[base + LEFT_OUT_SITES]++;
          cells[base + LEFT_OUT_EXPECTED] += expectedHere;
        } else if (call == Call.HET && hasOnce(g, g.keptFrom[k], r.onlyVariant())) {
          cells[base + HET_SITES]++;
        }
      }
    }
  }

  private static boolean hasOnce(GenotypeScan g, int at, int allele) {
    return (g.keptAlleles[at] == allele) != (g.keptAlleles[at + 1] == allele);
  }

  /**
   * PLINK's choice of sites: one alternate, diploid calls, and both alleles are there. What a gVCF
   * has beside the alternate, {@code <NON_REF>}, is the reference.
   */
  static long expected(ScannedRecord r) {
    GenotypeScan g = r.genotypes;
    int only = r.onlyVariant();
    if (!g.counted || only == 0) {
      return 0;
    }
    long alternate = 2L * g.diploidHom[only] + g.diploidHet[only];
    double all = 2.0 * g.diploid;
    return alternate == 0 || alternate == 2L * g.diploid
        ? 0
        : Math.round(alternate * (all - alternate) / (all - 1) / g.diploid * FIXED_POINT);
  }

  private void addAlleles(ScannedRecord r, int base, int from, int to) {
    GenotypeScan g = r.genotypes;
    for (int at = from; at < to; at++) {
      int allele = g.keptAlleles[at];
      if (allele == 0 || !r.types[allele].isVariant()) {
        continue;
      }
      cells[base + BY_TYPE + r.types[allele].index()]++;
      boolean known = r.novelty[allele] == Novelty.KNOWN;
      cells[base + KNOWN] += known ? 1 : 0;
      if (r.substitutions[allele] >= 0) {
        boolean transition = AlleleType.isTransition(r.substitutions[allele]);
        cells[base + (transition ? TI : TV)]++;
        cells[base + (transition ? KNOWN_TI : KNOWN_TV)] += known ? 1 : 0;
      }
      if (g.ac[allele] == 1) {
        cells[base + SINGLETON]++;
      }
      if (g.carriers[allele] == 1 && isFirst(g, from, at)) {
        cells[base + PRIVATE]++;
      }
    }
  }

  private static boolean isFirst(GenotypeScan g, int from, int at) {
    for (int i = from; i < at; i++) {
      if (g.keptAlleles[i] == g.keptAlleles[at]) {
        return false;
      }
    }
    return true;
  }

  private void addMoments(GenotypeScan g) {
    if (packedRecords == PackedMoments.MOST) {
      foldMoments();
    }
    packedRecords++;
    packed = packed == null ? new PackedMoments(2 * samples.size()) : packed;
    int next = 0;
    for (int s = 0; s < g.samples; s++) {
      // What is diploid is called.
      if (!g.onlyDiploid
          && next < g.kept
          && g.keptSample[next] == s
          && !Call.at(g.keptCall[next++]).isCalled()) {
        continue;
      }
      int d = g.hasDepth ? g.dp[s] : -1;
      if (d >= 0 && d <= PackedMoments.GREATEST) {
        packed.add(2 * s, d);
      } else if (d >= 0) {
        addMoment(s * WIDTH + DEPTH, 1, d, 0, (long) d * d);
      }
      long q = g.hasQuality ? g.gq[s] : -1;
      long whole = q / GenotypeScan.GQ_SCALE;
      if (q >= 0 && whole <= PackedMoments.GREATEST && whole * GenotypeScan.GQ_SCALE == q) {
        packed.add(2 * s + 1, (int) whole);
      } else if (q >= 0) {
        addMoment(s * WIDTH + QUALITY, 1, q, Math.multiplyHigh(q, q), q * q);
      }
    }
  }

  private void foldMoments() {
    for (int s = 0; packedRecords > 0 && s < samples.size(); s++) {
      foldMoments(s * WIDTH + DEPTH, 2 * s, 1);
      foldMoments(s * WIDTH + QUALITY, 2 * s + 1, GenotypeScan.GQ_SCALE);
    }
    packedRecords = 0;
  }

  private void foldMoments(int at, int place, long scale) {
    addMoment(
        at, packed.n(place), packed.sum(place) * scale, 0, packed.squares(place) * scale * scale);
    packed.clear(place);
  }

  /**
   * Counts the same call of a sample in so many records, which {@link #add(ScannedRecord)} was
   * given without it.
   *
   * @param otherSites how many of them have an expected heterozygosity, if the call is not diploid
   * @param otherExpected what these expected heterozygosities come to
   */
  void add(int sample, Call call, long times, long otherSites, long otherExpected) {
    int base = sample * WIDTH;
    cells[base + call.index()] += times;
    cells[base + LEFT_OUT_SITES] += otherSites;
    cells[base + LEFT_OUT_EXPECTED] += otherExpected;
  }

  void addDepth(int sample, long value, long times) {
    addMoment(sample * WIDTH + DEPTH, value, times);
  }

  void addQuality(int sample, long value, long times) {
    addMoment(sample * WIDTH + QUALITY, value, times);
  }

  private void addMoment(int at, long value, long times) {
    Moments moments = new Moments();
    moments.addTimes(value, times);
    addMoment(at, times, value * times, moments.squaresHigh(), moments.squaresLow());
  }

  private void addMoment(int at, long n, long sum, long high, long low) {
    cells[at] += n;
    cells[at + 1] += sum;
    cells[at + 2] += high;
    cells[at + 3] += low;
    if (Long.compareUnsigned(cells[at + 3], low) < 0) {
      cells[at + 2]++;
    }
  }

  /**
   * Adds all that another has counted, sample by sample by name.
   *
   * @param other keeps what it has
   * @throws IncompatibleSamplesException if the samples are not the same ones
   */
  public void add(SampleTotals other) {
    if (other.samples == null) {
      return;
    }
    fold();
    other.fold();
    if (samples == null) {
      samples = other.samples;
      source = other.source;
      cells = new long[other.cells.length];
    }
    int[] place = null;
    if (!samples.equals(other.samples)) {
      // The order of the result must not depend on who is merged into whom.
      if (String.join("\t", other.samples).compareTo(String.join("\t", samples)) < 0) {
        cells = reordered(other.samples, places(samples, other));
        samples = other.samples;
      } else {
        place = places(other.samples, this);
      }
    }
    for (int s = 0; s < other.samples.size(); s++) {
      int to = (place == null ? s : place[s]) * WIDTH;
      addCells(to, other.cells, s * WIDTH);
    }
    records += other.records;
    sites += other.sites;
    expected += other.expected;
    source = source.compareTo(other.source) <= 0 ? source : other.source;
  }

  /** Takes out all that another, of the same samples in the same order, has counted. */
  void subtract(SampleTotals other) {
    fold();
    other.fold();
    if (!names().equals(other.names())) {
      throw new IllegalArgumentException("the totals are of other samples");
    }
    for (int at = 0; at < other.cells.length; at += WIDTH) {
      for (int i = 0; i < DEPTH; i++) {
        cells[at + i] -= other.cells[at + i];
      }
      for (int i = at + DEPTH; i < at + WIDTH; i += 4) {
        long low = other.cells[i + 3];
        long high = ~other.cells[i + 2] + (low == 0 ? 1 : 0);
        addMoment(i, -other.cells[i], -other.cells[i + 1], high, -low);
      }
    }
    records -= other.records;
    sites -= other.sites;
    expected -= other.expected;
  }

  /**
   * {@return what was counted, of these samples: one that was not counted is missing in all
   * records, one that is not asked for is left out}
   */
  SampleTotals over(List<String> names) {
    fold();
    SampleTotals result = new SampleTotals();
    result.samples = List.copyOf(names);
    result.source = source;
    result.records = records;
    result.sites = sites;
    result.expected = expected;
    result.cells = new long[names.size() * WIDTH];
    Map<String, Integer> place = new HashMap<>();
    names().forEach(name -> place.put(name, place.size()));
    for (int s = 0; s < names.size(); s++) {
      Integer from = place.get(names.get(s));
      if (from != null) {
        System.arraycopy(cells, from * WIDTH, result.cells, s * WIDTH, WIDTH);
      } else {
        result.add(s, Call.MISSING, records, sites, expected);
      }
    }
    return result;
  }

  /** {@return the names of the samples, in their order} */
  public List<String> names() {
    return samples == null ? List.of() : samples;
  }

  private void addCells(int to, long[] from, int at) {
    for (int i = 0; i < DEPTH; i++) {
      cells[to + i] += from[at + i];
    }
    for (int i = DEPTH; i < WIDTH; i += 4) {
      addMoment(to + i, from[at + i], from[at + i + 1], from[at + i + 2], from[at + i + 3]);
    }
  }

  private long[] reordered(List<String> order, int[] place) {
    long[] result = new long[order.size() * WIDTH];
    for (int s = 0; s < place.length; s++) {
      System.arraycopy(cells, s * WIDTH, result, place[s] * WIDTH, WIDTH);
    }
    return result;
  }

  /** {@return where each of {@code names} stands among the samples of {@code totals}} */
  private int[] places(List<String> names, SampleTotals totals) {
    List<String> among = totals.names();
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < among.size(); i++) {
      place.put(among.get(i), i);
    }
    if (!new HashSet<>(names).equals(place.keySet())) {
      String first = source.compareTo(totals.source) <= 0 ? source : totals.source;
      throw new IncompatibleSamplesException(first, names.size(), among.size());
    }
    return names.stream().mapToInt(place::get).toArray();
  }

  /** {@return what each sample's genotypes come to, in the order of the samples} */
  public List<SampleSummary> summaries() {
    fold();
    List<SampleSummary> result = new ArrayList<>();
    List<String> names = names();
    for (int s = 0; s < names.size(); s++) {
      result.add(SampleLayout.summary(names.get(s), cells, s * WIDTH, records, sites, expected));
    }
    return result;
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    fold();
    out.writeBoolean(samples != null);
    if (samples != null) {
      Varints.writeText(out, source);
      Varints.write(out, samples.size());
      for (String name : samples) {
        Varints.writeText(out, name);
      }
      Varints.write(out, records);
      Varints.write(out, sites);
      Varints.write(out, expected);
      Varints.writeAll(out, cells);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static SampleTotals read(DataInput in) throws IOException {
    SampleTotals result = new SampleTotals();
    if (in.readBoolean()) {
      result.source = Varints.readText(in);
      int size = (int) Varints.read(in);
      List<String> names = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        names.add(Varints.readText(in));
      }
      result.samples = List.copyOf(names);
      result.records = Varints.read(in);
      result.sites = Varints.read(in);
      result.expected = Varints.read(in);
      result.cells = Varints.readAll(in);
    }
    return result;
  }

  private boolean isFolded() {
    fold();
    return true;
  }

  @Override
  public boolean equals(Object other) {
    fold();
    return other instanceof SampleTotals that
        && that.isFolded()
        && source.equals(that.source)
        && java.util.Objects.equals(samples, that.samples)
        && records == that.records
        && sites == that.sites
        && expected == that.expected
        && Arrays.equals(cells, that.cells);
  }

  @Override
  public int hashCode() {
    fold();
    return 31 * Long.hashCode(records) + Arrays.hashCode(cells);
  }

  /** Shows no name. */
  @Override
  public String toString() {
    return "SampleTotals(%d samples, %d records)"
        .formatted(samples == null ? 0 : samples.size(), records);
  }
}
