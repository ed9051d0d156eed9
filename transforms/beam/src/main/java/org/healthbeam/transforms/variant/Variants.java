package org.healthbeam.transforms.variant;

import org.healthbeam.transforms.variant.join.JoinArrivingSamples;
import org.healthbeam.transforms.variant.join.JoinSamples;

/** Genomic variants: what the genotypes of a VCF come to. */
public final class Variants {
  private Variants() {}

  /**
   * Counts the records of a VCF by variant, by sample, by region and in all, in one pass.
   *
   * <p>Input: lines, bounded or not, in any windows, in any order. Every file's samples must be the
   * same ones, in any order. Output: a summary for each alternate allele at once; the cohort with
   * its samples, and the regions, once a window.
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
   *     lines.apply(
   *         "Summarize",
   *         Variants.summarize().withFilters(Filters.pass()).withWindows(1_000_000));
   * PCollection<VariantSummary> variants = summaries.variants();
   * }</pre>
   *
   * @return a transform of lines of VCF to summaries
   */
  public static SummarizeVariants summarize() {
    return new SummarizeVariants();
  }

  /**
   * Joins files of one sample each, VCF or gVCF, and counts them as one cohort.
   *
   * <p>Input: lines, bounded, in the global window, in any order; every file has one sample or
   * several, and no sample is on the same sequence in two files. Output: as of {@link #summarize};
   * a record is what any sample has at a place with a reference allele, with all alternates that
   * any sample lists there, and a sample without a record of its own is the reference where a
   * reference block spans the place, and otherwise what {@code withAbsent} says.
   *
   * <p>This is no joint genotyping: no genotype is called anew, and no allele is normalised.
   *
   * <p>Guarantees: no file is open longer than it is read; the cost is that of the calls and spans,
   * not of records times samples; memory is one bin of the genome of all samples. Results are the
   * same whatever the order, the bins, and the bundles.
   *
   * <p>Units: as of {@link #summarize}.
   *
   * <p>Errors: a line that breaks a rule leaves no trace in any count; {@code onInvalid} says what
   * becomes of it. A file without a sample, and a sample on the same sequence in two files, fail
   * the pipeline.
   *
   * <p>Source of the rules: VCF 4.2 and later (samtools/hts-specs), sections 1.4 and 5.5.
   *
   * <pre>{@code
   * VariantSummaries summaries =
   *     lines.apply("Join samples", Variants.joinSamples().withWindows(1_000_000));
   * }</pre>
   *
   * @return a transform of lines of VCF to summaries
   */
  public static JoinSamples joinSamples() {
    return JoinSamples.create();
  }

  /**
   * Joins samples as they arrive and takes them out as they are withdrawn, and keeps the summaries
   * by variant, by sample, by region and in all up to date.
   *
   * <p>Input: lines, unbounded as a rule, in any order; all lines of a file have the timestamp of
   * its arrival, and one of its blocks is empty, as {@code WatchVcf} has it. A sample may come in
   * several files. Output: in the global window, a {@link
   * org.healthbeam.core.variant.join.VariantRevision} of each alternate that is new, other, or
   * gone, and a {@link org.healthbeam.core.variant.join.TotalsRevision} of the cohort; of several
   * the greatest revision holds.
   *
   * <p>Guarantees: the last revisions are what {@link #joinSamples} gives of the samples that are
   * in, whatever the order of files, blocks and withdrawals. Revisions in between may show a sample
   * as missing in bins that have not told of it yet, and count what a withdrawn one had in bins
   * that have not told of that. A withdrawn sample's calls are deleted from the state. No lateness:
   * nothing is ever too late.
   *
   * <p>Memory: as state of the runner, the packed calls of all samples in; in one task, one bin of
   * them. One key has the names of all samples and the places of all bins, and every arrival costs
   * a message to each bin. One key has the totals: 35 numbers for each sample that ever was, 30 for
   * each region.
   *
   * <p>Units: as of {@link #summarize}.
   *
   * <p>Errors: as of {@link #joinSamples}, but where several files have a sample on one sequence
   * the first by timestamp, then by name, counts there, and the others are rejects; only a strict
   * run fails. Sequences whose names say two assemblies are not joined. Spark has no timers: the
   * transform throws an {@link UnsupportedOperationException} when the pipeline is built.
   *
   * <pre>{@code
   * SummaryRevisions revisions =
   *     lines.apply("Join", Variants.joinArrivingSamples().withWithdrawals(names));
   * PCollection<VariantRevision> variants = revisions.variants();
   * }</pre>
   *
   * @return a transform of files of samples to revisions of summaries
   */
  public static JoinArrivingSamples joinArrivingSamples() {
    return JoinArrivingSamples.create();
  }

  /**
   * Tells a cohort's samples one by one.
   *
   * <p>Input: cohorts, as {@link VariantSummaries#cohort} has them, in any windows. Output: a
   * summary for each sample, in the cohort's window. Units: as of {@link #summarize}.
   *
   * <pre>{@code
   * PCollection<SampleSummary> samples =
   *     summaries.cohort().apply("Samples", Variants.samples());
   * }</pre>
   *
   * @return a transform of cohorts to samples
   */
  public static TellSamples samples() {
    return TellSamples.create();
  }

  /**
   * Tells regions with their counters, so that each is one row with a schema.
   *
   * <p>Input: as {@link VariantSummaries#regions} has them, in any windows. Output: one for each,
   * in its window. Units: as of {@link #summarize}.
   *
   * <pre>{@code
   * PCollection<RegionSummary> regions =
   *     summaries.regions().apply("Regions", Variants.regions());
   * }</pre>
   *
   * @return a transform of regions with their counters to rows of regions
   */
  public static TellRegions regions() {
    return TellRegions.create();
  }
}
