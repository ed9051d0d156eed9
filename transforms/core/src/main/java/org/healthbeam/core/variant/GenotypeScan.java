package org.healthbeam.core.variant;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.SampleChecks;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/**
 * The genotypes of one record, counted in the line's bytes. One object serves all lines in turn.
 *
 * <p>Nothing outside is changed while it scans, so that a line that is found broken at its last
 * sample has left no trace. Diploid homozygotes of the reference, which nearly all genotypes are,
 * are only counted; all others are kept in {@link #kept} with their sample and alleles.
 */
final class GenotypeScan {
  /** GQ is kept in thousandths, so that sums stay whole numbers. */
  static final int GQ_SCALE = 1000;

  static final int MAX_PLOIDY = 16;
  private static final byte TAB = '\t';

  static final int FIRST_SAMPLE_COLUMN = 10;

  /** Squares of numbers below it, of eight million samples, add up to less than a long holds. */
  private static final long SMALL = 1 << 20;

  private final Violations violations;
  private final BiallelicRun biallelic = new BiallelicRun();
  @Nullable private SampleChecks checks;

  // What the genotypes come to.
  int alleles;
  int samples;
  boolean counted;
  long[] ac = new long[4];
  int[] carriers = new int[4];
  int[] hom = new int[4];
  int[] diploidHom = new int[4];
  int[] diploidHet = new int[4];
  int diploid;
  long an;
  final int[] calls = new int[Call.count()];
  final int[] ploidies = new int[MAX_PLOIDY + 1];
  final Moments depth = new Moments();
  final Moments quality = new Moments();
  boolean hasDepth;
  boolean hasQuality;
  boolean hasLength;

  // The genotypes that are not diploid homozygotes of the reference, in the order of samples.
  int kept;
  int[] keptSample = new int[0];
  byte[] keptCall = new byte[0];
  int[] keptFrom = new int[1];
  int[] keptAlleles = new int[16];

  /** Whether all of these are diploid and called. */
  boolean onlyDiploid;

  // By sample, -1 where missing.
  int[] dp = new int[0];
  long[] gq = new long[0];
  int[] len = new int[0];

  private final GenotypeText text;

  GenotypeScan(Violations violations) {
    this.violations = violations;
    this.text = new GenotypeText(violations);
  }

  /** Prepares for a record and, if its file has no samples, is all that need be called. */
  void begin(int minor, int alleleCount, int sampleCount, FormatKeys keys) {
    alleles = alleleCount;
    text.begin(minor, alleleCount);
    samples = sampleCount;
    counted = keys.gt() >= 0 && sampleCount > 0;
    checks = keys.checks();
    if (checks != null) {
      checks.begin(alleleCount);
    }
    if (ac.length < alleleCount) {
      ac = new long[alleleCount * 2];
      carriers = new int[alleleCount * 2];
      hom = new int[alleleCount * 2];
      diploidHom = new int[alleleCount * 2];
      diploidHet = new int[alleleCount * 2];
    } else {
      for (int i = 0; i < alleleCount; i++) {
        ac[i] = 0;
        carriers[i] = 0;
        hom[i] = 0;
        diploidHom[i] = 0;
        diploidHet[i] = 0;
      }
    }
    if (keptSample.length < sampleCount) {
      keptSample = new int[sampleCount];
      keptCall = new byte[sampleCount];
      keptFrom = new int[sampleCount + 1];
    }
    hasDepth = keys.dp() >= 0;
    hasQuality = keys.gq() >= 0;
    hasLength = keys.len() >= 0;
    if (hasDepth && dp.length < sampleCount) {
      dp = new int[sampleCount];
    }
    if (hasQuality && gq.length < sampleCount) {
      gq = new long[sampleCount];
    }
    if (hasLength && len.length < sampleCount) {
      len = new int[sampleCount];
    }
    Arrays.fill(calls, 0);
    Arrays.fill(ploidies, 0);
    depth.clear();
    quality.clear();
    biallelic.clear();
    onlyDiploid = true;
    kept = 0;
    keptFrom[0] = 0;
    diploid = 0;
    an = 0;
  }

  /** Counts the genotypes between the first sample's first byte and the line's end. */
  void scan(byte[] b, int from, int end, FormatKeys keys) throws RejectedException {
    int p = from;
    int limit = Math.min(alleles, 10);
    boolean gtFirst = keys.gt() == 0;
    boolean onlyGt = keys.countsOnlyGt();
    int homRef = 0;
    for (int s = 0; s < samples; s++) {
      if (s > 0) {
        if (p >= end || b[p] != TAB) {
          throw violations.broken(VcfRule.COLUMNS);
        }
        p++;
      }
      if (onlyGt) {
        // All but the last sample: what follows that is no tab.
        int keptBefore = kept;
        int run =
            alleles == 2
                ? biallelic.read(b, p, end, s, samples - 1 - s, this)
                : Bytes.homRefRun(b, p, end, samples - 1 - s);
        homRef += run - (kept - keptBefore);
        s += run;
        p += 4 * run;
      }
      if (hasDepth) {
        dp[s] = -1;
      }
      if (hasQuality) {
        gq[s] = -1;
      }
      if (hasLength) {
        len[s] = -1;
      }
      if (gtFirst && p + 3 <= end && (b[p + 1] == '|' || b[p + 1] == '/')) {
        int first = b[p] - '0';
        int second = b[p + 2] - '0';
        boolean lastField = p + 3 == end || b[p + 3] == TAB;
        if (first >= 0
            && first < limit
            && second >= 0
            && second < limit
            && (lastField || b[p + 3] == ':')) {
          if ((first | second) == 0) {
            homRef++;
          } else {
            keepDiploid(s, first, second);
          }
          if (lastField) {
            p += 3;
          } else {
            text.ploidy = 2;
            p = fields(b, p + 4, end, keys, s, 1);
          }
          continue;
        }
      }
      text.ploidy = 0;
      p = fields(b, p, end, keys, s, 0);
      if (text.ploidy == 2 && text.call[0] == 0 && text.call[1] == 0) {
        homRef++;
      } else {
        keep(s);
      }
    }
    if (p != end) {
      throw violations.broken(VcfRule.COLUMNS);
    }
    biallelic.addTo(this);
    finish(homRef);
  }

  private void finish(int homRef) {
    calls[Call.HOM_REF.index()] += homRef;
    diploidHom[0] += homRef;
    hom[0] += homRef;
    ac[0] += 2L * homRef;
    diploid += homRef;
    ploidies[2] += homRef;
    for (int i = 0; i < alleles; i++) {
      an += ac[i];
    }
    addFields();
  }

  /** Adds up depths and qualities of called genotypes; the usual, small ones in registers. */
  private void addFields() {
    if (!hasDepth && !hasQuality) {
      return;
    }
    int depths = 0;
    long depthSum = 0;
    long depthSquares = 0;
    long leastDepth = SMALL;
    long greatestDepth = -1;
    int qualities = 0;
    long qualitySum = 0;
    long qualitySquares = 0;
    long leastQuality = SMALL;
    long greatestQuality = -1;
    int next = 0;
    for (int s = 0; s < samples; s++) {
      // What is diploid is called.
      if (!onlyDiploid
          && next < kept
          && keptSample[next] == s
          && !Call.at(keptCall[next++]).isCalled()) {
        continue;
      }
      long d = hasDepth ? dp[s] : -1;
      if (d >= SMALL) {
        depth.bound(d);
        depth.addTimes(d, 1);
      } else if (d >= 0) {
        leastDepth = Math.min(leastDepth, d);
        greatestDepth = Math.max(greatestDepth, d);
        depths++;
        depthSum += d;
        depthSquares += d * d;
      }
      long q = hasQuality ? gq[s] : -1;
      if (q >= SMALL) {
        quality.bound(q);
        quality.addTimes(q, 1);
      } else if (q >= 0) {
        leastQuality = Math.min(leastQuality, q);
        greatestQuality = Math.max(greatestQuality, q);
        qualities++;
        qualitySum += q;
        qualitySquares += q * q;
      }
    }
    addSmall(depth, depths, depthSum, depthSquares, leastDepth, greatestDepth);
    addSmall(quality, qualities, qualitySum, qualitySquares, leastQuality, greatestQuality);
  }

  private static void addSmall(
      Moments moments, int n, long sum, long squares, long least, long greatest) {
    if (n > 0) {
      moments.bound(least);
      moments.bound(greatest);
      moments.addSums(n, sum, squares);
    }
  }

  /**
   * Counts a genotype that was read elsewhere.
   *
   * @param known the alleles that are known, from {@code from} to {@code to}
   * @param partial whether there are others
   */
  void count(int sample, int[] known, int from, int to, boolean partial) {
    int n = to - from;
    if (n == 2 && !partial && known[from] == 0 && known[from + 1] == 0) {
      countReference(2, 1);
      return;
    }
    text.ploidy = n + (partial ? 1 : 0);
    text.call = text.ploidy > text.call.length ? new int[text.ploidy] : text.call;
    System.arraycopy(known, from, text.call, 0, n);
    if (partial) {
      text.call[n] = GenotypeText.MISSING;
    }
    keep(sample);
  }

  /** Counts as many genotypes of which all alleles are the reference. */
  void countReference(int alleleCount, int times) {
    calls[(alleleCount == 1 ? Call.HAP_REF : Call.HOM_REF).index()] += times;
    ploidies[Math.min(alleleCount, MAX_PLOIDY)] += times;
    ac[0] += (long) alleleCount * times;
    if (alleleCount > 1) {
      hom[0] += times;
    }
    if (alleleCount == 2) {
      diploid += times;
      diploidHom[0] += times;
    }
  }

  /** Counts as many genotypes of which nothing is known. */
  void countMissing(int times) {
    calls[Call.MISSING.index()] += times;
  }

  /** Adds up what was counted one by one. */
  void finish() {
    finish(0);
  }

  private void keepDiploid(int sample, int first, int second) {
    reserve(2);
    int at = keptFrom[kept];
    keptAlleles[at] = first;
    keptAlleles[at + 1] = second;
    ac[first]++;
    ac[second]++;
    carriers[first]++;
    diploid++;
    ploidies[2]++;
    if (first == second) {
      hom[first]++;
      diploidHom[first]++;
      add(sample, Call.HOM_ALT, 2);
    } else {
      carriers[second]++;
      diploidHet[first]++;
      diploidHet[second]++;
      add(sample, Call.HET, 2);
    }
  }

  private void keep(int sample) {
    onlyDiploid = false;
    reserve(text.ploidy);
    int at = keptFrom[kept];
    int known = 0;
    boolean allEqual = true;
    for (int i = 0; i < text.ploidy; i++) {
      int allele = text.call[i];
      if (allele == GenotypeText.MISSING) {
        continue;
      }
      allEqual &= known == 0 || keptAlleles[at] == allele;
      boolean seen = false;
      for (int k = 0; k < known; k++) {
        seen |= keptAlleles[at + k] == allele;
      }
      keptAlleles[at + known++] = allele;
      ac[allele]++;
      if (!seen) {
        carriers[allele]++;
      }
    }
    if (known == 0) {
      add(sample, Call.MISSING, 0);
    } else if (known < text.ploidy) {
      add(sample, Call.PARTIAL, known);
    } else {
      addCalled(sample, at, allEqual);
    }
  }

  private void addCalled(int sample, int at, boolean allEqual) {
    int first = keptAlleles[at];
    ploidies[Math.min(text.ploidy, MAX_PLOIDY)]++;
    if (text.ploidy == 2) {
      diploid++;
      if (allEqual) {
        diploidHom[first]++;
      } else {
        diploidHet[first]++;
        diploidHet[keptAlleles[at + 1]]++;
      }
    }
    if (text.ploidy == 1) {
      add(sample, first == 0 ? Call.HAP_REF : Call.HAP_ALT, 1);
    } else if (allEqual) {
      hom[first]++;
      add(sample, first == 0 ? Call.HOM_REF : Call.HOM_ALT, text.ploidy);
    } else {
      add(sample, Call.HET, text.ploidy);
    }
  }

  void reserve(int n) {
    if (keptFrom[kept] + n > keptAlleles.length) {
      keptAlleles = Arrays.copyOf(keptAlleles, Math.max(keptAlleles.length * 2, 4 * n));
    }
  }

  private void add(int sample, Call what, int known) {
    calls[what.index()]++;
    keptSample[kept] = sample;
    keptCall[kept] = (byte) what.index();
    keptFrom[kept + 1] = keptFrom[kept] + known;
    kept++;
  }

  /** Reads a sample's fields from the {@code k}-th, which begins at {@code p}, to its end. */
  private int fields(byte[] b, int p, int end, FormatKeys keys, int sample, int k)
      throws RejectedException {
    int at = p;
    for (int field = k; ; field++) {
      if (field >= keys.size()) {
        int to = Bytes.endBefore(b, TAB, TAB, at, end);
        boolean onlyDot = keys.size() == 0 && to == at + 1 && b[at] == '.';
        if (!onlyDot) {
          violations.found(VcfRule.SAMPLE_FIELDS, FIRST_SAMPLE_COLUMN + sample);
        }
        return to;
      }
      if (field == keys.gt()) {
        at = text.read(b, at, end, sample);
      } else if (field == keys.dp() || field == keys.gq() || field == keys.len()) {
        at = counted(b, at, end, keys, field, sample);
      } else if (checks != null) {
        at =
            checks.check(
                b, at, end, field, knownPloidy(), sample + FIRST_SAMPLE_COLUMN, violations);
      } else {
        at = Bytes.endBefore(b, ':', TAB, at, end);
      }
      if (at >= end || b[at] == TAB) {
        return at;
      }
      at++;
    }
  }

  /** Reads one of the fields whose numbers are counted, and returns where it ends. */
  private int counted(byte[] b, int at, int end, FormatKeys keys, int field, int sample)
      throws RejectedException {
    long whole = Bytes.wholeField(b, at, end);
    int to = whole >= 0 ? (int) whole : Bytes.endBefore(b, ':', TAB, at, end);
    int value = (int) (whole >>> 32);
    if (field == keys.dp()) {
      dp[sample] = whole >= 0 ? value : wholeNumber(b, at, to, VcfRule.DP, sample);
    } else if (field == keys.gq()) {
      gq[sample] = whole >= 0 ? (long) value * GQ_SCALE : thousandths(b, at, to, sample);
    } else {
      len[sample] = whole >= 0 ? value : wholeNumber(b, at, to, VcfRule.LEN, sample);
    }
    return to;
  }

  /** A single dot stands for a genotype of any ploidy. */
  private int knownPloidy() {
    return text.ploidy == 1 && text.call[0] == GenotypeText.MISSING ? 0 : text.ploidy;
  }

  private int wholeNumber(byte[] b, int from, int to, VcfRule rule, int sample)
      throws RejectedException {
    if (to == from + 1 && b[from] == '.') {
      return -1;
    }
    int value = Bytes.wholeNumber(b, from, to);
    if (value < 0) {
      violations.found(rule, FIRST_SAMPLE_COLUMN + sample);
    }
    return value;
  }

  private long thousandths(byte[] b, int from, int to, int sample) throws RejectedException {
    if (to == from + 1 && b[from] == '.') {
      return -1;
    }
    int whole = Bytes.wholeNumber(b, from, to);
    if (whole >= 0) {
      return (long) whole * GQ_SCALE;
    }
    String text = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    double value = FixedColumns.numberOrMinusOne(text.toLowerCase(Locale.ROOT));
    if (value >= 0 && value <= Integer.MAX_VALUE) {
      return Math.round(value * GQ_SCALE);
    }
    violations.found(VcfRule.GQ, FIRST_SAMPLE_COLUMN + sample);
    return -1;
  }
}
