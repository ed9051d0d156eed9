package org.healthbeam.bench.variant;

import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.SplittableRandom;

/** Made-up VCF files, BGZF, the same bytes every time. */
enum SyntheticCohort {
  /** Phased genotypes of 2,504 samples and nothing else, as a reference panel has them. */
  PANEL("gt", 2504, "GT") {
    @Override
    void samples(SplittableRandom random, int[] carriers, StringBuilder line) {
      int n = carriers.length;
      byte[] genotypes = new byte[4 * n];
      for (int s = 0; s < n; s++) {
        genotypes[4 * s] = '\t';
        genotypes[4 * s + 1] = (byte) ('0' + (carriers[s] & 1));
        genotypes[4 * s + 2] = '|';
        genotypes[4 * s + 3] = (byte) ('0' + (carriers[s] >> 1));
      }
      line.append(new String(genotypes, StandardCharsets.ISO_8859_1));
    }
  },
  /** 200 samples with depths and likelihoods, as a caller writes them. */
  CALLED("formats", 200, "GT:AD:DP:GQ:PL") {
    @Override
    void samples(SplittableRandom random, int[] carriers, StringBuilder line) {
      for (int carrier : carriers) {
        called(random, carrier, line);
      }
    }
  },
  /** One sample's whole genome. */
  GENOME("genome", 1, "GT:AD:DP:GQ:PL") {
    @Override
    void samples(SplittableRandom random, int[] carriers, StringBuilder line) {
      called(random, random.nextInt(3) == 0 ? 3 : 1, line);
    }
  };

  private static final String BASES = "ACGT";
  private static final int CHROMOSOMES = 22;
  private static final long SEED = 20_130_502;

  private final String label;
  private final int samples;
  private final String format;

  SyntheticCohort(String label, int samples, String format) {
    this.label = label;
    this.samples = samples;
    this.format = format;
  }

  String label() {
    return label;
  }

  int sampleCount() {
    return samples;
  }

  /**
   * Writes the columns of the samples, each after a tab.
   *
   * @param carriers by sample, bit 0 for an alternate on the first strand and bit 1 on the second
   */
  abstract void samples(SplittableRandom random, int[] carriers, StringBuilder line);

  /** Returns the file with this many records, after making it if it is not there. */
  Path file(Path folder, int records) throws IOException {
    Path file = folder.resolve(label + "-" + records + ".vcf.gz");
    if (!Files.exists(file)) {
      System.err.println("Making " + file.getFileName());
      Path part = folder.resolve(file.getFileName() + ".part");
      try (OutputStream out =
          new BufferedOutputStream(new BlockCompressedOutputStream(part.toFile(), 6), 1 << 20)) {
        write(records, out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }

  private void write(int records, OutputStream out) throws IOException {
    out.write(header().getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(SEED);
    int perChromosome = (records + CHROMOSOMES - 1) / CHROMOSOMES;
    int pos = 0;
    for (int i = 0; i < records; i++) {
      pos = i % perChromosome == 0 ? 10_000 : pos + 1 + random.nextInt(40);
      StringBuilder line = new StringBuilder(64 + 32 * samples);
      line.append(1 + i / perChromosome).append('\t').append(pos);
      record(random, line);
      out.write(line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private void record(SplittableRandom random, StringBuilder line) {
    char ref = BASES.charAt(random.nextInt(4));
    String alt;
    int kind = random.nextInt(10);
    String refText = String.valueOf(ref);
    if (kind == 0) {
      alt = refText + BASES.charAt(random.nextInt(4)) + BASES.charAt(random.nextInt(4));
    } else if (kind == 1) {
      alt = refText;
      refText = refText + BASES.charAt(random.nextInt(4));
    } else {
      alt = String.valueOf(BASES.charAt((BASES.indexOf(ref) + 1 + random.nextInt(3)) % 4));
    }
    int[] carriers = new int[samples];
    int alleles = carriers(random, carriers);
    line.append("\t.\t").append(refText).append('\t').append(alt).append('\t');
    line.append(30 + random.nextInt(970)).append(kind == 2 ? "\tLowQual\t" : "\tPASS\t");
    if (samples > 1) {
      line.append("AC=").append(alleles).append(";AN=").append(2 * samples).append(';');
    }
    line.append("DP=").append(20 * samples + random.nextInt(20 * samples));
    line.append(String.format(Locale.ROOT, ";MQ=%d.%02d", 40 + random.nextInt(20), 17));
    line.append('\t').append(format);
    samples(random, carriers, line);
  }

  /** Spreads alternates over the strands; their number is even on a logarithmic scale. */
  private static int carriers(SplittableRandom random, int[] carriers) {
    int strands = 2 * carriers.length;
    int wanted = (int) Math.exp(random.nextDouble() * Math.log(strands));
    int set = 0;
    for (int i = 0; i < wanted; i++) {
      int strand = random.nextInt(strands);
      int bit = 1 << (strand & 1);
      set += (carriers[strand >> 1] & bit) == 0 ? 1 : 0;
      carriers[strand >> 1] |= bit;
    }
    return set;
  }

  private static void called(SplittableRandom random, int carrier, StringBuilder line) {
    int depth = 10 + random.nextInt(50);
    int alternate = carrier == 0 ? 0 : carrier == 3 ? depth : depth / 2;
    int quality = 20 + random.nextInt(80);
    line.append('\t').append(carrier & 1).append('/').append(carrier >> 1);
    line.append(':').append(depth - alternate).append(',').append(alternate);
    line.append(':').append(depth).append(':').append(quality).append(':');
    int other = quality + random.nextInt(900);
    switch (carrier) {
      case 0 -> line.append("0,").append(quality).append(',').append(other);
      case 3 -> line.append(other).append(',').append(quality).append(",0");
      default -> line.append(quality).append(",0,").append(other);
    }
  }

  private String header() {
    StringBuilder text = new StringBuilder("##fileformat=VCFv4.2\n");
    text.append("##FILTER=<ID=PASS,Description=\"All filters passed\">\n");
    text.append("##FILTER=<ID=LowQual,Description=\"Low quality\">\n");
    for (int c = 1; c <= CHROMOSOMES; c++) {
      text.append("##contig=<ID=").append(c).append(",length=250000000>\n");
    }
    text.append("##INFO=<ID=AC,Number=A,Type=Integer,Description=\"Alternates called\">\n");
    text.append("##INFO=<ID=AN,Number=1,Type=Integer,Description=\"Alleles called\">\n");
    text.append("##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n");
    text.append("##INFO=<ID=MQ,Number=1,Type=Float,Description=\"Mapping quality\">\n");
    text.append("##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n");
    text.append("##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depth by allele\">\n");
    text.append("##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n");
    text.append("##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">\n");
    text.append("##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"Likelihoods\">\n");
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
    for (int s = 0; s < samples; s++) {
      text.append("\tS").append(s);
    }
    return text.append('\n').toString();
  }
}
