package org.healthbeam.core.variant;

import java.util.List;
import java.util.Objects;

/**
 * One site of a VCF, as it stands there.
 *
 * @param contig the sequence
 * @param pos the place of the first base of {@code ref}, from 1
 * @param id the identifiers, separated by semicolons, or a dot
 * @param ref the reference allele
 * @param alts the alternate alleles; none where ALT is a dot
 * @param qual phred-scaled; NaN where missing
 * @param filter the FILTER column
 */
public record Variant(
    String contig, int pos, String id, String ref, List<String> alts, double qual, String filter) {
  /**
   * Refuses what is null, and takes a copy of the alternates.
   *
   * @param contig the sequence
   * @param pos the place of the first base of {@code ref}, from 1
   * @param id the identifiers, separated by semicolons, or a dot
   * @param ref the reference allele
   * @param alts the alternate alleles; none where ALT is a dot
   * @param qual phred-scaled; NaN where missing
   * @param filter the FILTER column
   */
  public Variant {
    Objects.requireNonNull(contig, "contig");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(filter, "filter");
    alts = List.copyOf(alts);
  }

  /** Shows how many alternates there are, and nothing of the site. */
  @Override
  public String toString() {
    return "Variant(" + alts.size() + " alternates)";
  }

  /** {@return the type of each alternate, in order} */
  public List<AlleleType> types() {
    return alts.stream().map(alt -> AlleleType.of(ref, alt)).toList();
  }
}
