package org.healthbeam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.InvalidMapException;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks of code mapping and writes their figures as Markdown. {@code it/bench/run}
 * starts it.
 */
final class CodeBenchmarks {
  private static final List<Long> SIZES = List.of(10_000L, 1_000_000L, 8_000_000L);
  private static final int COPIES = 8;
  private static final int REPEATS = 3;

  private CodeBenchmarks() {}

  /**
   * Takes the root of the source tree, the folder of the patients' records, a folder for what is
   * made, the commit, and which of {@code look-ups}, {@code rewriting} and {@code pipeline} to run.
   */
  public static void main(String[] args)
      throws IOException, InvalidMapException, RunnerException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path patients = Path.of(args[1]).toAbsolutePath().normalize();
    Path work = Path.of(args[2]).toAbsolutePath().normalize();
    Files.createDirectories(work);
    List<String> parts = new ArrayList<>();
    parts.add("Commit " + args[3] + "; " + Machine.describe() + ".\n");
    for (String part : List.of(args).subList(4, args.length)) {
      String figures =
          switch (part) {
            case "look-ups" -> "## Look-ups\n\n" + LookUpFigures.measure(work, SIZES);
            case "rewriting" -> "## FHIR rewriting\n\n" + RewritingFigures.measure(patients);
            case "pipeline" ->
                "## The whole pipeline\n\n"
                    + PipelineFigures.measure(root, patients, work, COPIES, REPEATS);
            default -> throw new IllegalArgumentException("There is no benchmark " + part);
          };
      parts.add(figures);
      System.out.println(figures);
      // After each part, so that none is lost with a later one.
      Files.writeString(work.resolve("codes.md"), String.join("\n", parts));
    }
    System.out.println("Written to " + work.resolve("codes.md"));
  }
}
