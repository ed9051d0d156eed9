package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files in packages of maps that a run left out. */
final class LeftOutMaps {
  private static final int SHOWN = 100;

  private LeftOutMaps() {}

  /** Returns the table; empty if the run was not asked to leave any out. */
  static Optional<Block> of(RunFolder run) throws IOException {
    if (!run.hasAny("left-out")) {
      return Optional.empty();
    }
    List<List<Object>> table = new ArrayList<>();
    long[] n = {0};
    TsvTable.forEach(
        run.table("left-out"),
        row -> {
          if (n[0]++ < SHOWN) {
            table.add(List.of("--" + row.text("option"), row.text("reason")));
          }
        });
    return Optional.of(
        new Block.Table(
            "Maps that were left out",
            Numbers.count(n[0])
                + " files in packages could not be used. What they say about codes is not in these"
                + " results."
                + (n[0] > SHOWN ? " left-out.tsv has all of them." : ""),
            List.of(Block.Column.text("Option"), Block.Column.text("File and reason")),
            table));
  }
}
