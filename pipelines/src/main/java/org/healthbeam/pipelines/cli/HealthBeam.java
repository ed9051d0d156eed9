package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.healthbeam.config.NearestName;
import org.healthbeam.pipelines.run.EngineLog;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.pipelines.run.Versions;

/** The command {@code healthbeam}, behind the launcher script. */
public final class HealthBeam {
  private static final String NAME = "healthbeam";
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "run",
          "submit",
          "finish",
          "codes",
          "template",
          "expansion-service",
          "cluster",
          "doctor",
          "test");

  private final Terminal terminal;

  HealthBeam(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Runs one command and ends the JVM with its exit status.
   *
   * @param args the command's name, then what it takes
   */
  public static void main(String[] args) {
    EngineLog.quiet();
    System.exit(run(Terminal.ofProcess(), args));
  }

  /**
   * Runs one command and returns its exit status; the JVM goes on.
   *
   * @param terminal takes what the command says
   * @param args the command's name, then what it takes
   * @return the exit status; 0 if all went well
   */
  public static int run(Terminal terminal, String... args) {
    return new HealthBeam(terminal).execute(args);
  }

  int execute(String... args) {
    if (args.length == 0) {
      terminal.err().print(usage());
      return PipelineRun.USAGE;
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "-h", "--help", "help" -> {
        terminal.out().print(usage());
        yield PipelineRun.DONE;
      }
      case "-V", "--version" -> {
        terminal.out().println(NAME + " " + Versions.healthBeam());
        yield PipelineRun.DONE;
      }
      case "run" -> runPipeline(rest);
      case "codes" -> CodesCommand.run(terminal, rest);
      case "demo" -> Demo.run(terminal, rest);
      case WarmUp.COMMAND -> WarmUp.run(terminal, rest);
      case "submit" -> SubmitCommand.submit(terminal, rest);
      case "finish" -> SubmitCommand.finish(terminal, rest);
      case "template", "expansion-service" -> ofOtherModule(args[0], rest);
      case "cluster", "doctor", "test" -> refuse(args[0] + " is a command of the launcher script.");
      default ->
          refuse(
              "Unknown command '"
                  + args[0]
                  + "'"
                  + NearestName.hint("", args[0], COMMANDS)
                  + "; see "
                  + NAME
                  + " --help");
    };
  }

  private int ofOtherModule(String name, String... args) {
    for (Command command : ServiceLoader.load(Command.class)) {
      if (command.name().equals(name)) {
        return command.run(terminal, args);
      }
    }
    return refuse("The module with the command '" + name + "' is not on the class path.");
  }

  private int runPipeline(String[] args) {
    if (args.length == 0 || isHelp(args[0])) {
      (args.length == 0 ? terminal.err() : terminal.out())
          .print(
              "Usage: healthbeam run PIPELINE [OPTIONS]\n\n"
                  + pipelines()
                  + "\n  healthbeam run PIPELINE --help lists the options of a pipeline.\n");
      return args.length == 0 ? PipelineRun.USAGE : PipelineRun.DONE;
    }
    Optional<HealthPipeline<?>> pipeline = HealthPipelines.byName(args[0]);
    if (pipeline.isEmpty()) {
      return refuse(unknownPipeline(args[0]));
    }
    return PipelineRun.run(
        pipeline.get(),
        NAME + " run " + args[0],
        terminal,
        Arrays.copyOfRange(args, 1, args.length));
  }

  /** Returns a line for each pipeline. */
  static String pipelines() {
    StringBuilder text = new StringBuilder();
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      text.append(
          String.format(
              "  %-20s %s%n",
              HealthPipelines.name(pipeline), HealthPipelines.template(pipeline).description()));
    }
    return text.toString();
  }

  static String unknownPipeline(String typed) {
    List<String> names = HealthPipelines.all().stream().map(HealthPipelines::name).toList();
    return "Unknown pipeline '"
        + typed
        + "'"
        + NearestName.hint("", typed, names)
        + "; there is "
        + String.join(", ", names);
  }

  private int refuse(String sentence) {
    terminal.err().println(NAME + ": " + sentence);
    return PipelineRun.USAGE;
  }

  static boolean isHelp(String argument) {
    return argument.equals("--help") || argument.equals("-h");
  }

  static String usage() {
    try (InputStream in = HealthBeam.class.getResourceAsStream("usage.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("usage.txt cannot be read", e);
    }
  }
}
