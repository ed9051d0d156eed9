package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import java.util.Set;
import org.healthbeam.io.table.Columns;

/** What the columns of the tables of vital signs hold, which their names say. */
final class VitalColumns {
  private static final Set<String> FLAGS = Set.of("final", "withdrawn");
  private static final Set<String> TIMES = Set.of("time", "window_start", "window_end");
  private static final Set<String> WHOLES =
      Set.of(
          "revision",
          "n",
          "n_implausible",
          "n_duplicate",
          "raised",
          "suppressed",
          "delayed",
          "hours",
          "hours_with_reading",
          "longest_gap_s");
  private static final Set<String> NUMBERS =
      Set.of(
          "mean",
          "sd",
          "min",
          "max",
          "twa",
          "slope_per_h",
          "p05",
          "p50",
          "p95",
          "coverage",
          "max_gap_s",
          "score",
          "min_possible",
          "max_possible",
          "active_s",
          "hysteresis_s",
          "value",
          "median",
          "limit");

  private VitalColumns() {}

  /** Returns columns with their types; those that may hold a word are text. */
  static Columns of(List<String> names) {
    Columns columns = Columns.none();
    for (String name : names) {
      if (FLAGS.contains(name)) {
        columns = columns.flag(name);
      } else if (TIMES.contains(name)) {
        columns = columns.time(name);
      } else if (WHOLES.contains(name)) {
        columns = columns.whole(name);
      } else if (NUMBERS.contains(name) || name.endsWith("_points") || name.endsWith("_age_s")) {
        columns = columns.number(name);
      } else {
        columns = columns.text(name);
      }
    }
    return columns;
  }
}
