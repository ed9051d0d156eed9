package org.healthbeam.templates.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.healthbeam.config.ConfigException;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.option.PipelineArguments;
import org.healthbeam.pipelines.run.ClusterRun;
import org.healthbeam.pipelines.run.GivenValues;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.templates.catalog.Template;

/** Launches a template with parameters from a file, the command line, or both. */
final class Launch {
  private static final String PARAMETERS = "--parameters";
  private static final String TO = "--to";

  private final Template template;
  private final String command;
  private final PipelineArguments arguments;
  private final List<String> problems = new ArrayList<>();

  private Launch(Template template, String command) {
    this.template = template;
    this.command = command;
    this.arguments =
        new PipelineArguments(
            command, template.said(), template.parameters(), template.fixed().keySet());
  }

  /** Returns the exit status of the run, or says all that is wrong with the parameters. */
  static int run(Template template, String command, Terminal terminal, String... args) {
    try {
      return new Launch(template, command).run(terminal, args);
    } catch (ConfigException e) {
      terminal.err().println(command + ": " + e.getMessage());
      return PipelineRun.USAGE;
    }
  }

  private int run(Terminal terminal, String... args) throws ConfigException {
    List<String> rest = new ArrayList<>();
    String file = taken(PARAMETERS, "it names a .json or .yaml file", rest, Arrays.asList(args));
    List<String> all = List.copyOf(rest);
    rest.clear();
    String to = taken(TO, "it names a cluster, such as flink://localhost:8081", rest, all);
    Map<String, String> typed =
        new LinkedHashMap<>(arguments.parse(problems, rest.toArray(String[]::new)));
    if (PipelineArguments.asksForHelp(typed)) {
      terminal.out().print(arguments.help(terminal.width()));
      terminal.out().println("  --parameters=FILE   JSON or YAML file with names and values.");
      terminal
          .out()
          .println("  --to=CLUSTER        Hand it to a cluster, as healthbeam submit does.");
      return PipelineRun.DONE;
    }
    if (typed.isEmpty() && !problems.isEmpty()) {
      throw new ConfigException(problems.get(0));
    }
    refuseFixed(typed, "");
    Map<String, String> parameters = file.isEmpty() ? Map.of() : fromFile(file);
    GivenValues given =
        new GivenValues(
            typed,
            file,
            parameters,
            template.name(),
            template.fixedByName(),
            template.said().mode(),
            problems);
    return to.isEmpty()
        ? PipelineRun.run(template.pipeline(), arguments, given, command, terminal)
        : ClusterRun.submit(template.pipeline(), arguments, given, command, terminal, to);
  }

  /** Returns the value of an option that is of launching only; adds all others to {@code rest}. */
  private static String taken(String option, String sense, List<String> rest, List<String> args)
      throws ConfigException {
    String taken = "";
    for (int i = 0; i < args.size(); i++) {
      String argument = args.get(i);
      boolean apart = argument.equals(option);
      if (!apart && !argument.startsWith(option + "=")) {
        rest.add(argument);
        continue;
      }
      if (!taken.isEmpty()) {
        throw new ConfigException(option + " is given twice");
      }
      String value =
          apart ? ++i < args.size() ? args.get(i) : "" : argument.substring(option.length() + 1);
      if (value.isBlank()) {
        throw new ConfigException(option + " is empty; " + sense);
      }
      taken = value;
    }
    return taken;
  }

  private Map<String, String> fromFile(String file) throws ConfigException {
    Map<String, String> parameters = ParameterFile.read(file, problems);
    refuseFixed(parameters, " (" + file + ")");
    Set<String> ofRuns =
        PipelineArguments.OF_EVERY_RUN.stream()
            .map(OptionDescription::name)
            .collect(Collectors.toSet());
    parameters
        .keySet()
        .removeIf(
            name -> {
              if (ofRuns.contains(name)) {
                problems.add("--%s is typed, not in %s".formatted(name, file));
                return true;
              }
              if (!arguments.options().containsKey(name)) {
                problems.add(arguments.unknownOption(name) + " (" + file + ")");
                return true;
              }
              return false;
            });
    return parameters;
  }

  private void refuseFixed(Map<String, String> values, String place) {
    template
        .fixed()
        .forEach(
            (option, value) -> {
              if (values.remove(option.name()) != null) {
                problems.add(
                    "%s: the template fixes --%s=%s%s"
                        .formatted(option.field().label(), option.name(), value, place));
              }
            });
  }
}
