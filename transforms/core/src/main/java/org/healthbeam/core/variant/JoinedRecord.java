package org.healthbeam.core.variant;

import java.util.List;
import java.util.function.Consumer;
import org.healthbeam.core.variant.vcf.Violations;

/**
 * One record that is put together of what several files say, and counted as if it had stood in one;
 * one object serves all records in turn.
 *
 * <p>Genotypes that many samples share are counted by their number, so that a record costs what is
 * not the reference in it, however many samples there are.
 */
public final class JoinedRecord {
  private static final FormatKeys ONLY_GT = new FormatKeys(1, 0, -1, -1, -1, -1, -1, null, null);

  private final GenotypeScan genotypes = new GenotypeScan(new Violations(true, false));
  private final ScannedRecord current = new ScannedRecord(genotypes);

  /**
   * Begins a record.
   *
   * @param contig the sequence, as it is called in the cohort
   * @param pos POS, from 1; 0 is the telomere
   * @param id identifiers with semicolons between them, or a dot
   * @param ref the reference allele, in upper case
   * @param alternates those that any sample lists, in the order of the result; none is empty
   * @param qual phred-scaled; NaN where missing
   * @param filter FILTER as it is to stand in the summaries
   * @param samples how many there are in the cohort
   */
  public void begin(
      String contig,
      int pos,
      String id,
      String ref,
      List<String> alternates,
      double qual,
      String filter,
      int samples) {
    current.contig = contig;
    current.pos = pos;
    current.id = id;
    current.ref = ref;
    current.qual = qual;
    current.filter = filter;
    current.end = 0;
    int alleles = 1;
    for (String alternate : alternates) {
      current.setAlternate(alleles++, alternate);
    }
    current.setAlleles(alleles);
    genotypes.begin(0, alleles, samples, ONLY_GT);
  }

  /**
   * Counts the genotype of one sample.
   *
   * @param sample its place in the cohort, from 0
   * @param alleles has those that are known, 0 the reference, {@code i} the {@code i}-th alternate
   * @param from where its alleles begin
   * @param to one after the last; equal to {@code from} if none is known
   * @param partial whether there are others, unknown
   */
  public void add(int sample, int[] alleles, int from, int to, boolean partial) {
    genotypes.count(sample, alleles, from, to, partial);
  }

  /**
   * Counts samples of which all alleles are the reference, without saying which they are.
   *
   * @param ploidy alleles of each, 1 or more
   * @param samples how many, 0 or more
   */
  public void addReference(int ploidy, int samples) {
    genotypes.countReference(ploidy, samples);
  }

  /**
   * Counts samples of which nothing is known, without saying which they are.
   *
   * @param samples how many, 0 or more
   */
  public void addMissing(int samples) {
    genotypes.countMissing(samples);
  }

  /**
   * Counts it, once all genotypes are added, and returns what {@link JoinedTotals} is told.
   *
   * @param totals of the cohort's samples
   * @param regions in which of them it counts
   * @return the record's expected heterozygosity, to be added up for {@link JoinedTotals}
   */
  public long addTo(Totals totals, Regions regions) {
    genotypes.finish();
    totals.cohort().addJoined(current);
    if (!regions.isOn(current.contig)) {
      totals.cohort().addElsewhere();
    } else {
      regions.overlapping(
          current.contig,
          current.pos,
          1,
          (region, from, to) ->
              totals
                  .region(new Region(current.contig, region.start(), region.end(), region.name()))
                  .addSite(current));
    }
    return SampleTotals.expected(current);
  }

  /**
   * Hands over one summary for each alternate, after {@link #addTo}.
   *
   * @param depth DP of the called samples
   * @param quality GQ of the called samples, in thousandths
   * @param rows takes the summaries in the order of the alternates
   */
  public void emit(Moments depth, Moments quality, Consumer<VariantSummary> rows) {
    for (int i = 1; i < genotypes.alleles; i++) {
      if (current.types[i].isVariant()) {
        rows.accept(current.summary(i, depth, quality));
      }
    }
  }
}
