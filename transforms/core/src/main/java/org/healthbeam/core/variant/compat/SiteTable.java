package org.healthbeam.core.variant.compat;

import java.util.List;

/** A table of another tool with a row for each record, or several. */
public enum SiteTable {
  /** The tags of {@code bcftools +fill-tags}, a row for each record. */
  BCFTOOLS_FILL_TAGS(Compat.BCFTOOLS, "bcftools.fill-tags.tsv"),
  /** What {@code plink2 --freq} writes, a row for each record. */
  PLINK2_AFREQ(Compat.PLINK2, "plink2.afreq"),
  /** What {@code plink2 --missing} writes by variant, a row for each record. */
  PLINK2_VMISS(Compat.PLINK2, "plink2.vmiss"),
  /** What {@code plink2 --hardy} writes, a row for each allele that it tests. */
  PLINK2_HARDY(Compat.PLINK2, "plink2.hardy"),
  /** What Hail's {@code variant_qc} gives, a row for each record. */
  HAIL_VARIANT_QC(Compat.HAIL, "hail.variant_qc.tsv");

  private final Compat tool;
  private final String file;

  SiteTable(Compat tool, String file) {
    this.tool = tool;
    this.file = file;
  }

  /** {@return the tool that writes such a table} */
  public Compat tool() {
    return tool;
  }

  /** {@return the file's name} */
  public String file() {
    return file;
  }

  /** {@return the names of the columns} */
  public List<String> columns() {
    return switch (this) {
      case BCFTOOLS_FILL_TAGS -> FillTags.COLUMNS;
      case PLINK2_AFREQ -> PlinkSite.AFREQ;
      case PLINK2_VMISS -> PlinkSite.VMISS;
      case PLINK2_HARDY -> PlinkSite.HARDY;
      case HAIL_VARIANT_QC -> HailTables.VARIANT_QC;
    };
  }

  /**
   * {@return the rows of one record, cells separated by tabs}
   *
   * @param site counts of the record
   */
  public List<String> rows(SiteCounts site) {
    return switch (this) {
      case BCFTOOLS_FILL_TAGS -> List.of(FillTags.row(site));
      case PLINK2_AFREQ -> List.of(new PlinkSite(site).frequencies());
      case PLINK2_VMISS -> List.of(new PlinkSite(site).missing());
      case PLINK2_HARDY -> new PlinkSite(site).hardy();
      case HAIL_VARIANT_QC -> List.of(HailTables.variant(site));
    };
  }
}
