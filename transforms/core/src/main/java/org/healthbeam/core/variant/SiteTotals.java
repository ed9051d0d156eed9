package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/** The counters of {@link SiteCounter}, of a region or a cohort; they merge in any order. */
public final class SiteTotals {
  private static final int SIZE = SiteCounter.values().length;

  private final long[] counts = new long[SIZE];

  /**
   * {@return these counts}
   *
   * @param counts tells the number of each counter; is asked once for each
   */
  public static SiteTotals of(ToLongFunction<SiteCounter> counts) {
    SiteTotals result = new SiteTotals();
    for (SiteCounter counter : SiteCounter.values()) {
      result.add(counter, counts.applyAsLong(counter));
    }
    return result;
  }

  /**
   * {@return one counter}
   *
   * @param counter which one
   */
  public long get(SiteCounter counter) {
    return counts[counter.index()];
  }

  void add(SiteCounter counter, long n) {
    counts[counter.index()] += n;
  }

  /**
   * Adds all that another has counted.
   *
   * @param other is not changed
   */
  public void add(SiteTotals other) {
    for (int i = 0; i < SIZE; i++) {
      counts[i] += other.counts[i];
    }
  }

  /**
   * Takes out all that another has counted.
   *
   * @param other is not changed
   */
  public void subtract(SiteTotals other) {
    for (int i = 0; i < SIZE; i++) {
      counts[i] -= other.counts[i];
    }
  }

  /** {@return whether no counter has counted anything} */
  public boolean isNothing() {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return true;
  }

  /** Counts one record, of whose span the bases from and to these, counted from 0, lie here. */
  void add(ScannedRecord r, long from, long to) {
    add(SiteCounter.CALLED_BASES, r.calledBases(from, to));
    if (from == 0) {
      addSite(r);
    }
  }

  /** Counts one record without the bases that it covers. */
  void addSite(ScannedRecord r) {
    addColumns(r);
    GenotypeScan g = r.genotypes;
    for (int i = 1; i < g.alleles; i++) {
      if (r.types[i].isVariant()) {
        add(SiteCounter.SINGLETON, g.ac[i] == 1 ? 1 : 0);
        add(SiteCounter.PRIVATE, g.carriers[i] == 1 ? 1 : 0);
      }
    }
    addCalls(g.calls, 0);
    compareStored(r);
  }

  /** Counts what the columns before the genotypes say of a record. */
  void addColumns(ScannedRecord r) {
    add(SiteCounter.RECORDS, 1);
    int variants = 0;
    for (int i = 1; i < r.genotypes.alleles; i++) {
      if (r.types[i].isVariant()) {
        variants++;
        addAllele(r, i);
      }
    }
    addKind(variants);
  }

  /** Counts an alternate by its type, and whether it is known. */
  void addAllele(ScannedRecord r, int allele) {
    add(SiteCounter.of(r.types[allele]), 1);
    boolean known = r.novelty[allele] == Novelty.KNOWN;
    add(SiteCounter.KNOWN, known ? 1 : 0);
    if (r.substitutions[allele] >= 0) {
      boolean transition = AlleleType.isTransition(r.substitutions[allele]);
      add(transition ? SiteCounter.TI : SiteCounter.TV, 1);
      add(transition ? SiteCounter.KNOWN_TI : SiteCounter.KNOWN_TV, known ? 1 : 0);
    }
  }

  /** Counts how many alternates a record has. */
  void addKind(int variants) {
    add(SiteCounter.ALLELES, variants);
    if (variants == 0) {
      add(SiteCounter.REFERENCE, 1);
    } else if (variants > 1) {
      add(SiteCounter.MULTIALLELIC, 1);
    }
  }

  /** Counts genotypes, which stand by {@link Call} from there. */
  void addCalls(int[] calls, int from) {
    for (int c = 0; c < Call.count(); c++) {
      int n = calls[from + c];
      if (n != 0) {
        Call call = Call.at(c);
        add(SiteCounter.of(call), n);
        add(SiteCounter.CALLED, call.isCalled() ? n : 0);
      }
    }
  }

  private void compareStored(ScannedRecord r) {
    GenotypeScan g = r.genotypes;
    if (!g.counted) {
      return;
    }
    if (r.hasStoredAn) {
      add(SiteCounter.AN_COMPARED, 1);
      add(SiteCounter.AN_DISAGREES, r.storedAn == g.an ? 0 : 1);
    }
    if (r.hasStoredAc) {
      for (int i = 1; i < g.alleles; i++) {
        add(SiteCounter.AC_COMPARED, 1);
        add(SiteCounter.AC_DISAGREES, r.storedAc[i] == g.ac[i] ? 0 : 1);
      }
    }
  }

  /** {@return transitions by transversions; NaN without a transversion} */
  public double tiTv() {
    return VariantSummary.share(get(SiteCounter.TI), get(SiteCounter.TV));
  }

  /** {@return transitions by transversions of known alternates; NaN without a transversion} */
  public double tiTvKnown() {
    return VariantSummary.share(get(SiteCounter.KNOWN_TI), get(SiteCounter.KNOWN_TV));
  }

  /** {@return transitions by transversions of novel alternates; NaN without a transversion} */
  public double tiTvNovel() {
    return VariantSummary.share(
        get(SiteCounter.TI) - get(SiteCounter.KNOWN_TI),
        get(SiteCounter.TV) - get(SiteCounter.KNOWN_TV));
  }

  /** {@return how many alternates are bases and not known; all of them if there was no list} */
  public long novel() {
    return get(SiteCounter.ALLELES)
        - get(SiteCounter.STAR)
        - get(SiteCounter.SYMBOLIC)
        - get(SiteCounter.KNOWN);
  }

  /** {@return heterozygotes by homozygotes of an alternate; NaN without one} */
  public double hetHom() {
    return VariantSummary.share(get(SiteCounter.HET), get(SiteCounter.HOM_ALT));
  }

  /** {@return insertions by deletions; NaN without a deletion} */
  public double insDel() {
    return VariantSummary.share(get(SiteCounter.INS), get(SiteCounter.DEL));
  }

  /** {@return the share of genotypes that were called; NaN without a genotype} */
  public double callRate() {
    long called = get(SiteCounter.CALLED);
    return VariantSummary.share(
        called, called + get(SiteCounter.MISSING) + get(SiteCounter.PARTIAL));
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    Varints.writeAll(out, counts);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static SiteTotals read(DataInput in) throws IOException {
    SiteTotals result = new SiteTotals();
    long[] read = Varints.readAll(in);
    System.arraycopy(read, 0, result.counts, 0, read.length);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteTotals that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** Shows how many records there were, and nothing of the genotypes. */
  @Override
  public String toString() {
    return "SiteTotals(" + get(SiteCounter.RECORDS) + " records)";
  }
}
