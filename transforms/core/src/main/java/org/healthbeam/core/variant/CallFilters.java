package org.healthbeam.core.variant;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which calls of single files are used: of all others it is unknown what the sample has.
 *
 * @param records by the FILTER column
 * @param genotypes by FT
 */
public record CallFilters(Filters records, FailedGenotypes genotypes) implements Serializable {
  /**
   * Refuses what is null.
   *
   * @param records by the FILTER column
   * @param genotypes by FT
   */
  public CallFilters {
    Objects.requireNonNull(records, "filters");
    Objects.requireNonNull(genotypes, "genotypes");
  }

  /**
   * Uses all calls.
   *
   * @return filters by which no call is left out
   */
  public static CallFilters none() {
    return new CallFilters(Filters.all(), FailedGenotypes.KEEP);
  }

  /**
   * Uses calls of these records only.
   *
   * @param filters by the FILTER column
   * @return these, but for the filters of records
   */
  public CallFilters with(Filters filters) {
    return new CallFilters(filters, genotypes);
  }

  /**
   * Says what becomes of genotypes that failed.
   *
   * @param failed by FT; {@link FailedGenotypes#KEEP} to use them all the same
   * @return these, but for the rule of genotypes
   */
  public CallFilters with(FailedGenotypes failed) {
    return new CallFilters(records, failed);
  }
}
