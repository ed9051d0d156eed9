package org.healthbeam.core.variant.compat;

import java.util.List;
import java.util.function.UnaryOperator;

/** A file of another tool about the samples, or all records. */
public enum TotalsTable {
  /** The sections of {@code bcftools stats} that are made of genotypes and sites. */
  BCFTOOLS_STATS(Compat.BCFTOOLS, "bcftools.stats.txt"),
  /** What {@code plink2 --sample-counts} writes. */
  PLINK2_SCOUNT(Compat.PLINK2, "plink2.scount"),
  /** What {@code plink2 --missing} writes by sample. */
  PLINK2_SMISS(Compat.PLINK2, "plink2.smiss"),
  /** What {@code plink2 --het} writes. */
  PLINK2_HET(Compat.PLINK2, "plink2.het"),
  /** What Hail's {@code sample_qc} gives. */
  HAIL_SAMPLE_QC(Compat.HAIL, "hail.sample_qc.tsv");

  private final Compat tool;
  private final String file;

  TotalsTable(Compat tool, String file) {
    this.tool = tool;
    this.file = file;
  }

  /** {@return the tool that writes such a file} */
  public Compat tool() {
    return tool;
  }

  /** {@return the file's name} */
  public String file() {
    return file;
  }

  /**
   * {@return all lines of the file}
   *
   * @param totals that have counted for the {@link #tool}
   * @param input what was read, which may stand in the file
   * @param names makes the name that is written of a sample's
   */
  public List<String> lines(CompatTotals totals, String input, UnaryOperator<String> names) {
    return switch (this) {
      case BCFTOOLS_STATS -> BcftoolsStats.lines(totals.bcftools(), input, names);
      case PLINK2_SCOUNT -> new PlinkSamples(totals.plink()).counts(names);
      case PLINK2_SMISS -> new PlinkSamples(totals.plink()).missing(names);
      case PLINK2_HET -> new PlinkSamples(totals.plink()).heterozygosity(names);
      case HAIL_SAMPLE_QC -> HailTables.samples(totals.hail(), names);
    };
  }
}
