package org.healthbeam.core.variant;

import java.util.Locale;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

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
    /** Counted as it stands. */
    COUNTED,
    /** Counted after something in it was set right. */
    REPAIRED,
    /** Left out because of its FILTER. */
    FILTERED,
    /** Left out because there is nothing in it. */
    EMPTY;

    /** {@return the name as it stands in the ledger} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the place in an array that has one cell for each} */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
      return ordinal();
    }
  }

  /** Takes what is told of each alternate of a record. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Takes one for each alternate.
     *
     * @param row of one alternate; rows of one record come in the order of ALT
     */
    void variant(VariantSummary row);

    /**
     * Takes one for each alternate and each population that has samples.
     *
     * @param row of one alternate in one population
     */
    default void population(PopulationSummary row) {}
  }

  private final Violations violations;
  private final FixedColumns columns;
  private final GenotypeScan genotypes;
  private final ScannedRecord current;
  private final Filters filters;
  private final Regions regions;
  private final ContigNames contigs;
  @Nullable private final KnownSites.Cursor known;
  @Nullable private final PopulationScan populations;
  private String contig = "";
  private String contigKey = "";
  private String oldMitochondrion = "";
  private boolean knownHere;
  private FileRemarks remarks = new FileRemarks();
  private long number = 1;
  private long[] again = new long[4];

  /**
   * Counts by these regions, and neither novelty nor populations.
   *
   * @param policy what becomes of a broken rule
   * @param filters which records are counted
   * @param regions in which they are counted beside the cohort
   */
  public VariantScan(OnInvalid policy, Filters filters, Regions regions) {
    this(policy, filters, Axes.of(regions));
  }

  /**
   * Counts along these axes.
   *
   * @param policy what becomes of a broken rule
   * @param filters which records are counted
   * @param axes along what is counted
   */
  public VariantScan(OnInvalid policy, Filters filters, Axes axes) {
    this.violations = new Violations(policy == OnInvalid.STRICT, policy == OnInvalid.REPAIR);
    this.columns = new FixedColumns(violations);
    this.genotypes = new GenotypeScan(violations);
    this.current = new ScannedRecord(genotypes);
    this.filters = filters;
    this.regions = axes.regions();
    this.contigs = axes.contigs();
    this.known = axes.known() == null ? null : axes.known().cursor();
    this.populations = axes.populations() == null ? null : new PopulationScan(axes.populations());
  }

  /**
   * Says whose lines come now; without it, remarks are lost.
   *
   * @param into takes the remarks on them
   * @param block whose lines are scanned next, in order
   */
  public void begin(FileRemarks into, VcfBlock block) {
    remarks = into;
    String old = block.header().declarations().oldMitochondrion();
    if (!old.equals(oldMitochondrion)) {
      oldMitochondrion = old;
      contig = "";
    }
    VcfBlock.Part part = block.part();
    number =
        part.offset() < 0
            ? FileRemarks.place(part.index(), block.firstLine())
            : FileRemarks.placeAt(part.offset(), block.firstLine());
    into.begin(block.header().declarations(), number - block.passedBefore());
    if (block.passedBefore() > 0) {
      // Lines that follow one another stay one range, whichever of them are wanted.
      into.passed(number - 1);
    }
    if (part.hasLines()) {
      into.partLines(part.index(), part.lines());
    }
  }

  /** {@return the column in which the last line is broken, from 1, or 0 if it is the whole line} */
  public int column() {
    return violations.column();
  }

  /**
   * Counts one line, without its line feed.
   *
   * @param line bytes, which are not changed and not kept
   * @param from where the line begins
   * @param to one after its last byte, a carriage return included
   * @param header of the line's file
   * @param totals take the counts; {@link Totals#expect} must have been called for the file
   * @param rows takes one summary for each alternate, and for each population
   * @return what became of it
   * @throws RejectedException if a rule is broken
   */
  public Outcome scan(byte[] line, int from, int to, VcfHeader header, Totals totals, Rows rows)
      throws RejectedException {
    try {
      return scanLine(line, from, to, header, totals, rows);
    } finally {
      remarks.passed(number++);
    }
  }

  private Outcome scanLine(
      byte[] line, int from, int to, VcfHeader header, Totals totals, Rows rows)
      throws RejectedException {
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
    int samples = header.samples().size();
    genotypes.begin(header.minorVersion(), alleles, samples, keys);
    if (!filters.selects(current.filter)) {
      totals.cohort().addLeftOut(current);
      remark(alleles);
      return Outcome.FILTERED;
    }
    if (samples > 0) {
      genotypes.scan(line, firstSample, end, keys);
    }
    onContig();
    setNovelty(alleles, totals);
    totals.cohort().add(current);
    addToViews(line, from, firstSample, end, totals);
    addToRegions(totals);
    if (populations != null) {
      populations.expect(header);
      populations.count(genotypes);
      populations.addTo(totals.cohort().populations(), current);
      populations.rows(current, rows::population);
    }
    emit(alleles, rows);
    remark(alleles);
    return violations.anyRepaired() ? Outcome.REPAIRED : Outcome.COUNTED;
  }

  private void onContig() {
    if (current.contig.equals(contig)) {
      return;
    }
    regions.check(current.contig);
    if (current.contig.equals(oldMitochondrion)) {
      regions.checkOldMitochondrion(current.contig);
      if (known != null) {
        known.checkOldMitochondrion(current.contig);
      }
    }
    knownHere = known != null && known.on(current.contig);
    contigKey = contigs.key(current.contig);
    contig = current.contig;
  }

  private void setNovelty(int alleles, Totals totals) {
    if (known == null) {
      return;
    }
    if (!knownHere) {
      totals.cohort().addUnknownElsewhere();
    }
    for (int i = 1; i < alleles; i++) {
      if (current.types[i].isOfBases()) {
        boolean isKnown = known.has(current.pos, current.ref, current.alleles[i]);
        current.novelty[i] = isKnown ? Novelty.KNOWN : Novelty.NOVEL;
      }
    }
  }

  private void addToViews(byte[] line, int from, int firstSample, int end, Totals totals) {
    if (!totals.views().isEmpty()) {
      current.line = line;
      current.lineFrom = from;
      current.firstSample = firstSample;
      current.lineEnd = end;
      for (RecordCounter view : totals.views()) {
        view.add(current);
      }
    }
  }

  private void remark(int alleles) {
    violations.remarks(remarks, number);
    if (again.length < alleles) {
      again = new long[2 * alleles];
    }
    int n = 0;
    for (int i = 1; i < alleles; i++) {
      if (current.types[i].isOfBases()) {
        again[n++] = FileRemarks.allele(current.pos, current.ref, current.alleles[i]);
      }
    }
    remarks.record(unbracketed(current.contig), current.pos, again, n, number);
  }

  /** A sequence of the assembly file is the same one with brackets and without. */
  private static String unbracketed(String contig) {
    return contig.charAt(0) == '<' ? contig.substring(1, contig.length() - 1) : contig;
  }

  private void addToRegions(Totals totals) {
    if (!regions.isOn(contigKey)) {
      totals.cohort().addElsewhere();
      return;
    }
    regions.overlapping(
        contigKey,
        current.pos,
        current.longestSpan(),
        (region, from, to) -> {
          // A region without a record has no row, unless bases are called in it.
          if (from == 0 || current.calledBases(from, to) > 0) {
            totals.region(region).add(current, from, to);
          }
        });
  }

  private void emit(int alleles, Rows rows) {
    Moments depth = null;
    Moments quality = null;
    for (int i = 1; i < alleles; i++) {
      if (current.types[i].isVariant()) {
        depth = depth == null ? genotypes.depth.copy() : depth;
        quality = quality == null ? genotypes.quality.copy() : quality;
        rows.variant(current.summary(i, depth, quality));
      }
    }
  }
}
