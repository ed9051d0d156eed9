package org.healthbeam.pipelines.cli;

import java.util.List;
import org.healthbeam.config.NearestName;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import picocli.CommandLine;

/** Fills a command's options from its arguments, and says what is wrong with them. */
final class CommandArguments {
  private CommandArguments() {}

  /** What a command does once its options are set. */
  interface Action {
    int execute();
  }

  /**
   * Parses, shows help if asked, else runs the command.
   *
   * @param command annotated for picocli
   * @return the exit status
   */
  static int run(Terminal terminal, Object command, Action action, String... args) {
    CommandLine line = new CommandLine(command);
    line.setUsageHelpWidth(terminal.width());
    try {
      CommandLine.ParseResult parsed = line.parseArgs(args);
      if (parsed.isUsageHelpRequested()) {
        terminal.out().print(line.getUsageMessage());
        return PipelineRun.DONE;
      }
    } catch (CommandLine.UnmatchedArgumentException e) {
      String typed = e.getUnmatched().get(0).replaceFirst("=.*", "");
      List<String> known = List.copyOf(line.getCommandSpec().optionsMap().keySet());
      return refuse(
          terminal,
          line,
          (typed.startsWith("-") ? "Unknown option '" : "Unexpected argument '")
              + typed
              + "'"
              + NearestName.hint("", typed, known)
              + "; see "
              + line.getCommandSpec().qualifiedName()
              + " --help");
    } catch (CommandLine.ParameterException e) {
      return refuse(
          terminal,
          line,
          e.getMessage() + "; see " + line.getCommandSpec().qualifiedName() + " --help");
    }
    return action.execute();
  }

  private static int refuse(Terminal terminal, CommandLine line, String sentence) {
    terminal.err().println(line.getCommandName() + ": " + sentence);
    return PipelineRun.USAGE;
  }
}
