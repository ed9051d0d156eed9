package org.healthbeam.core.variant;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.Nullable;

/** {@link SiteTotals} by a name: of a filter, of a population. They merge in any order. */
final class NamedTotals {
  private final TreeMap<String, SiteTotals> totals = new TreeMap<>();
  @Nullable private String lastName;
  private SiteTotals ofLast = new SiteTotals();

  /** {@return those of a name, empty ones if there were none} */
  SiteTotals of(String name) {
    if (!name.equals(lastName)) {
      ofLast = totals.computeIfAbsent(name, n -> new SiteTotals());
      lastName = name;
    }
    return ofLast;
  }

  SortedMap<String, SiteTotals> all() {
    return Collections.unmodifiableSortedMap(totals);
  }

  void add(NamedTotals other) {
    other.totals.forEach((name, sites) -> of(name).add(sites));
  }

  /** Takes out all that another has counted. */
  void subtract(NamedTotals other) {
    other.totals.forEach((name, sites) -> of(name).subtract(sites));
  }

  /** Forgets the names of which nothing is counted. */
  void dropEmpty() {
    totals.values().removeIf(SiteTotals::isNothing);
    lastName = null;
  }

  void write(DataOutput out) throws IOException {
    Varints.write(out, totals.size());
    for (Map.Entry<String, SiteTotals> entry : totals.entrySet()) {
      Varints.writeText(out, entry.getKey());
      entry.getValue().write(out);
    }
  }

  void readFrom(DataInput in) throws IOException {
    long size = Varints.read(in);
    for (long i = 0; i < size; i++) {
      String name = Varints.readText(in);
      totals.put(name, SiteTotals.read(in));
    }
    lastName = null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedTotals that && totals.equals(that.totals);
  }

  @Override
  public int hashCode() {
    return totals.hashCode();
  }

  /** Shows how many names there are. */
  @Override
  public String toString() {
    return "NamedTotals(" + totals.size() + ")";
  }
}
