package org.healthbeam.pipelines.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.config.NearestName;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.pipelines.run.HadoopFiles;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.code.CodeMaps;
import picocli.CommandLine.Command;

/** The commands about code maps: {@code healthbeam codes compile|inspect|diff}. */
final class CodesCommand {
  static final String NAME = "healthbeam codes";
  private static final List<String> COMMANDS = List.of("compile", "inspect", "diff");
  private static final String USAGE =
      """
      Usage: healthbeam codes COMMAND [OPTIONS]

        compile --maps=FILES --output=FILE.hbmap   maps of any format into one file that opens at once
        inspect FILES                              what maps hold: versions, systems, numbers of codes
        diff OLD NEW [--output=FILE.tsv]           which codes another version of the maps changes

        --help after a command lists its options. FILES are files, folders or globs, separated by
        commas: FHIR ConceptMaps, tables and compiled maps, as for map-codes.
      """;

  private CodesCommand() {}

  static int run(Terminal terminal, String... args) {
    if (args.length == 0) {
      terminal.err().print(USAGE);
      return PipelineRun.USAGE;
    }
    if (HealthBeam.isHelp(args[0])) {
      terminal.out().print(USAGE);
      return PipelineRun.DONE;
    }
    HadoopFiles.register(PipelineOptionsFactory.create());
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "compile" -> run(terminal, new CompileCodes(terminal), rest);
      case "inspect" -> run(terminal, new InspectCodes(terminal), rest);
      case "diff" -> run(terminal, new DiffCodes(terminal), rest);
      default -> {
        terminal
            .err()
            .println(
                NAME
                    + ": Unknown command '"
                    + args[0]
                    + "'"
                    + NearestName.hint("", args[0], COMMANDS)
                    + "; there is "
                    + String.join(", ", COMMANDS));
        yield PipelineRun.USAGE;
      }
    };
  }

  private static int run(Terminal terminal, Work command, String[] args) {
    String name = command.getClass().getAnnotation(Command.class).name();
    return CommandArguments.run(terminal, command, () -> guarded(terminal, name, command), args);
  }

  /** What a command does with maps. */
  interface Work {
    int execute() throws InvalidMapException, UsageException, IOException;
  }

  /** Runs it, and turns what goes wrong into a sentence and an exit status. */
  static int guarded(Terminal terminal, String command, Work work) {
    try {
      return work.execute();
    } catch (InvalidMapException | UsageException | FileNotFoundException e) {
      terminal.err().println(command + ": " + e.getMessage());
      return PipelineRun.USAGE;
    } catch (IOException e) {
      terminal.err().println(command + ": FAILED: " + e.getMessage());
      return PipelineRun.FAILED;
    } catch (UncheckedIOException e) {
      terminal.err().println(command + ": FAILED: " + e.getCause().getMessage());
      return PipelineRun.FAILED;
    } catch (RuntimeException e) {
      // Only maps are read here, which hold no patient's data.
      terminal
          .err()
          .println(command + ": FAILED: " + e.getClass().getSimpleName() + ": " + e.getMessage());
      return PipelineRun.FAILED;
    }
  }

  /** Checks names of files of maps, which are separated by commas. */
  static List<String> names(String files) throws UsageException {
    List<String> names = List.of(files.split(",", -1));
    for (String name : names) {
      Location.requireFileSystem(name);
    }
    return names;
  }

  /** Finds maps, without reading them yet. */
  static CodeMaps maps(String files) throws InvalidMapException, UsageException, IOException {
    return CodeMaps.find(names(files));
  }
}
