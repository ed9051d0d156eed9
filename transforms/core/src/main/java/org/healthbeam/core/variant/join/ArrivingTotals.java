package org.healthbeam.core.variant.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Varints;

/**
 * The totals of a cohort whose samples come and go: the changes of all bins, added up; the same
 * whatever the order in which they were learnt.
 *
 * <p>As long as some bins have not told of a sample that has come, it is missing in their records;
 * as long as some have not told of one that has gone, what it had still counts in the cohort. When
 * all have told, the totals are those of the samples that are in, joined at once.
 *
 * <p>Its size is 33 numbers for each sample that ever was, two for each more, and 30 for each
 * region.
 */
public final class ArrivingTotals {
  private final Attendance attendance;
  private TotalsChange sum;
  private long revision;

  private ArrivingTotals(Attendance attendance, TotalsChange sum, long revision) {
    this.attendance = attendance;
    this.sum = sum;
    this.revision = revision;
  }

  /**
   * Begins without a sample.
   *
   * @return totals of no sample, at revision 0
   */
  public static ArrivingTotals begin() {
    return new ArrivingTotals(new Attendance(), TotalsChange.none(), 0);
  }

  /**
   * Learns that a sample has come or gone.
   *
   * @param event that is an arrival, calls or a withdrawal, as any bin learns of it
   */
  public void add(CohortEvent event) {
    attendance.add(event);
  }

  /**
   * Learns what has changed in some bins.
   *
   * @param change of any number of bins
   */
  public void add(TotalsChange change) {
    sum = sum.plus(change);
  }

  /**
   * {@return what is other than {@code before}, which has learnt less; nothing if all is as it was}
   *
   * @param before is not changed
   */
  public Optional<TotalsRevision> since(ArrivingTotals before) {
    CohortTotals was = before.cohort();
    CohortTotals is = cohort();
    SortedMap<Region, SiteTotals> regions = TotalsChange.none().regions();
    sum.regions()
        .forEach(
            (region, sites) -> {
              if (!sites.equals(before.sum.regions().get(region))) {
                regions.put(region, sites);
              }
            });
    for (Region region : before.sum.regions().keySet()) {
      if (!sum.regions().containsKey(region)) {
        regions.put(region, new SiteTotals());
      }
    }
    if (regions.isEmpty() && is.equals(was)) {
      return Optional.empty();
    }
    List<String> gone = new ArrayList<>(was.samples().names());
    gone.removeAll(new HashSet<>(is.samples().names()));
    revision = before.revision + 1;
    return Optional.of(new TotalsRevision(revision, is, gone, regions));
  }

  private CohortTotals cohort() {
    return sum.cohort().over(attendance.roster().names());
  }

  /** {@return a copy, which learns on its own} */
  public ArrivingTotals copy() {
    return new ArrivingTotals(attendance.copy(), sum, revision);
  }

  /**
   * Writes it, as short as it goes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    Varints.write(out, revision);
    attendance.write(out);
    sum.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static ArrivingTotals read(DataInput in) throws IOException {
    long revision = Varints.read(in);
    Attendance attendance = Attendance.read(in);
    return new ArrivingTotals(attendance, TotalsChange.read(in), revision);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivingTotals that
        && revision == that.revision
        && attendance.equals(that.attendance)
        && sum.equals(that.sum);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(revision) + attendance.hashCode();
  }

  /** Shows no name and nothing of the genotypes. */
  @Override
  public String toString() {
    return "ArrivingTotals(" + revision + ", " + attendance + ")";
  }
}
