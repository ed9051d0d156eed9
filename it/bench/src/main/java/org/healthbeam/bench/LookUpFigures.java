package org.healthbeam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.healthbeam.core.code.InvalidMapException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Look-up in compiled maps of several sizes: speed, first answer, memory, size. */
final class LookUpFigures {
  private static final int STARTS = 5;

  private LookUpFigures() {}

  static String measure(Path folder, List<Long> sizes)
      throws IOException, InvalidMapException, RunnerException, InterruptedException {
    MarkdownTable speed =
        new MarkdownTable("codes", "all found", "none found", "half found", "first answer");
    MarkdownTable memory =
        new MarkdownTable("codes", "threads", "VmRSS", "of it RssAnon", "of it RssFile");
    MarkdownTable size =
        new MarkdownTable(
            "codes",
            "rows",
            "file",
            "bytes a code",
            "strings, deflated",
            "beyond them",
            "compiled");
    for (long codes : sizes) {
      CompiledSynthetic map = CompiledSynthetic.in(folder, codes);
      List<String> row = new ArrayList<>();
      row.add(count(codes));
      for (String hits : List.of("100", "0", "50")) {
        RunResult result =
            Jmh.run(
                LookUps.class.getName() + ".translate",
                List.of("file=" + map.file(), "codes=" + codes, "hits=" + hits));
        row.add(Jmh.scores(result).show("%,.0f"));
      }
      double[] first = new double[STARTS];
      for (int i = 0; i < STARTS; i++) {
        WholeProcess run = start(map, 1 + i % 2);
        first[i] = run.secondsToFirstLine();
        if (i < 2) {
          memory(memory, codes, 1 + i, run.output().get(1));
        }
      }
      row.add(Median.of(first).show("%.2f s"));
      speed.row(row.toArray(String[]::new));
      size(size, map);
      System.err.println("look-ups: " + String.join(", ", row));
    }
    return "Look-ups a second on one thread, and seconds from the start of a JVM to its first answer:\n\n"
        + speed
        + "\nResident memory after a million look-ups on each thread (heap limit 512 MB):\n\n"
        + memory
        + "\nSize; “beyond” is bytes a code more than all strings of the map deflated as one text:\n\n"
        + size;
  }

  private static WholeProcess start(CompiledSynthetic map, int threads)
      throws IOException, InterruptedException {
    return WholeProcess.run(
        WholeProcess.java(
            FirstAnswer.class,
            List.of("-Xmx512m"),
            map.file().toString(),
            Long.toString(map.codes()),
            Integer.toString(threads)));
  }

  private static void memory(MarkdownTable table, long codes, int threads, String told) {
    List<String> row = new ArrayList<>(List.of(count(codes), Integer.toString(threads)));
    for (String name : List.of("VmRSS", "RssAnon", "RssFile")) {
      for (String each : told.split(";")) {
        if (each.startsWith(name + "=")) {
          long kilobytes = Long.parseLong(each.substring(name.length() + 1));
          row.add(String.format(Locale.ROOT, "%,d MB", kilobytes * 1024 / 1_000_000));
        }
      }
    }
    table.row(row.toArray(String[]::new));
  }

  private static void size(MarkdownTable table, CompiledSynthetic map) throws IOException {
    long bytes = Files.size(map.file());
    table.row(
        count(map.codes()),
        count(map.size().rows()),
        String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6),
        String.format(Locale.ROOT, "%.1f", (double) bytes / map.codes()),
        String.format(Locale.ROOT, "%.1f", (double) map.size().deflatedBytes() / map.codes()),
        String.format(
            Locale.ROOT, "%.1f", (double) (bytes - map.size().deflatedBytes()) / map.codes()),
        String.format(Locale.ROOT, "%.1f s", map.seconds()));
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
