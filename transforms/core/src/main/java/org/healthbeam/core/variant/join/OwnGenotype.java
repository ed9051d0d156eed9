package org.healthbeam.core.variant.join;

import java.util.Arrays;
import java.util.List;
import org.healthbeam.core.variant.AlleleType;

/**
 * What all records of one sample at one place and of one reference allele say together.
 *
 * <p>There is one as a rule. Where a record of several alternates was split into one for each, each
 * tells how often its own alternates come, and the rest is the reference. Records that contradict
 * one another leave the genotype unknown.
 *
 * @param alleles those that are known, by their numbers in the site
 * @param partial whether there are others
 * @param depth the greatest DP, or -1
 * @param quality the greatest GQ in thousandths, or -1
 */
@SuppressWarnings("ArrayRecordComponent")
record OwnGenotype(int[] alleles, boolean partial, int depth, long quality) {
  private static final int NOT_TOLD = -1;

  static OwnGenotype of(JoinedSite site, List<SampleSite> records) {
    int depth = -1;
    long quality = -1;
    for (SampleSite record : records) {
      depth = Math.max(depth, record.depth());
      quality = Math.max(quality, record.quality());
    }
    if (records.size() == 1) {
      SampleSite only = records.get(0);
      int[] alleles = new int[only.alleles().length];
      for (int i = 0; i < alleles.length; i++) {
        alleles[i] = number(site, only, only.alleles()[i]);
      }
      return new OwnGenotype(alleles, only.partial(), depth, quality);
    }
    return together(site, records, depth, quality);
  }

  private static OwnGenotype together(
      JoinedSite site, List<SampleSite> records, int depth, long quality) {
    int[] times = new int[site.alleles()];
    Arrays.fill(times, NOT_TOLD);
    int ploidy = 0;
    boolean known = true;
    boolean agree = true;
    for (SampleSite record : records) {
      known &= record.isCalled();
      int here = record.alleles().length + (record.partial() ? 1 : 0);
      agree &= ploidy == 0 || here == 0 || here == ploidy;
      ploidy = Math.max(ploidy, here);
      agree &= count(site, record, times);
    }
    int alternates = Arrays.stream(times).filter(n -> n > 0).sum();
    if (!agree || alternates > ploidy) {
      return new OwnGenotype(new int[0], false, -1, -1);
    }
    boolean whole = known || alternates == ploidy;
    int[] alleles = new int[whole ? ploidy : alternates];
    int at = alleles.length - alternates;
    for (int allele = 1; allele < times.length; allele++) {
      for (int n = 0; n < times[allele]; n++) {
        alleles[at++] = allele;
      }
    }
    return new OwnGenotype(alleles, !whole && alternates > 0, depth, quality);
  }

  /** Counts the record's own alternates; false if another record has told otherwise. */
  private static boolean count(JoinedSite site, SampleSite record, int[] times) {
    boolean agree = true;
    for (int i = 1; record.alleles().length > 0 && i <= record.alternates().size(); i++) {
      int allele = i;
      int n = (int) Arrays.stream(record.alleles()).filter(a -> a == allele).count();
      boolean counted =
          n > 0 || AlleleType.of(record.ref(), record.alternates().get(i - 1)).isVariant();
      if (counted) {
        int number = number(site, record, i);
        agree &= times[number] == NOT_TOLD || times[number] == n;
        times[number] = n;
      }
    }
    return agree;
  }

  private static int number(JoinedSite site, SampleSite record, int allele) {
    return allele == 0 ? 0 : site.allele(record.alternates().get(allele - 1));
  }

  boolean isCalled() {
    return !partial && alleles.length > 0;
  }
}
