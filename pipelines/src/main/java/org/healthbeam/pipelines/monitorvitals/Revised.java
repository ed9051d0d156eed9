package org.healthbeam.pipelines.monitorvitals;

import java.util.ArrayList;
import java.util.List;

/** Tables that have more columns where all revisions of their rows are written. */
final class Revised {
  private Revised() {}

  static List<String> columns(List<String> always, boolean all, String... further) {
    List<String> columns = new ArrayList<>(always);
    if (all) {
      columns.addAll(List.of(further));
    }
    return columns;
  }
}
