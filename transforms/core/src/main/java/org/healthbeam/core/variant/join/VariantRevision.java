package org.healthbeam.core.variant.join;

import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.VariantSummary;

/**
 * The newest summary of an alternate, or that there is none any more; by its four first components,
 * the greatest revision holds.
 *
 * @param contig the sequence, as the cohort calls it
 * @param pos the place of the first base of {@code ref}, from 1
 * @param ref the reference allele
 * @param alt the alternate allele
 * @param revision greater than that of any earlier one of the same alternate
 * @param summary null if no sample lists the alternate any more
 */
public record VariantRevision(
    String contig,
    int pos,
    String ref,
    String alt,
    long revision,
    @Nullable VariantSummary summary) {

  /**
   * Refuses what is null, but for the summary.
   *
   * @param contig the sequence, as the cohort calls it
   * @param pos the place of the first base of {@code ref}, from 1
   * @param ref the reference allele
   * @param alt the alternate allele
   * @param revision greater than that of any earlier one of the same alternate
   * @param summary null if no sample lists the alternate any more
   */
  public VariantRevision {
    Objects.requireNonNull(contig, "contig");
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(alt, "alt");
  }

  /** {@return whether the alternate is gone} */
  public boolean isGone() {
    return summary == null;
  }

  /** Shows nothing of the genotypes. */
  @Override
  public String toString() {
    return "VariantRevision(" + revision + (isGone() ? ", gone)" : ")");
  }
}
