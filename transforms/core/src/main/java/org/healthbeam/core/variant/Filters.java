package org.healthbeam.core.variant;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which records are counted, by their FILTER column. */
public final class Filters implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Filters ALL = new Filters(Set.of());

  private final Set<String> names;

  private Filters(Set<String> names) {
    this.names = names;
  }

  /**
   * Counts all records.
   *
   * @return filters that select any FILTER column
   */
  public static Filters all() {
    return ALL;
  }

  /**
   * Counts records that have passed all filters: {@code PASS}, and not a dot.
   *
   * @return filters that select {@code PASS} alone
   */
  public static Filters pass() {
    return named(List.of("PASS"));
  }

  /**
   * Counts records with one of these filters; a dot stands for a record never filtered.
   *
   * @param names as they stand in FILTER, {@code PASS} and the dot among them; no lists
   * @return filters that select a record if one of its filters is named
   * @throws IllegalArgumentException if there is no name, or an empty one
   */
  public static Filters named(Collection<String> names) {
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("filters must be one name or more, none of them empty");
    }
    return new Filters(Set.copyOf(names));
  }

  /**
   * {@return whether a record with this FILTER column is counted}
   *
   * @param filter the column as it stands, with semicolons between several
   */
  public boolean selects(String filter) {
    if (names.isEmpty() || names.contains(filter)) {
      return true;
    }
    if (filter.indexOf(';') >= 0) {
      for (String name : filter.split(";", -1)) {
        // The specification's own files have PASS beside a filter that was not passed.
        if (!name.equals("PASS") && names.contains(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
