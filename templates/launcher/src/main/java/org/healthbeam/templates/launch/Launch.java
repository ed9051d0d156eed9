package org.healthbeam.templates.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.healthbeam.config.ConfigException;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.option.PipelineArguments;
import org.healthbeam.pipelines.run.GivenValues;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.templates.catalog.Template;

/** Launches a template with parameters from a file, the command line, or both. */
final class Launch {
  private static final String PARAMETERS = "--parameters";

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
    String file = parametersFile(rest, args);
    Map<String, String> typed =
        new LinkedHashMap<>(arguments.parse(problems, rest.toArray(String[]::new)));
    if (PipelineArguments.asksForHelp(typed)) {
      terminal.out().print(arguments.help(terminal.width()));
      terminal.out().println("  --parameters=FILE   JSON or YAML file with names and values.");
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
    return PipelineRun.run(template.pipeline(), arguments, given, command, terminal);
  }

  private static String parametersFile(List<String> rest, String... args) throws ConfigException {
    String file = "";
    for (int i = 0; i < args.length; i++) {
      boolean apart = args[i].equals(PARAMETERS);
      if (!apart && !args[i].startsWith(PARAMETERS + "=")) {
        rest.add(args[i]);
        continue;
      }
      if (!file.isEmpty()) {
        throw new ConfigException(PARAMETERS + " is given twice");
      }
      String value =
          apart ? ++i < args.length ? args[i] : "" : args[i].substring(args[i].indexOf('=') + 1);
      if (value.isBlank()) {
        throw new ConfigException(PARAMETERS + " is empty; it names a .json or .yaml file");
      }
      file = value;
    }
    return file;
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
