package org.healthbeam.core.variant.join;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;

/**
 * The newest totals of a cohort whose samples come and go; the greatest revision holds.
 *
 * @param revision from 1, one more each time
 * @param cohort with the samples that are in
 * @param gone samples that an earlier revision had and this one has not
 * @param regions those that are new, other, or gone; the latter with nothing counted
 */
public record TotalsRevision(
    long revision, CohortTotals cohort, List<String> gone, SortedMap<Region, SiteTotals> regions) {

  /**
   * Refuses what is null, and takes a copy of the names.
   *
   * @param revision from 1, one more each time
   * @param cohort with the samples that are in
   * @param gone samples that an earlier revision had and this one has not
   * @param regions those that are new, other, or gone; the latter with nothing counted
   */
  public TotalsRevision {
    Objects.requireNonNull(cohort, "cohort");
    gone = List.copyOf(gone);
    Objects.requireNonNull(regions, "regions");
  }

  /** Shows no name and nothing of the genotypes. */
  @Override
  public String toString() {
    return "TotalsRevision(" + revision + ")";
  }
}
