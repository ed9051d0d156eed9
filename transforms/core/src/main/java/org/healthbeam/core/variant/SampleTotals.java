package org.healthbeam.core.variant;

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
 * <p>Its size is {@value #WIDTH} longs for a sample, whatever the number of records, and while it
 * counts two ints more for each kind of alternate. A diploid homozygote of the reference touches no
 * cell: such genotypes are what the other counters leave of the records.
 */
public final class SampleTotals {
  private static final int CALLS = Call.count();
  private static final int BY_TYPE = CALLS;
  private static final int SNP = BY_TYPE + AlleleType.SNP.index();
  private static final int MNP = BY_TYPE + AlleleType.MNP.index();
  private static final int INS = BY_TYPE + AlleleType.INSERTION.index();
  private static final int DEL = BY_TYPE + AlleleType.DELETION.index();
  private static final int COMPLEX = BY_TYPE + AlleleType.COMPLEX.index();
  private static final int STAR = BY_TYPE + AlleleType.STAR.index();
  private static final int SYMBOLIC = BY_TYPE + AlleleType.SYMBOLIC.index();
  private static final int BREAKEND = BY_TYPE + AlleleType.BREAKEND.index();
  private static final int TI = BREAKEND + 1;
  private static final int TV = TI + 1;
  private static final int SINGLETON = TV + 1;
  private static final int PRIVATE = SINGLETON + 1;
  private static final int HET_SITES = PRIVATE + 1;
  private static final int LEFT_OUT_SITES = HET_SITES + 1;
  private static final int LEFT_OUT_EXPECTED = LEFT_OUT_SITES + 1;
  private static final int KNOWN = LEFT_OUT_EXPECTED + 1;
  private static final int KNOWN_TI = KNOWN + 1;
  private static final int KNOWN_TV = KNOWN_TI + 1;
  private static final int DEPTH = KNOWN_TV + 1;
  private static final int QUALITY = DEPTH + 4;
  private static final int WIDTH = QUALITY + 4;

  // What calls of records with one alternate have in common, as digits of one number.
  private static final int EXPECTED_KINDS = 2;
  private static final int SUBSTITUTION_KINDS = 3 * EXPECTED_KINDS;
  private static final int NOVELTY_KINDS = 2 * SUBSTITUTION_KINDS;
  private static final int KINDS = AlleleType.count() * NOVELTY_KINDS;
  private static final int MOST_UNFOLDED = 1 << 30;

  /** Expected heterozygosities are summed as multiples of 2^-32: exactly, up to 2^31 sites. */
  private static final double FIXED_POINT = 0x1p32;

  @Nullable private List<String> samples;
  private String source = "";
  private long[] cells = new long[0];

  /**
   * By kind of the only alternate, and two for each sample, diploid calls that are not in the cells
   * yet: heterozygotes and homozygotes. A call touches one of them, and half a dozen cells.
   */
  private final int[][] unfolded = new int[KINDS][];

  private int unfoldedRecords;
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
    int substitution = r.substitutions[1];
    int kind = r.types[1].index() * NOVELTY_KINDS;
    kind += r.novelty[1] == Novelty.KNOWN ? SUBSTITUTION_KINDS : 0;
    if (substitution >= 0) {
      kind += (AlleleType.isTransition(substitution) ? 1 : 2) * EXPECTED_KINDS;
    }
    kind += isExpected ? 1 : 0;
    if (unfolded[kind] == null) {
      unfolded[kind] = new int[2 * samples.size()];
    }
    int[] counts = unfolded[kind];
    int homozygous = Call.HOM_ALT.index();
    for (int k = 0; k < g.kept; k++) {
      counts[2 * g.keptSample[k] + (g.keptCall[k] == homozygous ? 1 : 0)]++;
    }
    if (g.carriers[1] == 1) {
      int base = g.keptSample[0] * WIDTH;
      cells[base + PRIVATE]++;
      cells[base + SINGLETON] += g.ac[1] == 1 ? 1 : 0;
    }
    if (++unfoldedRecords == MOST_UNFOLDED) {
      fold();
    }
  }

  /** Puts all counts into the cells. */
  private void fold() {
    for (int kind = 0; kind < KINDS && unfoldedRecords > 0; kind++) {
      if (unfolded[kind] != null) {
        for (int s = 0; s < samples.size(); s++) {
          fold(kind, s * WIDTH, unfolded[kind][2 * s], unfolded[kind][2 * s + 1]);
        }
        unfolded[kind] = null;
      }
    }
    unfoldedRecords = 0;
  }

  private void fold(int kind, int base, int het, int hom) {
    long calls = het + 2L * hom;
    cells[base + Call.HET.index()] += het;
    cells[base + Call.HOM_ALT.index()] += hom;
    cells[base + BY_TYPE + kind / NOVELTY_KINDS] += calls;
    boolean known = kind / SUBSTITUTION_KINDS % 2 == 1;
    cells[base + KNOWN] += known ? calls : 0;
    int substitution = kind / EXPECTED_KINDS % 3;
    if (substitution > 0) {
      cells[base + (substitution == 1 ? TI : TV)] += calls;
      cells[base + (substitution == 1 ? KNOWN_TI : KNOWN_TV)] += known ? calls : 0;
    }
    cells[base + HET_SITES] += kind % EXPECTED_KINDS == 1 ? het : 0;
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
    int next = 0;
    for (int s = 0; s < g.samples; s++) {
      if (next < g.kept && g.keptSample[next] == s && !Call.at(g.keptCall[next++]).isCalled()) {
        continue;
      }
      if (g.hasDepth && g.dp[s] >= 0) {
        addMoment(s * WIDTH + DEPTH, 1, g.dp[s], 0, (long) g.dp[s] * g.dp[s]);
      }
      if (g.hasQuality && g.gq[s] >= 0) {
        long v = g.gq[s];
        addMoment(s * WIDTH + QUALITY, 1, v, Math.multiplyHigh(v, v), v * v);
      }
    }
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

  /** Returns where each of {@code names} stands among the samples of {@code totals}. */
  private int[] places(List<String> names, SampleTotals totals) {
    List<String> among = totals.samples == null ? List.of() : totals.samples;
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

  /** Returns what each sample's genotypes come to, in the order of the samples. */
  public List<SampleSummary> summaries() {
    fold();
    List<SampleSummary> result = new ArrayList<>();
    List<String> names = samples == null ? List.of() : samples;
    for (int s = 0; s < names.size(); s++) {
      result.add(summary(names.get(s), s * WIDTH));
    }
    return result;
  }

  private SampleSummary summary(String name, int base) {
    long kept = 0;
    for (int c = 0; c < CALLS; c++) {
      kept += cells[base + c];
    }
    long missing = cells[base + Call.MISSING.index()];
    long partial = cells[base + Call.PARTIAL.index()];
    return new SampleSummary(
        name,
        records - missing - partial,
        missing,
        partial,
        cells[base + Call.HOM_REF.index()] + records - kept,
        cells[base + Call.HET.index()],
        cells[base + Call.HOM_ALT.index()],
        cells[base + Call.HAP_REF.index()],
        cells[base + Call.HAP_ALT.index()],
        cells[base + SNP],
        cells[base + INS],
        cells[base + DEL],
        cells[base + MNP],
        cells[base + COMPLEX],
        cells[base + STAR],
        cells[base + SYMBOLIC] + cells[base + BREAKEND],
        cells[base + TI],
        cells[base + TV],
        cells[base + SINGLETON],
        cells[base + PRIVATE],
        (expected - cells[base + LEFT_OUT_EXPECTED]) / FIXED_POINT,
        cells[base + HET_SITES],
        sites - cells[base + LEFT_OUT_SITES],
        mean(base + DEPTH, 1),
        sd(base + DEPTH, 1),
        mean(base + QUALITY, GenotypeScan.GQ_SCALE),
        sd(base + QUALITY, GenotypeScan.GQ_SCALE),
        cells[base + KNOWN],
        cells[base + KNOWN_TI],
        cells[base + KNOWN_TV]);
  }

  private double mean(int at, int scale) {
    return Moments.mean(cells[at], cells[at + 1], scale);
  }

  private double sd(int at, int scale) {
    return Moments.sd(cells[at], cells[at + 1], cells[at + 2], cells[at + 3], scale);
  }

  /** Writes it, as short as it goes. */
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

  /** Reads what {@link #write} wrote. */
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
