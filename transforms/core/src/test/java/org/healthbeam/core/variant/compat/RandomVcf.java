package org.healthbeam.core.variant.compat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Valid files with all that makes tools differ, the same for the same seed. */
final class RandomVcf {
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      ##contig=<ID=1>
      ##contig=<ID=2>
      ##contig=<ID=X>
      ##contig=<ID=Y>
      ##contig=<ID=MT>
      ##FILTER=<ID=q10,Description="x">
      ##ALT=<ID=DEL,Description="x">
      ##INFO=<ID=AC,Number=A,Type=Integer,Description="x">
      ##INFO=<ID=AN,Number=1,Type=Integer,Description="x">
      ##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
      ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
      ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
      ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">
      """;

  private final Random random;
  private List<String> contigs = List.of("1", "2", "X");
  private int maxDistinct = Integer.MAX_VALUE;
  private int maxPartialPloidy = 4;
  private static final List<String> FORMATS =
      List.of("GT", "GT", "GT:DP", "GT:AD", "GT:AD:DP:GQ", "GT:GQ:DP", "DP", "AD");

  RandomVcf(long seed) {
    random = new Random(seed);
  }

  /** A genotype has no more than so many different alleles. */
  RandomVcf withDistinct(int alleles) {
    maxDistinct = alleles;
    return this;
  }

  /** A genotype of more alleles has all of them, or none. */
  RandomVcf withPartialUpTo(int ploidy) {
    maxPartialPloidy = ploidy;
    return this;
  }

  RandomVcf withContigs(String... names) {
    contigs = List.of(names);
    return this;
  }

  String text(int records, int samples) {
    StringBuilder text = new StringBuilder(HEADER);
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO");
    text.append(samples > 0 ? "\tFORMAT" : "");
    for (int s = 0; s < samples; s++) {
      text.append("\tS").append(s);
    }
    text.append('\n');
    for (String contig : contigs) {
      for (int pos = 1; pos <= records; pos++) {
        text.append(record(contig, pos * 10, samples)).append('\n');
      }
    }
    return text.toString();
  }

  private String record(String contig, int pos, int samples) {
    String ref = one("A", "C", "G", "T", "A", "C", "AT", "GCG", "ACGT", "N", "CCCC");
    List<String> alternates = alternates(ref);
    List<String> cells = new ArrayList<>();
    cells.add(contig);
    cells.add(Integer.toString(pos));
    cells.add(one(".", "rs" + pos));
    cells.add(ref);
    cells.add(alternates.isEmpty() ? "." : String.join(",", alternates));
    cells.add(one(".", "0", "30", "29.97", "1e3", "123.456", "45678.9", "1234567", "0.05"));
    cells.add(one("PASS", ".", "q10"));
    cells.add(info(alternates.size()));
    if (samples > 0) {
      String format = FORMATS.get(random.nextInt(FORMATS.size()));
      cells.add(format);
      double common = random.nextDouble();
      for (int s = 0; s < samples; s++) {
        cells.add(sample(format.split(":"), alternates.size() + 1, common, s == 0));
      }
    }
    return String.join("\t", cells);
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<String> alternates(String ref) {
    int n = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(1 + random.nextInt(4));
    Set<String> alternates = new LinkedHashSet<>();
    while (alternates.size() < n) {
      alternates.add(alternate(ref));
    }
    return List.copyOf(alternates);
  }

  private String alternate(String ref) {
    return switch (random.nextInt(16)) {
      case 0 -> "*";
      case 1 -> "<DEL>";
      case 2 -> "<NON_REF>";
      case 3 -> ref + "[1:100[";
      case 4 -> "]1:100]" + ref;
      case 5 -> "G[1:100[";
      case 6 -> one("N", "NN").equals(ref) ? "*" : "NN";
      case 7, 8 -> ref + bases(1 + random.nextInt(70));
      case 9 -> ref.length() > 1 ? ref.substring(0, 1) : ref + "A";
      default -> {
        String alternate = bases(random.nextInt(3) > 0 ? ref.length() : 1 + random.nextInt(4));
        yield alternate.equals(ref) ? "*" : alternate;
      }
    };
  }

  private String bases(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> one("A", "C", "G", "T"))
        .collect(Collectors.joining());
  }

  private String info(int alternates) {
    String dp = one("", "DP=" + random.nextInt(700));
    if (alternates == 0 || random.nextInt(4) > 0) {
      return dp.isEmpty() ? "." : dp;
    }
    int an = random.nextInt(12);
    int left = an;
    List<String> ac = new ArrayList<>();
    for (int i = 0; i < alternates; i++) {
      int n = random.nextInt(left + 1);
      left -= n;
      ac.add(Integer.toString(n));
    }
    return "AC=" + String.join(",", ac) + ";AN=" + an + (dp.isEmpty() ? "" : ";" + dp);
  }

  /**
   * The first sample has all fields: where no sample has a number for each allele in AD, bcftools
   * reads beyond the ones there are.
   */
  private String sample(String[] format, int alleles, double common, boolean whole) {
    boolean shorter = !whole && random.nextInt(8) == 0;
    int fields = shorter ? 1 + random.nextInt(format.length) : format.length;
    return IntStream.range(0, fields)
        .mapToObj(
            i ->
                switch (format[i]) {
                  case "GT" -> genotype(alleles, common);
                  case "AD" -> reads(alleles, whole);
                  default -> random.nextInt(6) == 0 ? "." : "" + random.nextInt(i == 1 ? 99 : 600);
                })
        .collect(Collectors.joining(":"));
  }

  private String reads(int alleles, boolean whole) {
    if (!whole && random.nextInt(6) == 0) {
      return ".";
    }
    return IntStream.range(0, alleles)
        .mapToObj(i -> random.nextInt(12) == 0 ? "." : "" + random.nextInt(40))
        .collect(Collectors.joining(","));
  }

  private String genotype(int alleles, double common) {
    int ploidy = random.nextInt(4) > 0 ? 2 : 1 + random.nextInt(4);
    if (random.nextInt(12) == 0) {
      return ploidy == 1 ? "." : "." + one("/", "|").concat(".").repeat(ploidy - 1);
    }
    Set<Integer> seen = new LinkedHashSet<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ploidy; i++) {
      text.append(i == 0 ? "" : one("/", "|"));
      if (ploidy > 1 && ploidy <= maxPartialPloidy && random.nextInt(14) == 0) {
        text.append('.');
        continue;
      }
      int allele = random.nextDouble() < common ? 0 : random.nextInt(alleles);
      if (!seen.contains(allele) && seen.size() >= maxDistinct) {
        allele = seen.iterator().next();
      }
      seen.add(allele);
      text.append(allele);
    }
    return text.toString();
  }
}
