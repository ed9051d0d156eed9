package org.healthbeam.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.healthbeam.core.vital.quality.Delay;

/**
 * The readings as they were received: gaps, units, implausible values, delays, hours of the day.
 * From {@code gaps.tsv} and {@code quality.tsv}.
 */
final class Received {
  private static final int ROWS = 50;
  private static final int SERIES = 25;
  private static final int HOURS = 24;

  /** Beyond it further rows of quality.tsv are counted only: units are what somebody wrote. */
  private static final int HELD = 20_000;

  private final List<Block> blocks = new ArrayList<>();
  private final RunFolder run;
  private final Map<String, Long> units = new TreeMap<>();
  private final Map<String, Long> implausible = new TreeMap<>();
  private final Map<String, long[]> delays = new TreeMap<>(Windows::compareKinds);
  private final Map<String, long[]> hours = new TreeMap<>(Windows::compareKinds);
  private long notHeld;

  private Received(RunFolder run) {
    this.run = run;
  }

  /** Returns the blocks; none if the run wrote neither table. */
  static List<Block> of(RunFolder run) throws IOException {
    Received received = new Received(run);
    received.gaps();
    TsvTable.forEach(run.table("quality"), received::count);
    received.units();
    received.implausible();
    received.delays();
    received.hours();
    return received.blocks;
  }

  /** What the series of one kind come to. */
  private static final class Gaps {
    private long series;
    private long hours;
    private long withReading;
    private double longest;

    private void add(Series one) {
      series++;
      hours += one.hours;
      withReading += one.withReading;
      longest = Math.max(longest, one.longest);
    }
  }

  private record Series(
      String subject,
      String kind,
      String first,
      String last,
      long hours,
      long withReading,
      double longest,
      String from) {}

  private void gaps() throws IOException {
    Map<String, Gaps> byKind = new TreeMap<>(Windows::compareKinds);
    Comparator<Series> longestFirst =
        Comparator.comparingDouble((Series s) -> -s.longest)
            .thenComparing(Series::subject)
            .thenComparing(Series::kind);
    PriorityQueue<Series> longest = new PriorityQueue<>(longestFirst.reversed());
    long n =
        TsvTable.forEach(
            run.table("gaps"),
            row -> {
              Series series =
                  new Series(
                      row.text("subject"),
                      row.text("kind"),
                      row.text("first"),
                      row.text("last"),
                      row.count("hours"),
                      row.count("hours_with_reading"),
                      row.number("longest_gap_s"),
                      row.text("gap_from"));
              byKind.computeIfAbsent(series.kind, k -> new Gaps()).add(series);
              longest.add(series);
              if (longest.size() > SERIES) {
                longest.poll();
              }
            });
    if (n == 0) {
      return;
    }
    List<List<Object>> kinds = new ArrayList<>();
    byKind.forEach(
        (kind, gaps) ->
            kinds.add(
                List.of(
                    VitalsPart.words(kind),
                    gaps.series,
                    gaps.hours,
                    gaps.withReading,
                    Numbers.percent(gaps.withReading, gaps.hours),
                    Numbers.span(gaps.longest))));
    blocks.add(
        new Block.Table(
            "Hours with a reading by kind",
            "Of each subject the hours from its first plausible reading of the kind to its last,"
                + " and how many of them have at least one. Gaps are to the minute.",
            List.of(
                Block.Column.text("Kind"),
                Block.Column.number("Subjects"),
                Block.Column.number("Hours"),
                Block.Column.number("With a reading"),
                Block.Column.number("Share"),
                Block.Column.number("Longest gap")),
            kinds));
    List<Series> sorted = new ArrayList<>(longest);
    sorted.sort(longestFirst);
    List<List<Object>> rows = new ArrayList<>();
    for (Series s : sorted) {
      rows.add(
          List.of(
              s.subject,
              VitalsPart.words(s.kind),
              Numbers.span(s.longest),
              minute(s.from),
              minute(s.first),
              minute(s.last),
              Numbers.percent(s.withReading, s.hours)));
    }
    blocks.add(
        new Block.Table(
            "Longest gaps by subject and kind",
            n > SERIES
                ? Numbers.count(n - SERIES)
                    + " series with shorter ones are not shown; see gaps.tsv."
                : "",
            List.of(
                Block.Column.text("Subject"),
                Block.Column.text("Kind"),
                Block.Column.number("Longest gap"),
                Block.Column.text("It begins"),
                Block.Column.text("First reading"),
                Block.Column.text("Last reading"),
                Block.Column.number("Hours with one")),
            rows));
  }

  private static String minute(String time) {
    return time.length() >= 16 ? time.substring(0, 16).replace('T', ' ') : time;
  }

  private void count(TsvTable.Row row) {
    String kind = row.text("kind");
    String item = row.text("item");
    long n = row.count("n");
    switch (row.text("aspect")) {
      case "unit" -> hold(units, kind + "\t" + item + "\t" + row.text("detail"), n);
      case "implausible" -> hold(implausible, kind + "\t" + item + "\t" + row.text("detail"), n);
      case "delay" -> {
        for (Delay delay : Delay.values()) {
          if (delay.code().equals(item)) {
            delays.computeIfAbsent(kind, k -> new long[Delay.values().length])[at(delay)] += n;
          }
        }
      }
      case "hour" -> {
        if (item.matches("[01][0-9]|2[0-3]")) {
          hours.computeIfAbsent(kind, k -> new long[HOURS])[Integer.parseInt(item)] += n;
        }
      }
      default -> notHeld++;
    }
  }

  private void hold(Map<String, Long> counts, String key, long n) {
    if (counts.containsKey(key) || counts.size() < HELD) {
      counts.merge(key, n, Long::sum);
    } else {
      notHeld++;
    }
  }

  private static List<List<Object>> mostFirst(Map<String, Long> counts, String forEmpty) {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<String, Long> e : sorted.subList(0, Math.min(ROWS, sorted.size()))) {
      String[] parts = e.getKey().split("\t", -1);
      rows.add(
          List.of(
              VitalsPart.words(parts[0]),
              parts[1].isEmpty() ? forEmpty : parts[1],
              parts[2],
              e.getValue()));
    }
    return rows;
  }

  private String more(Map<String, Long> counts) {
    return (counts.size() > ROWS
            ? " " + Numbers.count(counts.size() - ROWS) + " more rows are in quality.tsv."
            : "")
        + (notHeld > 0 ? " " + Numbers.count(notHeld) + " rows of it were not read." : "");
  }

  private void units() {
    if (units.isEmpty()) {
      return;
    }
    blocks.add(
        new Block.Table(
            "Units as received",
            "Converted: by UCUM. Repaired: no UCUM, but known from real data. Rejected: unknown,"
                + " or of another quantity. Implied: none was written."
                + more(units),
            List.of(
                Block.Column.text("Kind"),
                Block.Column.text("Unit"),
                Block.Column.text("Use"),
                Block.Column.number("Readings")),
            mostFirst(units, "(none)")));
  }

  private void implausible() {
    if (implausible.isEmpty()) {
      return;
    }
    blocks.add(
        new Block.Table(
            "Implausible values by kind and rule",
            "The interval is what the policy accepts, in the kind's own unit." + more(implausible),
            List.of(
                Block.Column.text("Kind"),
                Block.Column.text("Accepted"),
                Block.Column.text("The value is"),
                Block.Column.number("Readings")),
            mostFirst(implausible, "")));
  }

  private void delays() {
    if (delays.isEmpty()) {
      return;
    }
    boolean[] any = new boolean[Delay.values().length];
    delays.values().forEach(ns -> mark(ns, any));
    if (List.of(Delay.values()).stream().noneMatch(d -> d != Delay.NOT_TOLD && any[at(d)])) {
      blocks.add(
          new Block.Note(
              "No record says when it was received, so how late readings came is not known. Of a"
                  + " table, --columns=received=COLUMN names where that stands.",
              false));
      return;
    }
    List<Block.Column> columns = new ArrayList<>(List.of(Block.Column.text("Kind")));
    for (Delay delay : Delay.values()) {
      if (any[at(delay)]) {
        columns.add(Block.Column.number(delay.code()));
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    delays.forEach(
        (kind, ns) -> {
          List<Object> row = new ArrayList<>(List.of(VitalsPart.words(kind)));
          for (int i = 0; i < ns.length; i++) {
            if (any[i]) {
              row.add(ns[i]);
            }
          }
          rows.add(row);
        });
    blocks.add(
        new Block.Table(
            "How long after its time a reading was received",
            "By what the record says: issued or lastUpdated in FHIR, MSH-7 in HL7 v2, the column"
                + " named as received, else as issued, in tables. Before: received before it was"
                + " measured, so a clock is wrong. Not told: the record does not say.",
            columns,
            rows));
  }

  private static int at(Delay delay) {
    return List.of(Delay.values()).indexOf(delay);
  }

  private static void mark(long[] counts, boolean[] any) {
    for (int i = 0; i < counts.length; i++) {
      any[i] |= counts[i] > 0;
    }
  }

  private void hours() {
    if (hours.isEmpty()) {
      return;
    }
    List<Map<String, Object>> categories = new ArrayList<>();
    List<Long> sums = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      String name = String.format(Locale.ROOT, "%02d", hour);
      List<Object> row = new ArrayList<>(List.of(name));
      long sum = 0;
      for (long[] counts : hours.values()) {
        row.add(counts[hour]);
        sum += counts[hour];
      }
      row.add(1, sum);
      categories.add(Map.of("name", name));
      sums.add(sum);
      rows.add(row);
    }
    List<Block.Column> columns =
        new ArrayList<>(List.of(Block.Column.text("Hour"), Block.Column.number("All")));
    hours.keySet().forEach(kind -> columns.add(Block.Column.number(VitalsPart.words(kind))));
    blocks.add(
        new Block.Plot(
            "readings-by-hour",
            "Readings by hour of the day",
            "Plausible readings of all kinds by the hour (UTC) in which they were taken; a dent may"
                + " be a shift that charts less, a peak a round.",
            false,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", false)
                .with("categories", categories)
                .with("series", List.of(Map.of("name", "readings", "role", "good", "values", sums)))
                .with("valueName", "readings")
                .with("categoryName", "hour of the day (UTC)"),
            new Block.Table("Readings by hour of the day and kind", "", columns, rows)));
  }
}
