package org.healthbeam.bench.vital;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.healthbeam.bench.Machine;

/**
 * Runs the benchmarks of streams of vital signs and writes their figures as Markdown. {@code
 * it/bench/run} starts it.
 */
final class VitalBenchmarks {
  private static final String HEAP = "filesystem";
  private static final String ROCKSDB = "rocksdb";

  private VitalBenchmarks() {}

  /**
   * Takes a folder for what is made, the commit, and which of {@code check}, {@code heap}, {@code
   * rocksdb}, {@code latency}, {@code alerts}, {@code hot} and {@code metrics} to run.
   */
  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[0]).toAbsolutePath().normalize();
    Files.createDirectories(work);
    List<String> parts = new ArrayList<>();
    parts.add("Commit " + args[1] + "; " + Machine.describe() + ".\n");
    VitalFigures figures = new VitalFigures(work);
    for (String part : List.of(args).subList(2, args.length)) {
      String text =
          switch (part) {
            case "check" -> figures.check();
            case "heap" -> figures.throughput(HEAP, List.of(Form.values()));
            case "rocksdb" -> figures.throughput(ROCKSDB, List.of(Form.CSV, Form.READINGS));
            case "latency" ->
                figures.latency(
                    "From a window's end to its row",
                    Load.EVEN,
                    List.of(
                        Map.entry(Form.CSV, HEAP),
                        Map.entry(Form.READINGS, HEAP),
                        Map.entry(Form.CSV, ROCKSDB)));
            case "alerts" ->
                figures.latency(
                    "From a reading to its alert",
                    Load.ALERTS,
                    List.of(
                        Map.entry(Form.CSV, HEAP),
                        Map.entry(Form.READINGS, HEAP),
                        Map.entry(Form.CSV, ROCKSDB)));
            case "hot" ->
                figures.latency(
                    "One subject with a thousand times the readings: the others' rows",
                    Load.HOT,
                    List.of(Map.entry(Form.CSV, HEAP)));
            case "metrics" -> figures.metrics();
            default -> throw new IllegalArgumentException("There is no benchmark " + part);
          };
      parts.add(text);
      System.out.println(text);
      write(work, parts);
    }
    System.out.println("Written to " + work.resolve("vitals.md"));
    System.exit(0);
  }

  /** After each part, so that none is lost with a later one. */
  private static void write(Path work, List<String> parts) throws IOException {
    Files.writeString(work.resolve("vitals.md"), String.join("\n", parts));
  }
}
