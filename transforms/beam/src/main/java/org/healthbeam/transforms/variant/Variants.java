package org.healthbeam.transforms.variant;

/** Genomic variants: what the genotypes of a VCF come to. */
public final class Variants {
  private Variants() {}

  /**
   * Counts the records of a VCF by variant, by sample, by region and in all, in one pass.
   *
   * <p>Input: blocks of lines, bounded or not, in any windows, in any order. Every file's samples
   * must be the same ones, in any order. Output: a summary for each alternate allele at once; the
   * cohort with its samples, and the regions, once a window.
   *
   * <p>Late data: as the windowing of the input says. Results are the same whatever the blocks,
   * bundles and the order of merging, since only whole numbers are added.
   *
   * <p>Units: DP in reads, GQ and QUAL phred-scaled, places in bases; POS from 1, regions from 0
   * and half open as in BED.
   *
   * <p>Errors: a line that breaks a rule leaves no trace in any count; {@code onInvalid} says what
   * becomes of it. Files with other samples than the rest fail the pipeline.
   *
   * <p>Source of the rules: VCF 4.2 and later (samtools/hts-specs), section 1.4; Hardy–Weinberg
   * after Wigginton, Cutler and Abecasis 2005.
   *
   * <pre>{@code
   * VariantSummaries summaries =
   *     blocks.apply(
   *         "Summarize",
   *         Variants.summarize().withFilters(Filters.pass()).withWindows(1_000_000));
   * PCollection<VariantSummary> variants = summaries.variants();
   * }</pre>
   */
  public static SummarizeVariants summarize() {
    return new SummarizeVariants();
  }
}
