package org.healthbeam.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.healthbeam.bench.Machine;
import org.healthbeam.bench.MarkdownTable;
import org.healthbeam.bench.Median;
import org.healthbeam.bench.WholeProcess;

/**
 * Makes the report of a large ward and opens it in Chromium, beside an empty page. {@code
 * it/bench/run} starts it.
 */
final class ReportBenchmarks {
  private static final int LOADS = 9;
  private static final String EMPTY = "<!doctype html><title>Empty</title><p>Empty</p>";

  /** Notes the moment at which the report says that its plots are drawn. */
  private static final String NOTE =
      """
      window.healthbeamDrawn = new Promise(function (done) {
        new MutationObserver(function () {
          if (document.documentElement && document.documentElement.hasAttribute('data-plots')) {
            done(performance.now());
          }
        }).observe(document, { attributes: true, subtree: true });
      });
      """;

  private static final String LOADED =
      """
      new Promise(function (done) {
        (function look() {
          var page = performance.getEntriesByType('navigation')[0];
          var paint = performance.getEntriesByName('first-contentful-paint')[0];
          if (page && page.loadEventEnd && paint) {
            done([paint.startTime, page.loadEventEnd]);
          } else {
            setTimeout(look, 5);
          }
        })();
      })
      """;

  private static final String CHOOSE =
      """
      new Promise(function (done) {
        var begun = performance.now();
        var list = document.querySelector('.pages select');
        list.value = 'INDEX';
        list.dispatchEvent(new Event('change'));
        (function look() {
          if (document.querySelector('article[data-shown] svg path')) {
            done(performance.now() - begun);
          } else {
            setTimeout(look, 1);
          }
        })();
      })
      """;

  private ReportBenchmarks() {}

  /** What one load took, in milliseconds since the navigation began. */
  private record Load(double paint, double loaded, double drawn, double chosen) {}

  /** Takes the source tree, a folder for what is made, and the commit. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path work = Path.of(args[1]).toAbsolutePath().normalize().resolve("report");
    Files.createDirectories(work);
    Path report = make(root, work);
    Path empty = Files.writeString(work.resolve("empty.html"), EMPTY);
    List<Load> loads = new ArrayList<>();
    List<Load> floor = new ArrayList<>();
    try (Browser browser = Browser.start(work)) {
      for (int i = 0; i < LOADS; i++) {
        floor.add(open(browser, empty.toUri(), false, i));
        loads.add(open(browser, report.toUri(), true, i));
      }
    }
    String text =
        "Commit "
            + args[2]
            + "; "
            + Machine.describe()
            + ".\n\n"
            + String.format(
                Locale.ROOT,
                "%,d points, %d subjects, a file of %.1f MB; milliseconds since it was asked"
                    + " for.%n%n",
                WardOfReport.points(),
                WardOfReport.SUBJECTS,
                Files.size(report) / 1e6)
            + table(loads, floor);
    Path told = Files.writeString(work.resolveSibling("report.md"), text);
    System.out.println(text + "Written to " + told);
  }

  private static Path make(Path root, Path work) throws IOException, InterruptedException {
    Path ward = work.resolve("ward.csv");
    WardOfReport.write(ward);
    Path output = Files.createTempDirectory(work, "out");
    WholeProcess.run(
        List.of(
            root.resolve("healthbeam").toString(),
            "run",
            "monitor-vitals",
            "--input=" + ward,
            "--window=1h",
            "--output=" + output));
    return output.resolve("report.html");
  }

  private static Load open(Browser browser, URI page, boolean plots, int load)
      throws IOException, InterruptedException {
    try (Browser.Tab tab = browser.tab()) {
      tab.before(NOTE);
      tab.open(page);
      JsonNode loaded = tab.value(LOADED);
      double drawn = Double.NaN;
      double chosen = Double.NaN;
      if (plots) {
        drawn = tab.value("window.healthbeamDrawn").asDouble();
        chosen = tab.value(CHOOSE.replace("INDEX", String.valueOf(load))).asDouble();
      }
      return new Load(loaded.path(0).asDouble(), loaded.path(1).asDouble(), drawn, chosen);
    }
  }

  private static String table(List<Load> loads, List<Load> floor) {
    return new MarkdownTable(
            "", "first", "others: median (least–greatest)", "an empty page: others")
        .row(
            "first paint with content",
            one(loads.get(0).paint()),
            others(loads.stream().mapToDouble(Load::paint).toArray()),
            others(floor.stream().mapToDouble(Load::paint).toArray()))
        .row(
            "the page is loaded (`loadEventEnd`)",
            one(loads.get(0).loaded()),
            others(loads.stream().mapToDouble(Load::loaded).toArray()),
            others(floor.stream().mapToDouble(Load::loaded).toArray()))
        .row(
            "all plots of the page are drawn",
            one(loads.get(0).drawn()),
            others(loads.stream().mapToDouble(Load::drawn).toArray()),
            "")
        .row(
            "a subject is chosen, until its page is there",
            one(loads.get(0).chosen()),
            others(loads.stream().mapToDouble(Load::chosen).toArray()),
            "")
        .toString();
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String others(double... values) {
    return Median.of(Arrays.copyOfRange(values, 1, values.length)).show("%.0f");
  }
}
