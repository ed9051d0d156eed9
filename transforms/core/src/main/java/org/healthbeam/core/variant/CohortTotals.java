package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all records come to, in whole numbers that merge in any order.
 *
 * <p>Its size is that of its {@link SampleTotals}, a few histograms of bounded width, the frequency
 * spectrum (at most one number for each allele that the cohort has), one number for each sequence
 * and for each filter and each population what a region has.
 */
public final class CohortTotals {
  /** Lengths of insertions and deletions beyond it count at it. */
  public static final int MAX_INDEL = 1000;

  /** QUAL is counted in steps of this. */
  public static final int QUAL_STEP = 10;

  /** Record types: the alternates' type if they have one only, else this. */
  public static final String MIXED = "mixed";

  private static final int TYPES = AlleleType.values().length;
  private static final int SUBSTITUTIONS = 16;

  private final SiteTotals sites = new SiteTotals();
  private final SampleTotals samples;
  private long filteredOut;
  private long elsewhere;
  private long unknownElsewhere;
  private final long[] recordsByType = new long[TYPES + 1];
  private final long[] substitutions = new long[SUBSTITUTIONS];
  private final NamedTotals byFilter = new NamedTotals();
  private final NamedTotals leftOutByFilter = new NamedTotals();
  private final NamedTotals byPopulation = new NamedTotals();
  private final ContigTotals contigs = new ContigTotals();
  private final Histogram indelLengths = new Histogram(-MAX_INDEL, MAX_INDEL);
  private final Histogram spectrum = new Histogram(0, Integer.MAX_VALUE - 8);
  private final Histogram qual = new Histogram(-1, 1000);
  private final Histogram depth = new Histogram(0, 1000);
  private final Histogram quality = new Histogram(0, 100);
  private final Histogram missingPercentBySite = new Histogram(0, 100);
  private final Histogram ploidies = new Histogram(1, GenotypeScan.MAX_PLOIDY);
  private final HardyWeinbergTotals hardyWeinberg = new HardyWeinbergTotals();

  /** Begins with nothing counted. */
  public CohortTotals() {
    this(new SampleTotals());
  }

  private CohortTotals(SampleTotals samples) {
    this.samples = samples;
  }

  /** Counts a record that is left out because of its FILTER, and whose genotypes are not known. */
  void addLeftOut(ScannedRecord r) {
    filteredOut++;
    for (String name : r.filter.split(";", -1)) {
      leftOutByFilter.of(name).addColumns(r);
    }
  }

  /** Counts a record on a sequence without a region. */
  void addElsewhere() {
    elsewhere++;
  }

  /** Counts a record on a sequence without a known allele. */
  void addUnknownElsewhere() {
    unknownElsewhere++;
  }

  /** Counts one record. */
  void add(ScannedRecord r) {
    sites.add(r, 0, Long.MAX_VALUE);
    addSite(r);
  }

  /** Counts one record that was joined of several, without the bases that it spans. */
  void addJoined(ScannedRecord r) {
    sites.addSite(r);
    addSite(r);
  }

  void addFilteredOut(long records) {
    filteredOut += records;
  }

  void addDepth(long value, long times) {
    depth.addTimes(value, times);
  }

  void addQuality(long value, long times) {
    quality.addTimes(value / GenotypeScan.GQ_SCALE, times);
  }

  private void addSite(ScannedRecord r) {
    GenotypeScan g = r.genotypes;
    contigs.add(r.contig);
    if (r.filter.indexOf(';') < 0) {
      byFilter.of(r.filter).addSite(r);
    } else {
      for (String name : r.filter.split(";", -1)) {
        byFilter.of(name).addSite(r);
      }
    }
    samples.add(r);
    recordsByType[typeOf(r)]++;
    for (int i = 1; i < g.alleles; i++) {
      if (!r.types[i].isVariant()) {
        continue;
      }
      if (r.substitutions[i] >= 0) {
        substitutions[r.substitutions[i]]++;
      }
      if (r.types[i] == AlleleType.INSERTION || r.types[i] == AlleleType.DELETION) {
        indelLengths.add(r.alleles[i].length() - r.ref.length());
      }
      if (g.counted) {
        spectrum.add(g.ac[i]);
      }
    }
    hardyWeinberg.add(r);
    qual.add(Double.isNaN(r.qual) ? -1 : (long) (r.qual / QUAL_STEP));
    if (g.samples > 0) {
      missingPercentBySite.add(100L * g.calls[Call.MISSING.index()] / g.samples);
      ploidies.add(g.ploidies);
      addGenotypeFields(g);
    }
  }

  private static int typeOf(ScannedRecord r) {
    int type = -1;
    for (int i = 1; i < r.genotypes.alleles; i++) {
      if (r.types[i].isVariant()) {
        int here = r.types[i].index();
        type = type < 0 || type == here ? here : TYPES;
      }
    }
    return type < 0 ? AlleleType.REFERENCE.index() : type;
  }

  private void addGenotypeFields(GenotypeScan g) {
    if (!g.hasDepth && !g.hasQuality) {
      return;
    }
    int next = 0;
    for (int s = 0; s < g.samples; s++) {
      if (!g.onlyDiploid
          && next < g.kept
          && g.keptSample[next] == s
          && !Call.at(g.keptCall[next++]).isCalled()) {
        continue;
      }
      if (g.hasDepth && g.dp[s] >= 0) {
        depth.add(g.dp[s]);
      }
      if (g.hasQuality && g.gq[s] >= 0) {
        quality.add(g.gq[s] / GenotypeScan.GQ_SCALE);
      }
    }
  }

  /**
   * Adds all that another has counted.
   *
   * @param other is not changed
   * @throws IncompatibleSamplesException if the samples are not the same ones
   */
  public void add(CohortTotals other) {
    samples.add(other.samples);
    addSites(other, 1);
  }

  /**
   * {@return what was counted, of these samples: one that was not counted is missing in all
   * records, one that is not asked for is left out} Of filters, populations and sequences of which
   * nothing is counted there is nothing.
   *
   * @param names of the samples, in the order of the result; each once
   */
  public CohortTotals over(List<String> names) {
    CohortTotals result = new CohortTotals(samples.over(names));
    result.addSites(this, 1);
    List.of(result.byFilter, result.leftOutByFilter, result.byPopulation)
        .forEach(NamedTotals::dropEmpty);
    result.contigs.map().values().removeIf(n -> n == 0);
    return result;
  }

  /**
   * {@return the sum of both, {@link #over} all samples that either has}
   *
   * @param other is not changed
   */
  public CohortTotals plus(CohortTotals other) {
    List<String> names = names(other);
    CohortTotals result = over(names);
    result.add(other.over(names));
    return result;
  }

  /**
   * {@return what the other lacks, {@link #over} all samples that either has; where the other has
   * more, it is negative} Added to the other it gives this again.
   *
   * @param other is not changed
   */
  public CohortTotals minus(CohortTotals other) {
    List<String> names = names(other);
    CohortTotals result = over(names);
    result.samples.subtract(other.samples.over(names));
    result.addSites(other, -1);
    return result.over(names);
  }

  private List<String> names(CohortTotals other) {
    TreeSet<String> names = new TreeSet<>(samples.names());
    names.addAll(other.samples.names());
    return List.copyOf(names);
  }

  /** Adds all but the samples, or takes it out. */
  private void addSites(CohortTotals other, int times) {
    if (times > 0) {
      sites.add(other.sites);
    } else {
      sites.subtract(other.sites);
    }
    filteredOut += times * other.filteredOut;
    elsewhere += times * other.elsewhere;
    unknownElsewhere += times * other.unknownElsewhere;
    for (int i = 0; i < recordsByType.length; i++) {
      recordsByType[i] += times * other.recordsByType[i];
    }
    for (int i = 0; i < SUBSTITUTIONS; i++) {
      substitutions[i] += times * other.substitutions[i];
    }
    NamedTotals[] named = {byFilter, leftOutByFilter, byPopulation};
    NamedTotals[] otherNamed = {other.byFilter, other.leftOutByFilter, other.byPopulation};
    for (int i = 0; i < named.length; i++) {
      if (times > 0) {
        named[i].add(otherNamed[i]);
      } else {
        named[i].subtract(otherNamed[i]);
      }
    }
    other.contigs.map().forEach((name, n) -> contigs.map().merge(name, times * n, Long::sum));
    if (times > 0) {
      hardyWeinberg.add(other.hardyWeinberg);
    } else {
      hardyWeinberg.subtract(other.hardyWeinberg);
    }
    Histogram[] mine = histograms();
    Histogram[] others = other.histograms();
    for (int i = 0; i < mine.length; i++) {
      if (times > 0) {
        mine[i].add(others[i]);
      } else {
        mine[i].subtract(others[i]);
      }
    }
  }

  private Histogram[] histograms() {
    return new Histogram[] {
      indelLengths, spectrum, qual, depth, quality, missingPercentBySite, ploidies
    };
  }

  /** {@return the counters that regions have too} */
  public SiteTotals sites() {
    return sites;
  }

  /** {@return what each sample's genotypes come to} */
  public SampleTotals samples() {
    return samples;
  }

  /** {@return how many records were left out because of their FILTER} */
  public long filteredOut() {
    return filteredOut;
  }

  /** {@return how many of the records counted are on sequences on which no region is} */
  public long elsewhere() {
    return elsewhere;
  }

  /** {@return how many records have each type, {@link #MIXED} last} */
  public Map<String, Long> recordsByType() {
    Map<String, Long> result = new java.util.LinkedHashMap<>();
    for (AlleleType type : AlleleType.values()) {
      result.put(type.label(), recordsByType[type.index()]);
    }
    result.put(MIXED, recordsByType[TYPES]);
    return result;
  }

  /** {@return how many SNPs have each of the 12 substitutions, as {@code A>C}} */
  public SortedMap<String, Long> substitutions() {
    SortedMap<String, Long> result = new TreeMap<>();
    for (int i = 0; i < SUBSTITUTIONS; i++) {
      if (i / 4 != i % 4) {
        result.put(AlleleType.substitutionLabel(i), substitutions[i]);
      }
    }
    return result;
  }

  /** {@return how many of the records counted are on sequences that the known sites lack} */
  public long unknownElsewhere() {
    return unknownElsewhere;
  }

  /** {@return how many records have each filter, those that were left out included} */
  public SortedMap<String, Long> recordsByFilter() {
    SortedMap<String, Long> records = new TreeMap<>();
    for (NamedTotals part : List.of(byFilter, leftOutByFilter)) {
      part.all()
          .forEach(
              (name, totals) -> records.merge(name, totals.get(SiteCounter.RECORDS), Long::sum));
    }
    return records;
  }

  /** {@return what the records counted come to for each filter that they have} */
  public SortedMap<String, SiteTotals> byFilter() {
    return byFilter.all();
  }

  /**
   * {@return what the records left out come to for each filter that they have, without genotypes}
   */
  public SortedMap<String, SiteTotals> leftOutByFilter() {
    return leftOutByFilter.all();
  }

  /**
   * {@return what the genotypes of each population come to: alternates are those called in it,
   * singletons those called once in it, private ones those called in no sample outside it}
   */
  public SortedMap<String, SiteTotals> byPopulation() {
    return byPopulation.all();
  }

  NamedTotals populations() {
    return byPopulation;
  }

  /** {@return how many records counted are on each sequence, as the files call it} */
  public SortedMap<String, Long> recordsByContig() {
    return java.util.Collections.unmodifiableSortedMap(contigs.map());
  }

  /** {@return insertions (positive) and deletions (negative) by length} */
  public SortedMap<Integer, Long> indelLengths() {
    return indelLengths.counts();
  }

  /** {@return how many alternate alleles were called how often} */
  public SortedMap<Integer, Long> spectrum() {
    return spectrum.counts();
  }

  /** {@return records by QUAL in steps of {@link #QUAL_STEP}; -1 is missing} */
  public SortedMap<Integer, Long> qual() {
    return qual.counts();
  }

  /** {@return called genotypes by DP; 1000 is 1000 or more} */
  public SortedMap<Integer, Long> depth() {
    return depth.counts();
  }

  /** {@return called genotypes by GQ, rounded down; 100 is 100 or more} */
  public SortedMap<Integer, Long> quality() {
    return quality.counts();
  }

  /** {@return records by the share of missing genotypes, in percent, rounded down} */
  public SortedMap<Integer, Long> missingPercentBySite() {
    return missingPercentBySite.counts();
  }

  /** {@return called genotypes by ploidy; 16 is 16 or more} */
  public SortedMap<Integer, Long> ploidies() {
    return ploidies.counts();
  }

  /**
   * {@return how many alternates have which p of the exact test of Hardy and Weinberg, in
   * hundredths of −log10 p; those that all or none of the called alleles are have none}
   */
  public SortedMap<Integer, Long> hardyWeinberg() {
    return hardyWeinberg.exact();
  }

  /** {@return the same for its mid-p} */
  public SortedMap<Integer, Long> hardyWeinbergMidP() {
    return hardyWeinberg.midP();
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    sites.write(out);
    samples.write(out);
    Varints.write(out, filteredOut);
    Varints.write(out, elsewhere);
    Varints.write(out, unknownElsewhere);
    Varints.writeAll(out, recordsByType);
    Varints.writeAll(out, substitutions);
    byFilter.write(out);
    leftOutByFilter.write(out);
    byPopulation.write(out);
    Varints.write(out, contigs.map().size());
    for (Map.Entry<String, Long> entry : contigs.map().entrySet()) {
      Varints.writeText(out, entry.getKey());
      Varints.write(out, entry.getValue());
    }
    for (Histogram histogram : histograms()) {
      histogram.write(out);
    }
    hardyWeinberg.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static CohortTotals read(DataInput in) throws IOException {
    CohortTotals result = new CohortTotals();
    result.sites.add(SiteTotals.read(in));
    result.samples.add(SampleTotals.read(in));
    result.filteredOut = Varints.read(in);
    result.elsewhere = Varints.read(in);
    result.unknownElsewhere = Varints.read(in);
    System.arraycopy(Varints.readAll(in), 0, result.recordsByType, 0, TYPES + 1);
    System.arraycopy(Varints.readAll(in), 0, result.substitutions, 0, SUBSTITUTIONS);
    result.byFilter.readFrom(in);
    result.leftOutByFilter.readFrom(in);
    result.byPopulation.readFrom(in);
    long sequences = Varints.read(in);
    for (long i = 0; i < sequences; i++) {
      String name = Varints.readText(in);
      result.contigs.map().put(name, Varints.read(in));
    }
    for (Histogram histogram : result.histograms()) {
      histogram.readFrom(in);
    }
    result.hardyWeinberg.readFrom(in);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CohortTotals that
        && sites.equals(that.sites)
        && samples.equals(that.samples)
        && filteredOut == that.filteredOut
        && elsewhere == that.elsewhere
        && unknownElsewhere == that.unknownElsewhere
        && Arrays.equals(recordsByType, that.recordsByType)
        && Arrays.equals(substitutions, that.substitutions)
        && byFilter.equals(that.byFilter)
        && leftOutByFilter.equals(that.leftOutByFilter)
        && byPopulation.equals(that.byPopulation)
        && contigs.map().equals(that.contigs.map())
        && hardyWeinberg.equals(that.hardyWeinberg)
        && Arrays.equals(histograms(), that.histograms());
  }

  @Override
  public int hashCode() {
    return 31 * sites.hashCode() + samples.hashCode();
  }

  /** Shows no name. */
  @Override
  public String toString() {
    return "CohortTotals(" + sites + ", " + samples + ")";
  }
}
