package org.healthbeam.core.variant.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The text of {@code bcftools stats -s -}, of version 1.16, as plot-vcfstats and MultiQC read it.
 *
 * <p>Its sections and columns are those of the tool's documentation
 * (samtools.github.io/bcftools/bcftools.html#stats); the comments are ours.
 */
final class BcftoolsStats {
  private static final String FIRST_LINES =
      """
# This file was produced by bcftools stats as HealthBeam counts them (rules of bcftools 1.16) and can be plotted using plot-vcfstats.
# The command line was:\tsummarize-variants --compat=bcftools
#
# Definition of sets:
# ID\t[2]id\t[3]tab-separated file names\
""";

  private final BcftoolsTotals totals;
  private final List<String> lines = new ArrayList<>();

  private BcftoolsStats(BcftoolsTotals totals) {
    this.totals = totals;
  }

  /**
   * {@return the lines}
   *
   * @param input what was read, which the readers take for the name of the set
   * @param names makes the name that is written of a sample's
   */
  static List<String> lines(BcftoolsTotals totals, String input, UnaryOperator<String> names) {
    BcftoolsStats stats = new BcftoolsStats(totals);
    stats.lines.addAll(FIRST_LINES.lines().toList());
    stats.add("ID", input);
    stats.addSummary();
    stats.addSubstitutions();
    stats.addDepths();
    if (!totals.samples.samples().isEmpty()) {
      stats.addSamples(names);
      stats.addHets();
    }
    return stats.lines;
  }

  private void section(String title, String name, String columns) {
    lines.add("# " + title);
    StringBuilder header = new StringBuilder("# " + name + "\t[2]id");
    int column = 3;
    for (String title2 : columns.split(",")) {
      header.append("\t[").append(column++).append(']').append(title2);
    }
    lines.add(header.toString());
  }

  private void add(String section, Object... cells) {
    StringBuilder line = new StringBuilder(section).append("\t0");
    for (Object cell : cells) {
      line.append('\t').append(cell);
    }
    lines.add(line.toString());
  }

  private void addSummary() {
    long[] sites = totals.sites;
    section(
        "SN, Summary numbers: rows with at least one of a type count under it", "SN", "key,value");
    add("SN", "number of samples:", totals.samples.samples().size());
    add("SN", "number of records:", sites[BcftoolsTotals.RECORDS]);
    add("SN", "number of no-ALTs:", sites[BcftoolsTotals.NO_ALTS]);
    add("SN", "number of SNPs:", sites[BcftoolsTotals.SNPS]);
    add("SN", "number of MNPs:", sites[BcftoolsTotals.MNPS]);
    add("SN", "number of indels:", sites[BcftoolsTotals.INDELS]);
    add("SN", "number of others:", sites[BcftoolsTotals.OTHERS]);
    add("SN", "number of multiallelic sites:", sites[BcftoolsTotals.MULTIALLELIC]);
    add("SN", "number of multiallelic SNP sites:", sites[BcftoolsTotals.MULTIALLELIC_SNPS]);
  }

  private void addSubstitutions() {
    long ts = sum(totals.afTs);
    long tv = sum(totals.afTv);
    long tsFirst = totals.sites[BcftoolsTotals.TS_FIRST];
    long tvFirst = totals.sites[BcftoolsTotals.TV_FIRST];
    section(
        "TSTV, transitions/transversions",
        "TSTV",
        "ts,tv,ts/tv,ts (1st ALT),tv (1st ALT),ts/tv (1st ALT)");
    add("TSTV", ts, tv, ratio(ts, tv), tsFirst, tvFirst, ratio(tsFirst, tvFirst));
    String byFrequency =
        "number of SNPs,number of transitions,number of transversions,number of indels,"
            + "repeat-consistent,repeat-inconsistent,not applicable";
    section("SiS, Singleton stats", "SiS", "allele count," + byFrequency);
    addFrequency("SiS", "1", totals.afTs.get(0), totals.afTv.get(0), totals.afIndels.get(0));
    section("AF, Stats by non-reference allele frequency", "AF", "allele frequency," + byFrequency);
    for (long bin : bins(totals.afTs, totals.afTv, totals.afIndels)) {
      addFrequency(
          "AF",
          frequency(bin),
          withSingletons(totals.afTs, bin),
          withSingletons(totals.afTv, bin),
          withSingletons(totals.afIndels, bin));
    }
    addQual();
    addIndels();
    section("ST, Substitution types", "ST", "type,count");
    for (int i = 0; i < totals.substitutions.length; i++) {
      if (i / 4 != i % 4) {
        add("ST", "ACGT".charAt(i / 4) + ">" + "ACGT".charAt(i % 4), totals.substitutions[i]);
      }
    }
  }

  private static String ratio(long ts, long tv) {
    return Printf.fixed(tv == 0 ? 0 : (float) ts / (float) tv, 2);
  }

  /** Without a reference sequence the context of an indel is not applicable. */
  private void addFrequency(String section, String at, long ts, long tv, long indels) {
    add(section, at, ts + tv, ts, tv, indels, 0, 0, indels);
  }

  private static long sum(Counts counts) {
    return counts.asMap().values().stream().mapToLong(n -> n).sum();
  }

  /** Singletons, in bin 0, count in the first bin. */
  private static long withSingletons(Counts counts, long bin) {
    return counts.get(bin) + (bin == 1 ? counts.get(0) : 0);
  }

  private static SortedSet<Long> bins(Counts... counts) {
    SortedSet<Long> bins = new TreeSet<>();
    for (Counts c : counts) {
      c.asMap().keySet().forEach(bin -> bins.add(Math.max(1, bin)));
    }
    return bins;
  }

  private String frequency(long bin) {
    return Printf.fixed((double) (bin - 1) / (totals.afBins() - 1), 6);
  }

  private void addQual() {
    section(
        "QUAL, Stats by quality",
        "QUAL",
        "Quality,number of SNPs,number of transitions (1st ALT),"
            + "number of transversions (1st ALT),number of indels");
    SortedSet<Long> bins = new TreeSet<>(totals.qualTs.asMap().keySet());
    bins.addAll(totals.qualTv.asMap().keySet());
    bins.addAll(totals.qualIndels.asMap().keySet());
    for (long bin : bins) {
      long ts = totals.qualTs.get(bin);
      long tv = totals.qualTv.get(bin);
      String qual = bin == 0 ? "." : Printf.fixed((float) (0.1 * (bin - 1)), 1);
      add("QUAL", qual, ts + tv, ts, tv, totals.qualIndels.get(bin));
    }
  }

  private void addIndels() {
    section(
        "IDD, InDel distribution",
        "IDD",
        "length (deletions negative),number of sites,number of genotypes,mean VAF");
    for (int bin = 0; bin < totals.indelSites.length; bin++) {
      if (totals.indelSites[bin] > 0) {
        long n = totals.vafN[bin];
        String mean = n == 0 ? "." : Printf.fixed(totals.meanFraction(bin), 2);
        add("IDD", bin - BcftoolsTotals.MAX_INDEL, totals.indelSites[bin], n, mean);
      }
    }
  }

  private void addDepths() {
    section(
        "DP, Depth distribution",
        "DP",
        "bin,number of genotypes,fraction of genotypes (%),number of sites,fraction of sites (%)");
    long all = java.util.Arrays.stream(totals.depths).sum();
    long allSites = java.util.Arrays.stream(totals.siteDepths).sum();
    for (int bin = 0; bin < totals.depths.length; bin++) {
      long n = totals.depths[bin];
      long sites = totals.siteDepths[bin];
      if (n + sites > 0) {
        String depth =
            bin == 0
                ? "<0"
                : bin > BcftoolsTotals.MAX_DEPTH + 1
                    ? ">" + BcftoolsTotals.MAX_DEPTH
                    : Integer.toString(bin - 1);
        add("DP", depth, n, percent(n, all), sites, percent(sites, allSites));
      }
    }
  }

  private static String percent(long part, long whole) {
    return Printf.fixed(whole == 0 ? 0 : part * 100.0 / whole, 6);
  }

  private void addSamples(UnaryOperator<String> names) {
    SampleCells cells = totals.samples;
    section(
        "PSC, Per-sample counts; ref/het/hom are of SNPs, for indels see PSI",
        "PSC",
        "sample,nRefHom,nNonRefHom,nHets,nTransitions,nTransversions,nIndels,average depth,"
            + "nSingletons,nHapRef,nHapAlt,nMissing");
    for (int s = 0; s < cells.samples().size(); s++) {
      long depths = cells.get(s, BcftoolsTotals.DEPTHS);
      float depth =
          depths == 0 ? 0 : (float) cells.get(s, BcftoolsTotals.DEPTH_SUM) / (float) depths;
      add(
          "PSC",
          names.apply(cells.samples().get(s)),
          totals.sites[BcftoolsTotals.GENOTYPED] - cells.get(s, BcftoolsTotals.NOT_HOM_REF),
          cells.get(s, BcftoolsTotals.HOM_ALT),
          cells.get(s, BcftoolsTotals.HETS),
          cells.get(s, BcftoolsTotals.TS),
          cells.get(s, BcftoolsTotals.TV),
          cells.get(s, BcftoolsTotals.SAMPLE_INDELS),
          Printf.fixed(depth, 1),
          cells.get(s, BcftoolsTotals.SINGLETONS),
          cells.get(s, BcftoolsTotals.HAP_REF),
          cells.get(s, BcftoolsTotals.HAP_ALT),
          cells.get(s, BcftoolsTotals.MISSING));
    }
    section(
        "PSI, Per-sample indels; a genotype of an insertion and a deletion counts in both",
        "PSI",
        "sample,in-frame,out-frame,not applicable,out/(in+out) ratio,nInsHets,nDelHets,"
            + "nInsAltHoms,nDelAltHoms");
    for (int s = 0; s < cells.samples().size(); s++) {
      add(
          "PSI",
          names.apply(cells.samples().get(s)),
          0,
          0,
          0,
          "0.00",
          cells.get(s, BcftoolsTotals.INS_HETS),
          cells.get(s, BcftoolsTotals.DEL_HETS),
          cells.get(s, BcftoolsTotals.INS_HOMS),
          cells.get(s, BcftoolsTotals.DEL_HOMS));
    }
  }

  private void addHets() {
    section(
        "HWE",
        "HWE",
        "1st ALT allele frequency,Number of observations,25th percentile,median,75th percentile");
    long[] bin = new long[BcftoolsTotals.HET_BINS];
    for (int af = 1; af < totals.afBins(); af++) {
      long all = 0;
      for (int het = 0; het < bin.length; het++) {
        bin[het] = totals.hets.get((long) bin.length * af + het);
        bin[het] += af == 1 ? totals.hets.get(het) : 0;
        all += bin[het];
      }
      if (all > 0) {
        add(
            "HWE",
            frequency(af),
            all,
            at(bin, all, 0.25f),
            at(bin, all, 0.5f),
            at(bin, all, 0.75f));
      }
    }
  }

  /** {@return the first share of heterozygotes up to which so many of the records are} */
  private static String at(long[] bin, long all, float part) {
    long sum = 0;
    int het = -1;
    do {
      sum += bin[++het];
    } while ((float) sum / (float) all < part);
    return Printf.fixed((float) het / bin.length, 6);
  }
}
