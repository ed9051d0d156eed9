package org.healthbeam.samples.cohort;

import java.util.List;

/**
 * The contigs of the cohort and a made-up sequence on them.
 *
 * <p>Names and lengths are GRCh38's; the bases are a hash of the position, so that overlapping
 * records agree without a reference being at hand.
 */
final class Genome {
  /**
   * A contig.
   *
   * @param share tenths of all sites that lie on it
   */
  record Contig(int index, String name, int length, boolean sexChromosome, int share) {}

  /** A gene's place, half open and zero based as in BED; approximate, after GRCh38. */
  record Gene(String contig, int start, int end, String name) {}

  static final List<Contig> CONTIGS =
      List.of(
          new Contig(0, "chr20", 64_444_167, false, 4),
          new Contig(1, "chr21", 46_709_983, false, 4),
          new Contig(2, "chrX", 156_040_895, true, 2));

  static final List<Gene> GENES =
      List.of(
          new Gene("chr20", 4_686_236, 4_701_588, "PRNP"),
          new Gene("chr20", 10_637_684, 10_673_999, "JAG1"),
          new Gene("chr20", 32_358_330, 32_439_319, "ASXL1"),
          new Gene("chr20", 44_355_700, 44_434_596, "HNF4A"),
          new Gene("chr20", 44_619_522, 44_652_233, "ADA"),
          new Gene("chr20", 58_839_718, 58_911_192, "GNAS"),
          new Gene("chr20", 63_400_208, 63_472_677, "KCNQ2"),
          new Gene("chr21", 25_880_550, 26_171_128, "APP"),
          new Gene("chr21", 31_659_666, 31_668_931, "SOD1"),
          new Gene("chr21", 34_787_801, 35_049_344, "RUNX1"),
          new Gene("chr21", 37_365_573, 37_526_358, "DYRK1A"),
          new Gene("chr21", 41_464_305, 41_531_116, "TMPRSS2"),
          new Gene("chr21", 43_053_191, 43_076_943, "CBS"),
          new Gene("chr21", 44_285_838, 44_298_648, "AIRE"),
          new Gene("chr21", 45_981_769, 46_005_048, "COL6A1"),
          new Gene("chrX", 31_097_677, 33_339_609, "DMD"),
          new Gene("chrX", 67_544_021, 67_730_619, "AR"),
          new Gene("chrX", 77_910_690, 78_050_395, "ATP7A"),
          new Gene("chrX", 101_349_338, 101_390_796, "BTK"),
          new Gene("chrX", 101_397_803, 101_407_925, "GLA"),
          new Gene("chrX", 139_530_739, 139_563_458, "F9"),
          new Gene("chrX", 147_911_919, 147_951_125, "FMR1"),
          new Gene("chrX", 154_021_573, 154_137_103, "MECP2"),
          new Gene("chrX", 154_531_391, 154_547_572, "G6PD"),
          new Gene("chrX", 154_835_788, 155_026_940, "F8"));

  private static final char[] BASES = {'A', 'C', 'G', 'T'};

  private Genome() {}

  static char base(Contig contig, int position) {
    long mixed = ((long) contig.index() << 40) + position;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return BASES[(int) ((mixed ^ (mixed >>> 31)) & 3)];
  }

  static String bases(Contig contig, int position, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(base(contig, position + i));
    }
    return text.toString();
  }

  /** Returns the partner of a transition: A and G, C and T. */
  static char transition(char base) {
    return switch (base) {
      case 'A' -> 'G';
      case 'G' -> 'A';
      case 'C' -> 'T';
      default -> 'C';
    };
  }
}
