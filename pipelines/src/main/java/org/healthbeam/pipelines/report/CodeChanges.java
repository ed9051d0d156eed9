package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.healthbeam.pipelines.report.Spellings.Code;

/** What a newer version of the maps would change for the codes of the data. */
final class CodeChanges {
  private static final int DISTINCT = 100_000;
  private static final int TOP = 25;

  private record Change(Code code, String before, String after, String when)
      implements Comparable<Change> {
    private static final Comparator<Change> ORDER =
        Comparator.comparing(Change::code)
            .thenComparing(Change::before)
            .thenComparing(Change::after)
            .thenComparing(Change::when);

    @Override
    public int compareTo(Change that) {
      return ORDER.compare(this, that);
    }
  }

  private CodeChanges() {}

  /** Returns the table; empty if the run compared nothing. */
  static Optional<Block> of(RunFolder run) throws IOException {
    if (!run.hasAny("changes")) {
      return Optional.empty();
    }
    TopCounts<Change> changes = new TopCounts<>(DISTINCT);
    Spellings spellings = new Spellings(DISTINCT);
    TsvTable.forEach(
        run.table("changes"),
        row ->
            changes.add(
                new Change(
                    spellings.add(row),
                    said(row, "before"),
                    said(row, "after"),
                    when(row.text("when"))),
                row.count("n")));
    Map<Code, String> displays = spellings.best();
    List<List<Object>> table = new ArrayList<>();
    for (Map.Entry<Change, Long> e : changes.top(TOP)) {
      Change change = e.getKey();
      table.add(
          List.of(
              SystemNames.named(change.code().system()),
              change.code().code(),
              displays.getOrDefault(change.code(), ""),
              e.getValue(),
              change.before(),
              change.after(),
              change.when()));
    }
    int hidden = changes.size() - table.size();
    return Optional.of(
        new Block.Table(
            "What the newer maps would change",
            Numbers.count(changes.total())
                + " codings of "
                + Numbers.count(changes.size())
                + " codes would be answered otherwise; the last column says when."
                + (hidden > 0 ? " " + Numbers.count(hidden) + " more codes are not shown." : "")
                + (changes.error() > 0
                    ? " So many differ that a count may be too low by up to "
                        + Numbers.count(changes.error())
                        + "."
                    : ""),
            List.of(
                Block.Column.text("Code system"),
                Block.Column.text("Code"),
                Block.Column.text("Display"),
                Block.Column.number("Codings"),
                Block.Column.text("Now"),
                Block.Column.text("With the newer maps"),
                Block.Column.text("When")),
            table));
  }

  private static String when(String code) {
    return switch (code) {
      case "some-days" -> "on some days";
      case "some-conditions" -> "under some conditions";
      default -> "now";
    };
  }

  private static String said(TsvTable.Row row, String when) {
    String targets = row.text("targets_" + when);
    String said = row.text("outcome_" + when) + (targets.isEmpty() ? "" : ": " + targets);
    String taken = row.text("taken_" + when);
    boolean tellTaken =
        !taken.equals(targets) && !row.text("taken_before").equals(row.text("taken_after"));
    return tellTaken ? said + (taken.isEmpty() ? "; none taken" : "; taken: " + taken) : said;
  }
}
