package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.healthbeam.core.variant.AlleleType;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.ScannedRecord;
import org.healthbeam.core.variant.Varints;

/**
 * What Hail's {@code sample_qc} counts, by the documentation of Hail 0.2, in whole numbers that
 * merge in any order.
 *
 * <p>Half-missing genotypes, and those of three alleles or more, which Hail does not read, are
 * missing. DP and GQ count whether the genotype is called or not.
 *
 * <p>Its size is {@value #WIDTH} longs and two {@link Moments} for a sample.
 */
final class HailTotals {
  static final int NOT_HOM_REF = 0;
  static final int MISSING = 1;
  static final int HET = 2;
  static final int SINGLETON = 3;
  static final int INSERTION = 4;
  static final int DELETION = 5;
  static final int TI = 6;
  static final int TV = 7;
  static final int STAR = 8;
  private static final int WIDTH = 9;

  private long records;
  private long noGenotypes;
  final SampleCells samples = new SampleCells(WIDTH);
  private final SampleMoments depth = new SampleMoments();
  private final SampleMoments quality = new SampleMoments();
  private long[] calls = new long[4];

  void expect(List<String> names, String file) {
    samples.expect(names, file);
  }

  void add(ScannedRecord r) {
    if (r.samples() == 0) {
      return;
    }
    records++;
    addFields(r);
    if (!r.hasGenotypes()) {
      noGenotypes++;
      return;
    }
    countCalls(r);
    for (int k = 0; k < r.kept(); k++) {
      int s = r.keptSample(k);
      if (isMissing(r, k)) {
        samples.add(s, MISSING, 1);
        samples.add(s, NOT_HOM_REF, 1);
        continue;
      }
      int last = r.known(k) - 1;
      boolean reference = r.allele(k, 0) == 0 && r.allele(k, last) == 0;
      samples.add(s, NOT_HOM_REF, reference ? 0 : 1);
      samples.add(s, HET, r.allele(k, 0) == r.allele(k, last) ? 0 : 1);
      for (int i = 0; i <= last; i++) {
        addAllele(r, s, r.allele(k, i));
      }
    }
  }

  static boolean isMissing(ScannedRecord r, int k) {
    return !r.isCalled(k) || r.known(k) > 2;
  }

  private void countCalls(ScannedRecord r) {
    if (calls.length < r.alleles()) {
      calls = new long[r.alleles() * 2];
    }
    java.util.Arrays.fill(calls, 0);
    for (int k = 0; k < r.kept(); k++) {
      for (int i = 0; i < r.known(k) && !isMissing(r, k); i++) {
        calls[r.allele(k, i)]++;
      }
    }
  }

  private void addAllele(ScannedRecord r, int s, int allele) {
    if (allele == 0) {
      return;
    }
    samples.add(s, SINGLETON, calls[allele] == 1 ? 1 : 0);
    AlleleType type = AlleleType.of(r.ref(), r.alternate(allele));
    switch (type) {
      case INSERTION -> samples.add(s, INSERTION, 1);
      case DELETION -> samples.add(s, DELETION, 1);
      case STAR -> samples.add(s, STAR, 1);
      case SNP -> {
        int substitution = AlleleType.substitution(r.ref(), r.alternate(allele));
        boolean transition = substitution >= 0 && AlleleType.isTransition(substitution);
        samples.add(s, transition ? TI : TV, 1);
      }
      default -> {}
    }
  }

  private void addFields(ScannedRecord r) {
    for (int s = 0; s < r.samples(); s++) {
      if (r.dp(s) >= 0) {
        depth.add(s, r.dp(s));
      }
      if (r.gq(s) >= 0) {
        quality.add(s, r.gq(s));
      }
    }
  }

  long called(int sample) {
    return records - missing(sample);
  }

  long missing(int sample) {
    return noGenotypes + samples.get(sample, MISSING);
  }

  long homRef(int sample) {
    return records - noGenotypes - samples.get(sample, NOT_HOM_REF);
  }

  Moments depth(int sample) {
    return depth.get(sample);
  }

  Moments quality(int sample) {
    return quality.get(sample);
  }

  void add(HailTotals other) {
    records += other.records;
    noGenotypes += other.noGenotypes;
    List<String> before = samples.samples();
    samples.add(other.samples);
    List<String> now = samples.samples();
    for (SampleMoments moments : List.of(depth, quality)) {
      moments.reorder(before, now);
    }
    depth.add(other.depth, other.samples.samples(), now);
    quality.add(other.quality, other.samples.samples(), now);
  }

  void write(DataOutput out) throws IOException {
    Varints.write(out, records);
    Varints.write(out, noGenotypes);
    samples.write(out);
    depth.write(out);
    quality.write(out);
  }

  static HailTotals read(DataInput in) throws IOException {
    HailTotals result = new HailTotals();
    result.records = Varints.read(in);
    result.noGenotypes = Varints.read(in);
    result.samples.readFrom(in);
    result.depth.readFrom(in);
    result.quality.readFrom(in);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HailTotals that
        && records == that.records
        && noGenotypes == that.noGenotypes
        && samples.equals(that.samples)
        && depth.equals(that.depth)
        && quality.equals(that.quality);
  }

  @Override
  public int hashCode() {
    return samples.hashCode();
  }
}
