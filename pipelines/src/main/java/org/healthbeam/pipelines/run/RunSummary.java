package org.healthbeam.pipelines.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.healthbeam.core.outcome.StageLedger;

/** What a run tells its user at the end. */
final class RunSummary {
  private RunSummary() {}

  static String of(OutputFolder output, Map<String, Long> files, List<StageLedger> stages) {
    StringBuilder text = new StringBuilder();
    int name = Math.max(5, stages.stream().mapToInt(s -> s.stage().length()).max().orElse(0));
    String format = "  %-" + name + "s  %,14d  %,14d  %,12d%s%n";
    text.append(
        String.format(
            Locale.ROOT,
            "  %-" + name + "s  %14s  %14s  %12s%n",
            "stage",
            "in",
            "out",
            "rejected"));
    Map<String, Long> reasons = new TreeMap<>();
    for (StageLedger s : stages) {
      text.append(
          String.format(
              Locale.ROOT, format, s.stage(), s.in(), s.out(), s.rejected(), outcomes(s)));
      s.outcomes()
          .forEach(
              (outcome, n) -> {
                if (outcome.startsWith(StageLedger.REJECTED)) {
                  reasons.merge(outcome.substring(StageLedger.REJECTED.length()), n, Long::sum);
                }
              });
    }
    if (!reasons.isEmpty()) {
      text.append("  rejected (see rejected/): ");
      text.append(counts(reasons)).append(System.lineSeparator());
    }
    if (stages.stream().allMatch(s -> s.in() == 0)) {
      text.append("  nothing came in: the input holds no records").append(System.lineSeparator());
    }
    text.append("  written to ").append(output).append(System.lineSeparator());
    folders(files)
        .forEach(
            (file, size) ->
                text.append(String.format(Locale.ROOT, "    %-28s %10s%n", file, size)));
    return text.toString();
  }

  /**
   * Returns the stage that rejected all that went into it, so that nothing came further: most
   * likely the input is not what the pipeline reads. Nothing is returned where another way led on,
   * as of files that end early, the records of which are used.
   */
  static Optional<StageLedger> dead(List<StageLedger> stages) {
    for (int i = 0; i < stages.size(); i++) {
      StageLedger s = stages.get(i);
      if (s.in() > 0
          && s.rejected() == s.in()
          && stages.subList(i + 1, stages.size()).stream().allMatch(later -> later.in() == 0)) {
        return Optional.of(s);
      }
    }
    return Optional.empty();
  }

  /** Says what {@link #dead} found. */
  static String unusable(StageLedger stage, String detail) {
    return "nothing could be used: all %,d that went into '%s' were rejected%s; is it what this pipeline reads?"
        .formatted(
            stage.in(), stage.stage(), detail.isEmpty() ? "" : " (the first: " + detail + ")");
  }

  private static String outcomes(StageLedger stage) {
    Map<String, Long> others = new TreeMap<>(stage.outcomes());
    others.keySet().removeIf(o -> o.startsWith(StageLedger.REJECTED));
    return others.size() < 2 ? "" : "  (" + counts(others) + ")";
  }

  private static String counts(Map<String, Long> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (what, n) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(what)
                .append(String.format(Locale.ROOT, " %,d", n)));
    return text.toString();
  }

  /** Files in folders are many and alike; they are added up. */
  private static Map<String, String> folders(Map<String, Long> files) {
    Map<String, long[]> sums = new TreeMap<>();
    files.forEach(
        (file, size) -> {
          int slash = file.indexOf('/');
          long[] sum =
              sums.computeIfAbsent(
                  slash < 0 ? file : file.substring(0, slash + 1), k -> new long[2]);
          sum[0]++;
          sum[1] += size;
        });
    Map<String, String> lines = new TreeMap<>();
    sums.forEach(
        (file, sum) ->
            lines.put(file.endsWith("/") ? file + " (" + sum[0] + ")" : file, humanSize(sum[1])));
    return lines;
  }

  static String humanSize(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double size = bytes;
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (size >= 999.5 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }
}
