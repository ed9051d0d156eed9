package org.healthbeam.core.variant;

import java.util.Objects;

/**
 * What the genotypes of a region come to.
 *
 * @param region the stretch of a sequence
 * @param totals every counter
 */
public record RegionSummary(Region region, SiteTotals totals) {
  /**
   * Refuses what is null.
   *
   * @param region the stretch of a sequence
   * @param totals every counter
   */
  public RegionSummary {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(totals, "totals");
  }

  /** Shows nothing of the genotypes. */
  @Override
  public String toString() {
    return "RegionSummary(" + totals + ")";
  }
}
