package org.healthbeam.pipelines.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the page's script needs to draw one plot: a kind that the script knows, and its numbers.
 *
 * <p>The values are numbers, text, and lists and maps of these; a number that is missing is null.
 */
final class Chart {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Chart(Kind kind) {
    values.put("kind", kind.jsonName);
  }

  /** The kinds that {@code report.js} draws. */
  enum Kind {
    /** Stacked bars, one for each category. */
    BARS("bars"),
    /** A row for each subject, a cell for each span of time. */
    STRIP("strip"),
    /** Panels one above the other that share a time axis. */
    TRENDS("trends"),
    /** One point for each item, in order of value, with the usual range. */
    RANKED("ranked"),
    /** Points against points, with the diagonal. */
    QUANTILES("quantiles");

    private final String jsonName;

    Kind(String jsonName) {
      this.jsonName = jsonName;
    }
  }

  static Chart of(Kind kind) {
    return new Chart(kind);
  }

  Chart with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Returns the specification as it is written. */
  Map<String, Object> values() {
    return values;
  }
}
