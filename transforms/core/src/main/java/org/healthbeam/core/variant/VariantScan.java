package org.healthbeam.core.variant;

import java.util.Locale;
import java.util.function.Consumer;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Counts the records of a VCF along every axis at once, from the bytes of their lines.
 *
 * <p>One object serves one thread. A line that breaks a rule leaves no trace in any total.
 *
 * <p>Source of the rules: VCF 4.2 and later of samtools/hts-specs, as {@link VcfRule} lists them.
 */
public final class VariantScan {
  /** What became of a line. */
  public enum Outcome {
    COUNTED,
    /** Counted after something in it was set right. */
    REPAIRED,
    /** Left out because of its FILTER. */
    FILTERED,
    /** Left out because there is nothing in it. */
    EMPTY;

    /** Returns the name as it stands in the ledger. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the place in an array that has one cell for each. */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
      return ordinal();
    }
  }

  private final Violations violations;
  private final FixedColumns columns;
  private final GenotypeScan genotypes;
  private final ScannedRecord current;
  private final Filters filters;
  private final Regions regions;

  public VariantScan(OnInvalid policy, Filters filters, Regions regions) {
    this.violations = new Violations(policy);
    this.columns = new FixedColumns(violations);
    this.genotypes = new GenotypeScan(violations);
    this.current = new ScannedRecord(genotypes);
    this.filters = filters;
    this.regions = regions;
  }

  /**
   * Counts one line, without its line feed.
   *
   * @param totals take the counts; {@link Totals#expect} must have been called for the file
   * @param rows takes one summary for each alternate
   * @throws RejectedException if a rule is broken
   */
  public Outcome scan(
      byte[] line, int from, int to, VcfHeader header, Totals totals, Consumer<VariantSummary> rows)
      throws RejectedException {
    int end = to > from && line[to - 1] == '\r' ? to - 1 : to;
    violations.clear();
    if (end == from) {
      violations.found(VcfRule.EMPTY_LINE);
      return Outcome.EMPTY;
    }
    if (line[from] == '#') {
      throw VcfRule.HEADER_IN_BODY.broken();
    }
    int firstSample = columns.read(line, from, end, header, current);
    int alleles = columns.readAlternates(line, current);
    current.setAlleles(alleles);
    columns.readInfo(line, current, alleles);
    FormatKeys keys = columns.readFormat(line, header);
    if (!filters.selects(current.filter)) {
      totals.cohort().addFilters(current.filter, false);
      return Outcome.FILTERED;
    }
    int samples = header.samples().size();
    genotypes.begin(header.minorVersion(), alleles, samples, keys);
    if (samples > 0) {
      genotypes.scan(line, firstSample, end, keys);
    }
    totals.cohort().addFilters(current.filter, true);
    totals.cohort().add(current);
    addToRegions(totals);
    emit(alleles, rows);
    return violations.anyRepaired() ? Outcome.REPAIRED : Outcome.COUNTED;
  }

  private void addToRegions(Totals totals) {
    if (!regions.isOn(current.contig)) {
      totals.cohort().addElsewhere();
      return;
    }
    regions.overlapping(
        current.contig,
        current.pos,
        current.longestSpan(),
        (region, from, to) -> {
          // A region without a record has no row, unless bases are called in it.
          if (from == 0 || current.calledBases(from, to) > 0) {
            totals.region(region).add(current, from, to);
          }
        });
  }

  private void emit(int alleles, Consumer<VariantSummary> rows) {
    Moments depth = null;
    Moments quality = null;
    for (int i = 1; i < alleles; i++) {
      if (current.types[i].isVariant()) {
        depth = depth == null ? genotypes.depth.copy() : depth;
        quality = quality == null ? genotypes.quality.copy() : quality;
        rows.accept(current.summary(i, depth, quality));
      }
    }
  }
}
