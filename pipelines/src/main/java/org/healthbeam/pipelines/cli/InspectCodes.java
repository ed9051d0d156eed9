package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.io.PrintStream;
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
import picocli.CommandLine.Parameters;

/** Says what maps hold. */
@Command(
    name = CodesCommand.NAME + " inspect",
    description = "Says what code maps hold: versions, systems, numbers of codes.",
    sortOptions = false)
final class InspectCodes implements CodesCommand.Work {
  private static final int DIGITS = 12;

  @Parameters(
      paramLabel = "FILES",
      arity = "1..*",
      description = "Code maps of any format, compiled or not.")
  private List<String> files;

  @Mixin HelpOption help;

  private final Terminal terminal;

  InspectCodes(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int execute() throws InvalidMapException, UsageException, IOException {
    List<CompiledMaps> all = CodesCommand.maps(String.join(",", files)).compiled();
    // What does not fit together is said here; which of several versions is used, only later.
    CodeMap.check(all);
    PrintStream out = terminal.out();
    for (CompiledMaps maps : all) {
      for (CompiledMaps.Content map : maps.maps()) {
        out.println(map.id().url());
        out.println("  version   " + (map.id().version().isEmpty() ? "-" : map.id().version()));
        out.println("  read from " + map.file());
        out.println("  content   sha256:" + map.digest().substring(0, DIGITS));
        map.remarks().forEach(remark -> out.println("  note      " + remark));
        for (CompiledMaps.SourceSystem system : maps.systems(map)) {
          out.printf(Locale.ROOT, "  %,12d codes of %s%n", system.codes(), system.source());
          system.targets().forEach(target -> out.println("                  to " + target));
          if (system.unmapped() > 0) {
            out.println("                  and a rule for codes that are not named");
          }
        }
      }
    }
    return PipelineRun.DONE;
  }
}
