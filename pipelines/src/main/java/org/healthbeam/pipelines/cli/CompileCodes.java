package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.CompiledMaps;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.pipelines.run.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compiles maps into one file, which appears only when it is whole. */
@Command(
    name = CodesCommand.NAME + " compile",
    description =
        "Compiles code maps into one immutable file, which map-codes maps into memory instead of"
            + " reading the maps anew.",
    sortOptions = false)
final class CompileCodes implements CodesCommand.Work {
  private static final long SECOND = 1_000_000_000L;

  @Option(
      names = "--maps",
      required = true,
      paramLabel = "FILES",
      description =
          "Code maps, as for map-codes: files, folders or globs on any file system, separated by"
              + " commas.")
  private String maps;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file to write, on any file system; its name ends with .hbmap.")
  private String output;

  @Mixin HelpOption help;

  private final Terminal terminal;
  private final long begun = System.nanoTime();
  private long told = begun;

  CompileCodes(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int execute() throws InvalidMapException, UsageException, IOException {
    if (!output.toLowerCase(Locale.ROOT).endsWith(CompiledMaps.SUFFIX)) {
      terminal
          .err()
          .println(
              CodesCommand.NAME
                  + " compile: --output="
                  + output
                  + " must end with "
                  + CompiledMaps.SUFFIX);
      return PipelineRun.USAGE;
    }
    ResultFile result = ResultFile.of(output);
    Path local = Files.createTempFile("healthbeam-map-", CompiledMaps.SUFFIX);
    try {
      CodesCommand.maps(maps).compileTo(local, this::progress);
      // Opened and checked once, so that what is written can be used.
      CompiledMaps compiled = CompiledMaps.open(local, output);
      CodeMap.check(List.of(compiled));
      result.write("application/octet-stream", out -> Files.copy(local, out));
      long codes =
          compiled.maps().stream()
              .flatMap(map -> compiled.systems(map).stream())
              .mapToLong(CompiledMaps.SourceSystem::codes)
              .sum();
      terminal
          .out()
          .printf(
              Locale.ROOT,
              "%s: %d map%s, %,d codes, %,d bytes, in %.1f s%n",
              output,
              compiled.maps().size(),
              compiled.maps().size() == 1 ? "" : "s",
              codes,
              Files.size(local),
              (System.nanoTime() - begun) / 1e9);
      return PipelineRun.DONE;
    } finally {
      Files.deleteIfExists(local);
    }
  }

  private void progress(long rows) {
    long now = System.nanoTime();
    if (now - told > 2 * SECOND) {
      told = now;
      terminal
          .err()
          .printf(Locale.ROOT, "  %,d statements read, %d s%n", rows, (now - begun) / SECOND);
    }
  }
}
