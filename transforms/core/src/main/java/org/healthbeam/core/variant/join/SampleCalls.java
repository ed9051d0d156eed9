package org.healthbeam.core.variant.join;

import java.util.Arrays;
import java.util.Objects;

/**
 * What some records of one file say about one sample in one {@link GenomeBin}, packed.
 *
 * <p>The bytes are not copied; nobody may change them. {@code toString} shows no name.
 *
 * @param sample the name
 * @param source the file
 * @param contig what the file calls the sequence
 * @param filteredOut how many records that begin here were left out because of their FILTER
 * @param sites records with an alternate that begin here
 * @param spans what other records say about bases here
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampleCalls(
    String sample, String source, String contig, int filteredOut, byte[] sites, byte[] spans) {

  /**
   * Refuses what is null.
   *
   * @param sample the name
   * @param source the file
   * @param contig what the file calls the sequence
   * @param filteredOut how many records that begin here were left out because of their FILTER
   * @param sites records with an alternate that begin here
   * @param spans what other records say about bases here
   */
  public SampleCalls {
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(contig, "contig");
    Objects.requireNonNull(sites, "sites");
    Objects.requireNonNull(spans, "spans");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleCalls that
        && sample.equals(that.sample)
        && source.equals(that.source)
        && contig.equals(that.contig)
        && filteredOut == that.filteredOut
        && Arrays.equals(sites, that.sites)
        && Arrays.equals(spans, that.spans);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(sample, source) + Arrays.hashCode(sites) + Arrays.hashCode(spans);
  }

  @Override
  public String toString() {
    return "SampleCalls(" + (sites.length + spans.length) + " bytes)";
  }
}
