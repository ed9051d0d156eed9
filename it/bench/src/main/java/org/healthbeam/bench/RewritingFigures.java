package org.healthbeam.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** FHIR rewriting against HAPI, for each type of resource that there is. */
final class RewritingFigures {
  private RewritingFigures() {}

  static String measure(Path patients) throws IOException, RunnerException {
    MarkdownTable table =
        new MarkdownTable("type", "records", "MB", "HealthBeam, MB/s", "HAPI, MB/s", "ratio");
    for (String type : Ndjson.byType(patients).keySet()) {
      List<byte[]> records = Rewriting.records(patients, type);
      double megabytes = records.stream().mapToLong(r -> r.length).sum() / 1e6;
      Median ours = seconds("healthbeam", patients, type);
      Median hapi = seconds("hapi", patients, type);
      System.err.println("rewriting: " + type + ", s: " + ours.value() + ", HAPI " + hapi.value());
      table.row(
          type,
          String.format(Locale.ROOT, "%,d", records.size()),
          String.format(Locale.ROOT, "%.2f", megabytes),
          speed(megabytes, ours).show("%.0f"),
          speed(megabytes, hapi).show("%.1f"),
          String.format(Locale.ROOT, "%.1f", hapi.value() / ours.value()));
    }
    return "One thread, records and maps in memory; both sides added the same codings before"
        + " anything was measured:\n\n"
        + table;
  }

  private static Median seconds(String side, Path patients, String type) throws RunnerException {
    return Jmh.scores(
        Jmh.run(
            Rewriting.class.getName() + "." + side, List.of("folder=" + patients, "type=" + type)));
  }

  private static Median speed(double megabytes, Median seconds) {
    return new Median(
        megabytes / seconds.value(), megabytes / seconds.max(), megabytes / seconds.min());
  }
}
