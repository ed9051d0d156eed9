package org.healthbeam.core.variant;

import java.util.Arrays;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/** One genotype (GT) of any ploidy, as it is read; one object reads all in turn. */
final class GenotypeText {
  /** An allele that is not known. */
  static final int MISSING = -1;

  private final Violations violations;
  private int minorVersion;
  private int alleles;

  /** The alleles, as many as {@link #ploidy} says. */
  int[] call = new int[2];

  int ploidy;

  GenotypeText(Violations violations) {
    this.violations = violations;
  }

  /** Begins with a record. */
  void begin(int minor, int alleleCount) {
    minorVersion = minor;
    alleles = alleleCount;
  }

  /** Reads the genotype that begins at {@code p}, and returns where its field ends. */
  int read(byte[] b, int p, int end, int sample) throws RejectedException {
    int to = Bytes.endBefore(b, ':', '\t', p, end);
    int at = p;
    if (minorVersion >= 4 && at < to && isSeparator(b[at])) {
      at++;
    }
    ploidy = 0;
    while (at < to) {
      int allele = MISSING;
      int begin = at;
      if (b[at] == '.') {
        at++;
      } else {
        allele = 0;
        while (at < to && b[at] >= '0' && b[at] <= '9') {
          allele = Math.min(allele * 10 + b[at++] - '0', alleles);
        }
      }
      boolean more = at < to;
      if (at == begin || (more && (!isSeparator(b[at]) || at + 1 == to))) {
        return unusable(VcfRule.GT, to, sample);
      }
      if (allele >= alleles && alleles == 1) {
        // ALT is a dot, so the allele is one that the record does not tell; the specification's own
        // files have this.
        allele = MISSING;
      }
      if (allele >= alleles) {
        return unusable(VcfRule.GT_RANGE, to, sample);
      }
      if (ploidy == call.length) {
        call = Arrays.copyOf(call, ploidy * 2);
      }
      call[ploidy++] = allele;
      at++;
    }
    return ploidy == 0 ? unusable(VcfRule.GT, to, sample) : to;
  }

  private int unusable(VcfRule rule, int to, int sample) throws RejectedException {
    violations.found(rule, GenotypeScan.FIRST_SAMPLE_COLUMN + sample);
    ploidy = 0;
    return to;
  }

  private static boolean isSeparator(byte b) {
    return b == '|' || b == '/';
  }
}
