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
   * @param alleles has those that are known, 0 the reference, {@code i} the {@code i}-th alternate
   * @param partial whether there are others, unknown
   */
  public void add(int sample, int[] alleles, int from, int to, boolean partial) {
    genotypes.count(sample, alleles, from, to, partial);
  }

  /** Counts samples of which all alleles are the reference, without saying which they are. */
  public void addReference(int ploidy, int samples) {
    genotypes.countReference(ploidy, samples);
  }

  /** Counts samples of which nothing is known, without saying which they are. */
  public void addMissing(int samples) {
    genotypes.countMissing(samples);
  }

  /** Counts it, once all genotypes are added, and returns what {@link JoinedTotals} is told. */
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

  /** Hands over one summary for each alternate, after {@link #addTo}. */
  public void emit(Moments depth, Moments quality, Consumer<VariantSummary> rows) {
    for (int i = 1; i < genotypes.alleles; i++) {
      if (current.types[i].isVariant()) {
        rows.accept(current.summary(i, depth, quality));
      }
    }
  }
}
