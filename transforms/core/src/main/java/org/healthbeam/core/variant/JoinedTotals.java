package org.healthbeam.core.variant;

import java.util.List;

/**
 * Adds to {@link Totals} what {@link JoinedRecord} was not told sample by sample: the samples that
 * share a genotype, record after record.
 */
public final class JoinedTotals {
  private final Totals totals;

  /**
   * Adds to these totals, of these samples.
   *
   * @param totals to which is added
   * @param samples of the cohort, in its order
   * @throws IllegalArgumentException if the totals have counted other samples
   */
  public JoinedTotals(Totals totals, List<String> samples) {
    this.totals = totals;
    if (!totals.expect(VcfHeader.of(0, samples), "")) {
      throw new IllegalArgumentException("the totals are of other samples");
    }
  }

  /** {@return the totals it was made with, which also have what was added since} */
  public Totals totals() {
    return totals;
  }

  /**
   * Counts so many records in which nothing is known of a sample.
   *
   * @param sample its place in the cohort, from 0
   * @param records how many
   * @param sites how many of them have an expected heterozygosity
   * @param expected what {@link JoinedRecord#addTo} returned for them, added up
   */
  public void addMissing(int sample, long records, long sites, long expected) {
    totals.cohort().samples().add(sample, Call.MISSING, records, sites, expected);
  }

  /**
   * Counts so many records in which all of a sample's alleles are the reference.
   *
   * @param sample its place in the cohort, from 0
   * @param ploidy alleles of each genotype, 1 or more; diploid ones need not be told
   * @param records how many
   * @param sites how many of them have an expected heterozygosity
   * @param expected what {@link JoinedRecord#addTo} returned for them, added up
   */
  public void addReference(int sample, int ploidy, long records, long sites, long expected) {
    if (ploidy == 2) {
      return; // what the other counters leave of the records
    }
    Call call = ploidy == 1 ? Call.HAP_REF : Call.HOM_REF;
    totals.cohort().samples().add(sample, call, records, sites, expected);
  }

  /**
   * Counts the DP of a sample's called genotypes in so many records.
   *
   * @param sample its place in the cohort, from 0
   * @param value reads, 0 or more
   * @param records how many
   */
  public void addDepth(int sample, long value, long records) {
    totals.cohort().addDepth(value, records);
    totals.cohort().samples().addDepth(sample, value, records);
  }

  /**
   * Counts the GQ, in thousandths, of a sample's called genotypes in so many records.
   *
   * @param sample its place in the cohort, from 0
   * @param value thousandths of a phred, 0 or more
   * @param records how many
   */
  public void addQuality(int sample, long value, long records) {
    totals.cohort().addQuality(value, records);
    totals.cohort().samples().addQuality(sample, value, records);
  }

  /**
   * Counts records of single files that were left out because of their FILTER.
   *
   * @param records how many, of any sample
   */
  public void addFilteredOut(long records) {
    totals.cohort().addFilteredOut(records);
  }

  /**
   * Counts bases at which samples are called, in the cohort.
   *
   * @param bases each as often as samples are called at it
   */
  public void addCalledBases(long bases) {
    totals.cohort().sites().add(SiteCounter.CALLED_BASES, bases);
  }

  /**
   * Counts bases at which samples are called, in a region that has some.
   *
   * @param region in which they lie
   * @param bases each as often as samples are called at it
   */
  public void addCalledBases(Region region, long bases) {
    totals.region(region).add(SiteCounter.CALLED_BASES, bases);
  }
}
