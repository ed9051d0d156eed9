package org.healthbeam.pipelines.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Codes as they are called most often: one code may stand in several rows, of several resource
 * types or with several answers, each with another display.
 */
final class Spellings {
  /** A source code. */
  record Code(String system, String code) implements Comparable<Code> {
    private static final Comparator<Code> ORDER =
        Comparator.comparing(Code::system).thenComparing(Code::code);

    @Override
    public int compareTo(Code that) {
      return ORDER.compare(this, that);
    }
  }

  private record Spelling(Code code, String display) implements Comparable<Spelling> {
    private static final Comparator<Spelling> ORDER =
        Comparator.comparing(Spelling::code).thenComparing(Spelling::display);

    @Override
    public int compareTo(Spelling that) {
      return ORDER.compare(this, that);
    }
  }

  private final TopCounts<Spelling> counts;

  /**
   * @param capacity so many are told apart before the rarest are forgotten
   */
  Spellings(int capacity) {
    this.counts = new TopCounts<>(capacity);
  }

  /** Takes a row, and returns its code. */
  Code add(TsvTable.Row row) {
    Code code = of(row);
    String display = row.text("source_display");
    if (!display.isEmpty()) {
      counts.add(new Spelling(code, display), row.count("n"));
    }
    return code;
  }

  static Code of(TsvTable.Row row) {
    return new Code(row.text("source_system"), row.text("source_code"));
  }

  /** Returns the display of most codings of each code, of equally frequent ones the first. */
  Map<Code, String> best() {
    Map<Code, String> best = new HashMap<>();
    counts
        .top(counts.size())
        .forEach(each -> best.putIfAbsent(each.getKey().code(), each.getKey().display()));
    return best;
  }
}
