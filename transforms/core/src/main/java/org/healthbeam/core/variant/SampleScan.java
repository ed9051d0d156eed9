package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.BitSet;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.VariantScan.Outcome;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/**
 * Reads the genotypes of each sample of a VCF, line by line, for those who count them elsewhere.
 *
 * <p>One object serves one thread; what it answers is of the last line. The rules are those of
 * {@link VariantScan}; the depth of a reference block is its MIN_DP, if it has that, which is sure
 * of every base.
 */
public final class SampleScan {
  /** Takes what a record says of one sample. */
  @FunctionalInterface
  public interface Genotypes {
    /**
     * Takes one.
     *
     * @param sample the place of the sample in the header
     * @param alleles has those that are known, 0 the reference; not to be changed or kept
     * @param from where they begin
     * @param to one after the last
     * @param partial whether there are others, unknown
     * @param depth DP, or -1
     * @param quality GQ in thousandths, or -1
     * @param span the bases that the record speaks of, from 1
     */
    void take(
        int sample,
        int[] alleles,
        int from,
        int to,
        boolean partial,
        int depth,
        long quality,
        long span);
  }

  private static final int[] REFERENCE = {0, 0};
  private static final byte[] PASS = {'P', 'A', 'S', 'S'};

  private final Violations violations;
  private final FixedColumns columns;
  private final GenotypeScan genotypes;
  private final ScannedRecord current;
  private final CallFilters filters;
  private boolean filtered;

  /** Has a bit for each sample whose genotype failed. */
  private final BitSet failed = new BitSet();

  /**
   * Reads the records that pass these filters, and takes genotypes that failed FT as they are.
   *
   * @param policy what becomes of a broken rule
   * @param filters by the FILTER column
   */
  public SampleScan(OnInvalid policy, Filters filters) {
    this(policy, CallFilters.none().with(filters));
  }

  /**
   * Reads the calls that pass these filters.
   *
   * @param policy what becomes of a broken rule
   * @param filters by FILTER and by FT
   */
  public SampleScan(OnInvalid policy, CallFilters filters) {
    this.violations = new Violations(policy == OnInvalid.STRICT, policy == OnInvalid.REPAIR);
    this.columns = new FixedColumns(violations);
    this.genotypes = new GenotypeScan(violations);
    this.current = new ScannedRecord(genotypes);
    this.filters = filters;
  }

  /**
   * Reads one line, without its line feed. The genotypes of a line that is filtered are not read;
   * all of them are unknown.
   *
   * @param line bytes, which are not changed and not kept
   * @param from where the line begins
   * @param to one after its last byte, a carriage return included
   * @param header of the line's file
   * @return what became of it
   * @throws RejectedException if a rule is broken
   */
  public Outcome scan(byte[] line, int from, int to, VcfHeader header) throws RejectedException {
    int end = to > from && line[to - 1] == '\r' ? to - 1 : to;
    violations.clear();
    if (end == from) {
      violations.found(VcfRule.EMPTY_LINE);
      return Outcome.EMPTY;
    }
    if (line[from] == '#') {
      throw violations.broken(VcfRule.HEADER_IN_BODY);
    }
    int firstSample = columns.read(line, from, end, header, current);
    int alleles = columns.readAlternates(line, current);
    current.setAlleles(alleles);
    columns.readInfo(line, header, current, alleles);
    FormatKeys keys = columns.readFormat(line, header);
    filtered = !filters.records().selects(current.filter);
    failed.clear();
    if (filtered) {
      genotypes.begin(header.minorVersion(), alleles, header.samples().size(), FormatKeys.NONE);
      return Outcome.FILTERED;
    }
    FormatKeys counted = current.onlyReference ? keys.ofBlock() : keys;
    genotypes.begin(header.minorVersion(), alleles, header.samples().size(), counted);
    genotypes.scan(line, firstSample, end, counted);
    if (keys.ft() >= 0 && filters.genotypes() == FailedGenotypes.MISSING) {
      findFailed(line, firstSample, end, keys.ft());
    }
    return violations.anyRepaired() ? Outcome.REPAIRED : Outcome.COUNTED;
  }

  private void findFailed(byte[] line, int firstSample, int end, int ft) {
    int at = firstSample;
    for (int s = 0; s < genotypes.samples; s++) {
      int to = at;
      while (to < end && line[to] != '\t') {
        to++;
      }
      int from = at;
      for (int field = 0; field < ft && from < to; field++) {
        while (from < to && line[from] != ':') {
          from++;
        }
        from = Math.min(to, from + 1);
      }
      failed.set(s, isFailure(line, from, to));
      at = to + 1;
    }
  }

  private static boolean isFailure(byte[] line, int from, int to) {
    int end = from;
    while (end < to && line[end] != ':') {
      end++;
    }
    boolean dot = end == from + 1 && line[from] == '.';
    return end > from && !dot && !Arrays.equals(line, from, end, PASS, 0, PASS.length);
  }

  /** {@return the column in which the last line is broken, from 1, or 0 if it is the whole line} */
  public int column() {
    return violations.column();
  }

  /**
   * Hands over each sample's genotype, in the header's order.
   *
   * @param taker is called once for each sample of the header
   */
  public void forEach(Genotypes taker) {
    GenotypeScan g = genotypes;
    int next = 0;
    for (int s = 0; s < g.samples; s++) {
      int depth = g.hasDepth ? g.dp[s] : -1;
      long quality = g.hasQuality ? g.gq[s] : -1;
      long span = g.hasLength && g.len[s] > 0 ? g.len[s] : current.span();
      if (filtered) {
        taker.take(s, REFERENCE, 0, 0, false, -1, -1, current.span());
      } else if (failed.get(s)) {
        next += next < g.kept && g.keptSample[next] == s ? 1 : 0;
        taker.take(s, REFERENCE, 0, 0, false, -1, -1, span);
      } else if (next < g.kept && g.keptSample[next] == s) {
        boolean partial = Call.at(g.keptCall[next]) == Call.PARTIAL;
        int from = g.keptFrom[next];
        int to = g.keptFrom[next + 1];
        next++;
        taker.take(s, g.keptAlleles, from, to, partial, depth, quality, span);
      } else {
        taker.take(s, REFERENCE, 0, 2, false, depth, quality, span);
      }
    }
  }

  /** {@return CHROM, as it stands in the line} */
  public String contig() {
    return current.contig;
  }

  /** {@return POS, from 1; 0 is the telomere} */
  public int pos() {
    return current.pos;
  }

  /** {@return ID, with semicolons between several; a dot where missing} */
  public String id() {
    return current.id;
  }

  /** {@return REF, as it stands in the line or as it was repaired} */
  public String ref() {
    return current.ref;
  }

  /** {@return FILTER, with semicolons between several; a dot if none was applied} */
  public String filter() {
    return current.filter;
  }

  /** {@return QUAL; NaN where missing} */
  public double qual() {
    return current.qual;
  }

  /** {@return how many alleles there are, the reference included} */
  public int alleles() {
    return genotypes.alleles;
  }

  /**
   * {@return the {@code i}-th alternate, from 1}
   *
   * @param i which alternate, up to {@link #alleles} less one
   */
  public String alternate(int i) {
    return current.alleles[i];
  }

  /** {@return whether the line was left out because of its FILTER} */
  public boolean isFiltered() {
    return filtered;
  }

  /**
   * {@return whether no alternate is one that is counted: the record tells of the reference only}
   */
  public boolean isOnlyReference() {
    return current.onlyReference;
  }
}
