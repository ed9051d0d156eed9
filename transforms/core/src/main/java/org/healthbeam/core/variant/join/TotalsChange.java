package org.healthbeam.core.variant.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.Varints;

/**
 * By how much totals have changed. All counters are whole numbers that add up, so a change is a
 * difference, perhaps below zero, and the changes of all bins, added up in any order, are what the
 * bins come to now.
 *
 * <p>Its size is that of {@link CohortTotals}, and 30 numbers for each region that has changed.
 *
 * @param cohort over all samples that were in before or after
 * @param regions those that have changed
 */
public record TotalsChange(CohortTotals cohort, SortedMap<Region, SiteTotals> regions) {
  private static final Comparator<Region> ORDER =
      Comparator.comparing(Region::contig)
          .thenComparingLong(Region::start)
          .thenComparingLong(Region::end)
          .thenComparing(Region::name);

  /** {@return no change} */
  public static TotalsChange none() {
    return new TotalsChange(new CohortTotals(), new TreeMap<>(ORDER));
  }

  /**
   * {@return what leads from one to the other}
   *
   * @param before is not changed
   * @param after is not changed
   */
  public static TotalsChange between(Totals before, Totals after) {
    SortedMap<Region, SiteTotals> regions = new TreeMap<>(ORDER);
    addTo(regions, after.regions());
    before
        .regions()
        .forEach(
            (region, sites) ->
                regions.computeIfAbsent(region, r -> new SiteTotals()).subtract(sites));
    regions.values().removeIf(SiteTotals::isNothing);
    return new TotalsChange(after.cohort().minus(before.cohort()), regions);
  }

  /**
   * {@return both together}
   *
   * @param other is not changed
   */
  public TotalsChange plus(TotalsChange other) {
    SortedMap<Region, SiteTotals> sum = new TreeMap<>(ORDER);
    addTo(sum, regions);
    addTo(sum, other.regions);
    sum.values().removeIf(SiteTotals::isNothing);
    return new TotalsChange(cohort.plus(other.cohort), sum);
  }

  /** {@return whether it changes nothing} */
  public boolean isNothing() {
    CohortTotals none = new CohortTotals().over(cohort.samples().names());
    return regions.isEmpty() && cohort.equals(none);
  }

  private static void addTo(Map<Region, SiteTotals> sum, Map<Region, SiteTotals> some) {
    some.forEach((region, sites) -> sum.computeIfAbsent(region, r -> new SiteTotals()).add(sites));
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    cohort.write(out);
    Varints.write(out, regions.size());
    for (Map.Entry<Region, SiteTotals> entry : regions.entrySet()) {
      Region region = entry.getKey();
      Varints.writeText(out, region.contig());
      Varints.write(out, region.start());
      Varints.write(out, region.end());
      Varints.writeText(out, region.name());
      entry.getValue().write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static TotalsChange read(DataInput in) throws IOException {
    CohortTotals cohort = CohortTotals.read(in);
    SortedMap<Region, SiteTotals> regions = new TreeMap<>(ORDER);
    long size = Varints.read(in);
    for (long i = 0; i < size; i++) {
      String contig = Varints.readText(in);
      long start = Varints.read(in);
      long end = Varints.read(in);
      regions.put(new Region(contig, start, end, Varints.readText(in)), SiteTotals.read(in));
    }
    return new TotalsChange(cohort, regions);
  }

  /** Shows no name and nothing of the genotypes. */
  @Override
  public String toString() {
    return "TotalsChange(" + cohort + ", " + regions.size() + " regions)";
  }
}
