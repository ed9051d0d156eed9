package org.healthbeam.samples.cohort;

import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.healthbeam.samples.Chance;
import org.healthbeam.samples.SampleFiles;

/**
 * A cohort's variants.
 *
 * <p>Writes {@code cohort.vcf.gz} (VCF 4.3, BGZF), {@code genes.bed} and {@code populations.tsv}
 * (sample and population).
 */
public final class CohortSample {
  /** What the repository ships. */
  public static final CohortSample SHIPPED = new CohortSample(80, 4000, 20260303);

  private final int sampleCount;
  private final int siteCount;
  private final long seed;

  /**
   * A cohort of this many samples and about this many sites that vary in it.
   *
   * @param samples 1 or more
   * @param sites 1 or more, over all sequences
   * @param seed the same one gives the same cohort
   * @throws IllegalArgumentException if there is no sample, or no site
   */
  public CohortSample(int samples, int sites, long seed) {
    if (samples < 1 || sites < 1) {
      throw new IllegalArgumentException(
          "A cohort needs at least one sample and one site, not "
              + samples
              + " samples and "
              + sites
              + " sites");
    }
    this.sampleCount = samples;
    this.siteCount = sites;
    this.seed = seed;
  }

  /**
   * Writes the files into the folder and returns how many records the VCF holds.
   *
   * @param folder is made if it is not there
   * @return the number of records
   * @throws IOException if a file cannot be written
   */
  public int write(Path folder) throws IOException {
    List<Sample> samples = Sample.cohort(sampleCount, Chance.of(seed, 0));
    Files.createDirectories(folder);
    int records = 0;
    Path file = folder.resolve("cohort.vcf.gz");
    try (OutputStream out = new BlockCompressedOutputStream(file.toFile(), 9)) {
      out.write(header(samples).getBytes(StandardCharsets.UTF_8));
      for (Genome.Contig contig : Genome.CONTIGS) {
        records += write(contig, samples, out);
      }
    }
    try (OutputStream out = SampleFiles.plain(folder.resolve("genes.bed"))) {
      for (Genome.Gene gene : Genome.GENES) {
        line(out, gene.contig() + "\t" + gene.start() + "\t" + gene.end() + "\t" + gene.name());
      }
    }
    try (OutputStream out = SampleFiles.plain(folder.resolve("populations.tsv"))) {
      line(out, "sample\tpopulation");
      for (Sample sample : samples) {
        line(out, sample.name() + "\t" + Sample.POPULATIONS.get(sample.population()));
      }
    }
    return records;
  }

  private int write(Genome.Contig contig, List<Sample> samples, OutputStream out)
      throws IOException {
    Chance chance = Chance.of(seed, 1 + contig.index());
    Sites sites = new Sites(chance);
    Genotypes genotypes = new Genotypes(samples, chance);
    int records = 0;
    int free = 1;
    for (int position : sites.positions(contig, siteCount * contig.share() / 10)) {
      if (position < free) {
        continue;
      }
      // A few sites at which nobody varies stay, as they do where a cohort was made smaller.
      boolean mustVary = !chance.happens(0.004);
      Site site;
      int[] truth;
      do {
        site = sites.draw(contig, position);
        truth = genotypes.truth(site, null, null);
      } while (mustVary && !varies(site, truth));
      line(out, record(site, truth, genotypes, chance));
      records++;
      if (site.deletes(1)
          && site.reference().length() > 3
          && varies(site, truth)
          && chance.happens(0.3)) {
        records += within(site, truth, sites, genotypes, chance, out);
      }
      free = site.end() + 2;
    }
    return records;
  }

  /**
   * Writes a site within a deletion, unless so many carry the deletion that nothing else varies.
   */
  private static int within(
      Site deletion,
      int[] ofDeletion,
      Sites sites,
      Genotypes genotypes,
      Chance chance,
      OutputStream out)
      throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      Site site = sites.within(deletion);
      int[] truth = genotypes.truth(site, deletion, ofDeletion);
      if (varies(site, truth)) {
        line(out, record(site, truth, genotypes, chance));
        return 1;
      }
    }
    return 0;
  }

  private static String record(Site site, int[] truth, Genotypes genotypes, Chance chance) {
    // As where a caller phases one contig with the help of relatives and leaves the rest.
    boolean phased = site.contig().name().equals("chr21");
    Genotypes.Called called = genotypes.call(site, truth, phased);
    int[] counts = called.alleleCounts().stream().mapToInt(Integer::intValue).toArray();
    // A few records keep the counts of the larger cohort from which this one was taken.
    if (chance.happens(0.002)) {
      counts[1]++;
    }
    StringBuilder allele = new StringBuilder();
    StringBuilder frequency = new StringBuilder();
    for (int i = 1; i < counts.length; i++) {
      allele.append(i > 1 ? "," : "").append(counts[i]);
      frequency
          .append(i > 1 ? "," : "")
          .append(
              called.alleleNumber() == 0
                  ? "."
                  : new BigDecimal((double) counts[i] / called.alleleNumber())
                      .round(new MathContext(4))
                      .stripTrailingZeros()
                      .toPlainString());
    }
    String info =
        "AC="
            + allele
            + ";AF="
            + frequency
            + ";AN="
            + called.alleleNumber()
            + ";DP="
            + called.depth();
    if (site.alternates().get(0).startsWith("<")) {
      int length = 300 + chance.below(20_000);
      info += ";END=" + (site.position() + length) + ";SVTYPE=DEL;SVLEN=-" + length;
    }
    boolean common = called.alleleNumber() > 0 && 20 * counts[1] > called.alleleNumber();
    return site.contig().name()
        + '\t'
        + site.position()
        + '\t'
        + (common ? "hb" + (site.contig().index() + 1) + "_" + site.position() : ".")
        + '\t'
        + site.reference()
        + '\t'
        + String.join(",", site.alternates())
        + '\t'
        + quality(site, called, chance)
        + '\t'
        + filter(site)
        + '\t'
        + info
        + "\tGT:AD:DP:GQ"
        + called.text();
  }

  private static String quality(Site site, Genotypes.Called called, Chance chance) {
    if (chance.happens(0.004)) {
      return ".";
    }
    double quality =
        site.trouble() == Site.Trouble.LOW_QUALITY
            ? chance.between(4, 30)
            : Math.min(20_000, 30 + 11 * called.altReads() * chance.between(0.8, 1.2));
    return BigDecimal.valueOf(quality).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String filter(Site site) {
    if (site.mating() == Site.Mating.EXCESS_HETEROZYGOUS) {
      return "ExcessHet";
    }
    return switch (site.trouble()) {
      case NONE -> "PASS";
      case UNFILTERED -> ".";
      case CLUSTER -> "SnpCluster";
      case LOW_QUALITY -> site.missing() > 0.25 ? "LowQual;SnpCluster" : "LowQual";
    };
  }

  private static String header(List<Sample> samples) {
    StringBuilder header = new StringBuilder("##fileformat=VCFv4.3\n");
    header.append("##source=healthbeam-samples\n");
    header.append("##reference=made-up-sequence-on-GRCh38-coordinates\n");
    for (Genome.Contig contig : Genome.CONTIGS) {
      header.append("##contig=<ID=" + contig.name() + ",length=" + contig.length() + ">\n");
    }
    for (String text :
        List.of(
            "FILTER=<ID=PASS,Description=\"All filters passed\">",
            "FILTER=<ID=LowQual,Description=\"QUAL below 30\">",
            "FILTER=<ID=SnpCluster,Description=\"Three or more variants within 10 bases\">",
            "FILTER=<ID=ExcessHet,Description=\"More heterozygotes than chance allows\">",
            "ALT=<ID=DEL,Description=\"Deletion\">",
            "INFO=<ID=AC,Number=A,Type=Integer,Description=\"Allele count in genotypes\">",
            "INFO=<ID=AF,Number=A,Type=Float,Description=\"Allele frequency\">",
            "INFO=<ID=AN,Number=1,Type=Integer,Description=\"Alleles in called genotypes\">",
            "INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth over called samples\">",
            "INFO=<ID=END,Number=1,Type=Integer,Description=\"End of the variant\">",
            "INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Type of structural variant\">",
            "INFO=<ID=SVLEN,Number=1,Type=Integer,Description=\"Change in length\">",
            "FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
            "FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Reads for each allele\">",
            "FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Reads\">",
            "FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">")) {
      header.append("##").append(text).append('\n');
    }
    header.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
    for (Sample sample : samples) {
      header.append('\t').append(sample.name());
    }
    return header.append('\n').toString();
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private static boolean varies(Site site, int[] truth) {
    boolean[] seen = new boolean[site.alternates().size() + 1];
    for (int allele : truth) {
      if (allele >= 0) {
        seen[allele] = true;
      }
    }
    for (int i = 1; i < seen.length; i++) {
      if (!seen[i]) {
        return false;
      }
    }
    return true;
  }
}
