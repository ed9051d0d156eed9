package org.healthbeam.core.variant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/** What some records come to: the cohort with its samples, and the regions they touched. */
public final class Totals {
  private final CohortTotals cohort = new CohortTotals();
  private final Map<Region, SiteTotals> regions = new LinkedHashMap<>();
  private int limit = Integer.MAX_VALUE;
  private BiConsumer<Region, SiteTotals> surplus = (region, sites) -> {};
  private final List<RecordCounter> views;
  @Nullable private Region lastRegion;
  private SiteTotals ofLast = new SiteTotals();

  /** Begins with nothing counted. */
  public Totals() {
    this(List.of());
  }

  /**
   * Begins with nothing counted, and has these count every record too.
   *
   * @param views count in the order of the list
   */
  public Totals(List<RecordCounter> views) {
    this.views = List.copyOf(views);
  }

  /**
   * Says whose records come now; must be called for every file before its first record.
   *
   * @param header of the file; its samples are compared, name by name
   * @param file as it is called in messages
   * @return false if earlier records have other samples or another order: then these totals are
   *     complete, and the records belong into new ones
   */
  public boolean expect(VcfHeader header, String file) {
    if (!cohort.samples().fits(header)) {
      return false;
    }
    cohort.samples().expect(header, file);
    views.forEach(view -> view.expect(header.samples(), file));
    return true;
  }

  List<RecordCounter> views() {
    return views;
  }

  /** {@return the totals of all records, with those of the samples; not a copy} */
  public CohortTotals cohort() {
    return cohort;
  }

  /** {@return the regions that records touched} */
  public Map<Region, SiteTotals> regions() {
    return regions;
  }

  /**
   * Gives the regions away whenever there are more than a few, as a long span can touch many.
   *
   * @param limit of regions that are held, from 1
   * @param surplus takes regions and what they have so far; one region may come several times, to
   *     be added up
   */
  public void giveRegionsAway(int limit, BiConsumer<Region, SiteTotals> surplus) {
    this.limit = limit;
    this.surplus = surplus;
  }

  SiteTotals region(Region region) {
    if (region.equals(lastRegion)) {
      return ofLast;
    }
    if (regions.size() >= limit && !regions.containsKey(region)) {
      regions.forEach(surplus);
      regions.clear();
    }
    ofLast = regions.computeIfAbsent(region, r -> new SiteTotals());
    lastRegion = region;
    return ofLast;
  }
}
