package org.healthbeam.pipelines.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.healthbeam.config.ConfigException;
import org.healthbeam.config.NearestName;
import org.healthbeam.templates.annotations.PipelineTemplate;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line of one pipeline: its own options, those of every run, and those of Beam and the
 * runner.
 *
 * <p>Everything that help says comes from the annotations of the options interface.
 */
public final class PipelineArguments {
  /** Names that begin as settings of Kafka's clients do that may be secret. */
  private static final String CLIENT_SETTINGS = "(?i)(sasl|ssl)[.-]?[a-z].*";

  private static final String KAFKA_SETTINGS = "kafkaSettings";

  /** Which runner; what may be given with {@code --runner}. */
  public static final String RUNNER = "runner";

  /** A profile, by runner or by file. */
  public static final String PROFILE = "profile";

  /** Prints all values instead of running. */
  public static final String EXPLAIN = "explainOptions";

  /** Builds the pipeline and prints all values and its graph instead of running. */
  public static final String DRY_RUN = "dryRun";

  /** Takes the graph of a pipeline that is built and not run. */
  public static final String GRAPH = "graph";

  /** Shows where a failure happened. */
  public static final String STACKTRACE = "stacktrace";

  /** Takes what the engines log. */
  public static final String LOG = "log";

  private static final String HELP = "help";
  private static final String RUNNING = "Running";

  /** What is about running rather than about the pipeline. */
  public static final List<OptionDescription> OF_EVERY_RUN =
      List.of(
          ofRun(
              RUNNER,
              String.class,
              "What runs the pipeline: direct, flink, spark or dataflow.",
              "flink"),
          ofRun(
              PROFILE,
              String.class,
              "Settings of the runner: direct, flink, spark or dataflow, or a .properties file of"
                  + " your own with runner=... in it.",
              "flink"),
          ofRun(
              LOG, String.class, "File that takes what the runner logs; not kept else.", "run.log"),
          ofRun(EXPLAIN, boolean.class, "Print every value and where it is from; do not run.", ""),
          ofRun(
              DRY_RUN,
              boolean.class,
              "Check everything, build the pipeline, print every value and the pipeline's graph"
                  + " (DOT); do not run.",
              ""),
          ofRun(
              GRAPH,
              String.class,
              "With --dryRun: file that takes the graph, by its name the steps as a drawing (.svg)"
                  + " or all transforms for Graphviz (.dot).",
              "graph.svg"),
          ofRun(STACKTRACE, boolean.class, "Show where a failure happened.", ""));

  private final String command;
  private final PipelineTemplate template;
  private final List<OptionDescription> own;
  private final Map<String, OptionDescription> byName = new TreeMap<>();

  /**
   * Returns the command line of a pipeline.
   *
   * @param command how the pipeline was called, for help and messages: {@code healthbeam run x}
   * @param options its options, annotated with {@link PipelineTemplate}
   */
  public PipelineArguments(String command, Class<? extends PipelineOptions> options) {
    this(command, templateOf(options), OptionCatalog.of(options), List.of());
  }

  /**
   * Returns the command line of a template.
   *
   * @param command how it was called
   * @param template what it says about itself
   * @param own the options that it takes
   * @param fixed options that have a value which nobody can change
   */
  public PipelineArguments(
      String command,
      PipelineTemplate template,
      List<OptionDescription> own,
      Collection<OptionDescription> fixed) {
    this.command = command;
    this.template = template;
    this.own = own;
    byName.putAll(OptionCatalog.ofEngine());
    own.forEach(o -> byName.put(o.name(), o));
    fixed.forEach(o -> byName.put(o.name(), o));
    OF_EVERY_RUN.forEach(o -> byName.put(o.name(), o));
  }

  private static PipelineTemplate templateOf(Class<? extends PipelineOptions> options) {
    PipelineTemplate template = options.getAnnotation(PipelineTemplate.class);
    if (template == null) {
      throw new IllegalArgumentException(options.getName() + " lacks @PipelineTemplate");
    }
    return template;
  }

  /** {@return every option that may be given, by name} */
  public Map<String, OptionDescription> options() {
    return java.util.Collections.unmodifiableMap(byName);
  }

  /** {@return the options that the pipeline itself declares, in order} */
  public List<OptionDescription> ownOptions() {
    return own;
  }

  /**
   * {@return what was typed, option name to value, values not yet checked}
   *
   * @param args of {@code main}
   * @throws ConfigException with the nearest name, if an option does not exist
   */
  public Map<String, String> parse(String... args) throws ConfigException {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = parse(problems, args);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems.get(0));
    }
    return values;
  }

  /**
   * {@return what was typed, as far as it can be taken}
   *
   * @param problems takes a sentence for each argument that cannot
   * @param args of {@code main}
   */
  public Map<String, String> parse(List<String> problems, String... args) {
    CommandLine line = new CommandLine(spec(byName.values()));
    // Otherwise picocli stops at the first without saying how often there are more.
    line.setOverwrittenOptionsAllowed(true);
    line.setUnmatchedArgumentsAllowed(true);
    ParseResult parsed;
    try {
      parsed = line.parseArgs(withPlainNames(args));
    } catch (CommandLine.ParameterException e) {
      problems.add(e.getMessage());
      return Map.of();
    }
    parsed.unmatched().forEach(u -> problems.add(unknown(u)));
    Map<String, String> values = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      List<String> given = option.originalStringValues();
      String name = option.longestName().substring(2);
      if (given.size() > 1 && !byName.get(name).list()) {
        problems.add("--" + name + " is given " + given.size() + " times");
      }
      values.put(name, given.isEmpty() ? "true" : String.join(",", given));
    }
    return values;
  }

  /**
   * {@return whether help was asked for}
   *
   * @param parsed what {@link #parse} returned
   */
  public static boolean asksForHelp(Map<String, String> parsed) {
    return parsed.containsKey(HELP);
  }

  /**
   * {@return the help text}
   *
   * @param width columns of the terminal
   */
  public String help(int width) {
    List<OptionDescription> shown = new ArrayList<>(own);
    shown.addAll(OF_EVERY_RUN);
    CommandSpec spec = spec(shown);
    spec.usageMessage().width(width);
    return new CommandLine(spec).getUsageMessage(CommandLine.Help.Ansi.AUTO);
  }

  private CommandSpec spec(Collection<OptionDescription> options) {
    CommandSpec spec = CommandSpec.create().name(command);
    spec.usageMessage()
        .customSynopsis(command + " [OPTIONS]")
        .description(literal(template.description()), "")
        .footer(
            "",
            "An option can also be set in a profile file (name=value) or in the environment"
                + " (--maxRejectedFraction: HEALTHBEAM_MAX_REJECTED_FRACTION); the command line"
                + " wins. Options of Beam and of the runner (--targetParallelism, --parallelism,"
                + " --flinkMaster, --sparkMaster, ...) are taken too.")
        .sortOptions(false);
    Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
    for (OptionDescription option : options) {
      groups
          .computeIfAbsent(
              option.group(),
              g -> ArgGroupSpec.builder().heading("%n" + literal(g) + "%n").validate(false))
          .addArg(optionSpec(option));
    }
    groups
        .computeIfAbsent(RUNNING, g -> ArgGroupSpec.builder().validate(false))
        .addArg(
            OptionSpec.builder("-h", "--" + HELP)
                .usageHelp(true)
                .description("Show this.")
                .build());
    groups.values().forEach(g -> spec.addArgGroup(g.build()));
    return spec;
  }

  private static OptionSpec optionSpec(OptionDescription option) {
    OptionSpec.Builder builder =
        OptionSpec.builder("--" + option.name())
            .type(option.list() ? List.class : String.class)
            .auxiliaryTypes(String.class)
            .paramLabel(option.valueLabel())
            .description(describe(option));
    if (option.isSwitch()) {
      builder.arity("0..1").fallbackValue("true");
    } else {
      builder.arity("1");
    }
    return builder.build();
  }

  private static String[] describe(OptionDescription option) {
    List<String> lines = new ArrayList<>();
    lines.add(literal(option.description()));
    List<String> facts = new ArrayList<>();
    if (option.required()) {
      facts.add("Required.");
    }
    if (!option.defaultValue().isEmpty()) {
      facts.add("Default: " + option.defaultValue() + unit(option) + ".");
    } else if (!option.unit().isEmpty()) {
      facts.add("Unit: " + option.unit() + ".");
    }
    if (!option.example().isEmpty()) {
      facts.add("Example: --" + option.name() + "=" + option.example());
    }
    if (!facts.isEmpty()) {
      lines.add(literal(String.join(" ", facts)));
    }
    return lines.toArray(String[]::new);
  }

  private static String unit(OptionDescription option) {
    return option.unit().isEmpty() ? "" : " (" + option.unit() + ")";
  }

  /** Nothing in a description is picocli's markup or a format. */
  private static String literal(String text) {
    return text.replace("%", "%%").replace("@|", "@\\|");
  }

  /** {@code --session-gap} is {@code --sessionGap}. */
  private String[] withPlainNames(String[] args) {
    Map<String, String> plain = new HashMap<>();
    byName.keySet().forEach(name -> plain.put(name.toLowerCase(Locale.ROOT), name));
    String[] result = args.clone();
    for (int i = 0; i < result.length; i++) {
      if (!result[i].startsWith("--")) {
        continue;
      }
      int end = result[i].indexOf('=');
      String typed = end < 0 ? result[i].substring(2) : result[i].substring(2, end);
      if (typed.indexOf('-') > 0) {
        String name = plain.get(typed.replace("-", "").toLowerCase(Locale.ROOT));
        if (name != null) {
          result[i] = "--" + name + (end < 0 ? "" : result[i].substring(end));
        }
      }
    }
    return result;
  }

  /**
   * {@return a sentence that there is no option of a name, and which one may have been meant}
   *
   * @param name without dashes
   */
  public String unknownOption(String name) {
    return unknown("--" + name);
  }

  private String unknown(String argument) {
    String see = "; see " + command + " --help";
    if (!argument.startsWith("-")) {
      return "Unexpected argument '" + argument + "': options begin with --" + see;
    }
    int end = argument.indexOf('=');
    String typed = (end < 0 ? argument : argument.substring(0, end)).replaceFirst("^-+", "");
    if (OptionDescription.isSecret(typed) || typed.matches(CLIENT_SETTINGS)) {
      return "--"
          + typed
          + " is no option: runners show options to everybody, so secrets come from files"
          + (byName.containsKey(KAFKA_SETTINGS)
              ? "; settings of Kafka's clients from that of --" + KAFKA_SETTINGS
              : "")
          + see;
    }
    List<String> shown = new ArrayList<>();
    own.forEach(o -> shown.add(o.name()));
    OF_EVERY_RUN.forEach(o -> shown.add(o.name()));
    // What the pipeline itself has is the likelier guess.
    String hint = NearestName.hint("--", typed, shown);
    return "Unknown option '--"
        + typed
        + "'"
        + (hint.isEmpty() ? NearestName.hint("--", typed, byName.keySet()) : hint)
        + see;
  }

  private static OptionDescription ofRun(
      String name, Class<?> type, String description, String example) {
    return new OptionDescription(
        name,
        type,
        false,
        description,
        name.equals(RUNNER) ? "direct" : "",
        false,
        example,
        "",
        RUNNING,
        Integer.MAX_VALUE,
        List.of(),
        FormField.plain(name));
  }
}
