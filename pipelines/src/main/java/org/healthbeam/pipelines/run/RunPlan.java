package org.healthbeam.pipelines.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.StreamingOptions;
import org.healthbeam.config.ConfigException;
import org.healthbeam.config.Origin;
import org.healthbeam.config.Profile;
import org.healthbeam.config.Setting;
import org.healthbeam.config.Settings;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.pipelines.option.FileOptions;
import org.healthbeam.pipelines.option.OptionCatalog;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.option.OptionRules;
import org.healthbeam.pipelines.option.PipelineArguments;
import org.healthbeam.templates.annotations.Mode;

/**
 * What is to be run, with which values: the command line, the environment and the profiles merged.
 *
 * @param <O> the pipeline's options
 */
final class RunPlan<O extends HealthOptions> {
  /** Options that this class takes for itself; Beam does not see them. */
  private static final Set<String> OURS =
      Set.of(
          PipelineArguments.RUNNER,
          PipelineArguments.PROFILE,
          PipelineArguments.EXPLAIN,
          PipelineArguments.DRY_RUN,
          PipelineArguments.GRAPH,
          PipelineArguments.STACKTRACE,
          PipelineArguments.LOG);

  /** Variables that others read: the launcher script, and the command for clusters. */
  private static final Set<String> NO_OPTIONS = Set.of("javaOpts", "state");

  private static final String KAFKA = "kafka://";
  private static final String STREAMING = "streaming";
  private static final Pattern TOPIC = Pattern.compile("kafka://[a-zA-Z0-9._-]{1,249}");
  private static final String HIDDEN = "(hidden)";

  private final HealthPipeline<O> pipeline;
  private final PipelineArguments arguments;
  private final Settings settings;
  private final RunnerAdapter runner;
  private final GivenValues given;

  private RunPlan(
      HealthPipeline<O> pipeline,
      PipelineArguments arguments,
      Settings settings,
      RunnerAdapter runner,
      GivenValues given) {
    this.pipeline = pipeline;
    this.arguments = arguments;
    this.settings = settings;
    this.runner = runner;
    this.given = given;
  }

  /** Merges the layers. Nothing is read or built yet. */
  static <O extends HealthOptions> RunPlan<O> resolve(
      HealthPipeline<O> pipeline,
      PipelineArguments arguments,
      GivenValues given,
      Map<String, String> environment)
      throws ConfigException, UsageException {
    Collection<String> known = arguments.options().keySet();
    Set<String> elsewhere = new TreeSet<>(NO_OPTIONS);
    for (HealthPipeline<?> other : HealthPipelines.all()) {
      OptionCatalog.of(other.optionsClass()).forEach(o -> elsewhere.add(o.name()));
    }
    Settings settings =
        new Settings(known, elsewhere)
            .addBuiltIn(OptionCatalog.defaults(arguments.ownOptions()))
            .addEnvironment(environment)
            .addParameters(given.file(), given.parameters())
            .addCommandLine(given.typed())
            .addFixed(given.template(), given.fixed());
    Optional<Setting> profile = settings.get(PipelineArguments.PROFILE);
    Profile file =
        profile.isPresent() && Profile.isFile(profile.get().value())
            ? Profile.ofFile(Path.of(profile.get().value()))
            : null;
    String runner = runner(settings, profile, file);
    Profile ofRunner = Profile.ofRunner(runner, isStreaming(pipeline, settings));
    // A runner that is not here has options that nobody knows: say the cause, not the symptom.
    RunnerAdapter adapter = Runners.byName(runner);
    settings.addProfile(ofRunner);
    if (file != null) {
      settings.addProfile(file);
    }
    RunPlan<O> plan = new RunPlan<>(pipeline, arguments, settings, adapter, given);
    for (String name : OURS) {
      Optional<Setting> setting = settings.get(name);
      if (setting.isPresent()) {
        plan.checked(setting.get());
      }
    }
    return plan;
  }

  private static String runner(
      Settings settings, Optional<Setting> profile, @javax.annotation.Nullable Profile file)
      throws UsageException {
    String ofProfile =
        file != null ? file.runner() : profile.map(p -> plainName(p.value())).orElse("");
    String named = settings.get(PipelineArguments.RUNNER).map(r -> plainName(r.value())).orElse("");
    if (!named.isEmpty() && !ofProfile.isEmpty() && !named.equals(ofProfile)) {
      throw new UsageException(
          "--runner=%s and --profile=%s are for different runners; one of them is enough"
              .formatted(named, profile.get().value()));
    }
    return !named.isEmpty() ? named : !ofProfile.isEmpty() ? ofProfile : Runners.usual();
  }

  /** Beam calls them FlinkRunner and so on; a profile may be named in full, flink-batch. */
  private static String plainName(String typed) {
    return typed
        .toLowerCase(Locale.ROOT)
        .replaceFirst("runner$", "")
        .replaceFirst("-(batch|streaming)$", "");
  }

  private static boolean isStreaming(HealthPipeline<?> pipeline, Settings settings) {
    boolean said =
        OptionCatalog.of(pipeline.optionsClass()).stream()
                .anyMatch(option -> option.name().equals(STREAMING))
            && settings.get(STREAMING).filter(s -> s.value().equals("true")).isPresent();
    if (!StreamOptions.class.isAssignableFrom(pipeline.optionsClass())) {
      return said;
    }
    return said
        || hasTopic(settings)
        || settings
            .get("replaySpeed")
            .filter(s -> s.origin() != Origin.BUILT_IN && !s.value().isEmpty())
            .isPresent();
  }

  private static boolean hasTopic(Settings settings) {
    return settings.get("input").stream()
        .flatMap(s -> List.of(s.value().split(",")).stream())
        .anyMatch(i -> i.startsWith(KAFKA));
  }

  /** Says whether the run reads a stream, which may end or not. */
  boolean isStreaming() {
    return isStreaming(pipeline, settings);
  }

  HealthPipeline<O> pipeline() {
    return pipeline;
  }

  /** Returns the pipeline's name as typed. */
  String name() {
    return HealthPipelines.name(pipeline);
  }

  RunnerAdapter runner() {
    return runner;
  }

  boolean isSet(String name) {
    return settings.get(name).map(s -> s.value().equals("true")).orElse(false);
  }

  Optional<String> value(String name) {
    return settings.get(name).map(Setting::value);
  }

  /** Returns Beam's options, checked, with the inputs found. */
  O options() throws ConfigException, UsageException, IOException {
    requireNoProblems();
    List<String> args = new ArrayList<>();
    for (Setting setting : settings.all()) {
      if (setting.origin() != Origin.BUILT_IN && !OURS.contains(setting.name())) {
        args.add("--" + setting.name() + "=" + placed(setting.name(), checked(setting)));
      }
    }
    O options;
    try {
      options =
          PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(pipeline.optionsClass());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(FailureMessage.root(e).getMessage(), e);
    }
    if (settings.get("jobName").isEmpty()) {
      options.setJobName(name());
    }
    runner.configure(options);
    runner.check(options);
    if (!runner.seesDisk(options)) {
      requireNoFilesOnDisk();
    }
    if (isStreaming()) {
      options.as(StreamingOptions.class).setStreaming(true);
      runner.configureStream(options, !isEndless(options));
    }
    HadoopFiles.register(options);
    checkCommon(options);
    options.setInput(
        pipeline.awaitsFiles(options)
            ? InputFiles.comingPatterns(options.getInput())
            : found(options.getInput()));
    pipeline.check(options);
    return options;
  }

  /** Says whether the work is done by other processes than this one. */
  boolean isOnCluster() {
    Optional<Setting> master = settings.get(runner.clusterOption());
    return master.isPresent() && runner.isCluster(master.get().value());
  }

  /** Takes the output folder for this run. */
  void take(OutputFolder output, O options) throws UsageException, IOException {
    if (runner.goesOn(options)) {
      output.goOn(options.getInput());
    } else {
      output.begin(options.getInput());
    }
  }

  /** The processes of a cluster have working folders of their own. */
  private String placed(String name, String value) {
    return isOnCluster() ? FileOptions.absolute(name, value) : value;
  }

  /**
   * Returns all values that are not built in, by name, as another process may be given them: with
   * the runner, without what is of this process only.
   *
   * @throws UsageException if one of them is a secret
   */
  Map<String, String> portableValues() throws UsageException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting setting : settings.all()) {
      if (setting.origin() == Origin.BUILT_IN || OURS.contains(setting.name())) {
        continue;
      }
      if (OptionDescription.isSecret(setting.name())) {
        throw new UsageException(
            "--%s is a secret, and a cluster shows the options of its jobs; secrets come from files"
                .formatted(setting.name()));
      }
      values.put(setting.name(), placed(setting.name(), setting.value()));
    }
    values.put(PipelineArguments.RUNNER, runner.name());
    return values;
  }

  /** Says whether the input never ends. */
  boolean isEndless(O options) {
    return isStreaming() && (hasTopic(settings) || !pipeline.ends(options));
  }

  /** Says all that is wrong with the values at once. */
  private void requireNoProblems() throws UsageException {
    List<String> sentences = new ArrayList<>(given.problems());
    for (OptionRules.Problem problem : OptionRules.problems(arguments.ownOptions(), settings)) {
      sentences.add(given.isTemplate() ? problem.labelled() : problem.sentence());
    }
    if (isSet(STREAMING) && !isStreaming()) {
      sentences.add(
          "--streaming: %s reads what is there and ends; it has no streams".formatted(name()));
    }
    sentences.addAll(
        runner.missing(name -> settings.get(name).filter(s -> !s.value().isBlank()).isPresent()));
    if (sentences.isEmpty()
        && given.mode() != Mode.BY_INPUT
        && (given.mode() == Mode.STREAMING) != isStreaming()) {
      sentences.add(
          given.mode() == Mode.BATCH
              ? "The template %s reads files, no topics".formatted(given.template())
              : "The template %s reads a stream, no files".formatted(given.template()));
    }
    requireNone(sentences);
  }

  private static void requireNone(List<String> sentences) throws UsageException {
    if (!sentences.isEmpty()) {
      throw new UsageException(String.join(System.lineSeparator() + "  ", sentences));
    }
  }

  private void requireNoFilesOnDisk() throws UsageException {
    List<String> sentences = new ArrayList<>();
    for (Setting setting : settings.all()) {
      for (String file : FileOptions.onDisk(setting.name(), setting.value())) {
        sentences.add(
            "--%s=%s lies on this machine's disk, which the workers of %s do not see%s"
                .formatted(setting.name(), file, runner.name(), OptionRules.place(setting)));
      }
    }
    requireNone(sentences);
  }

  private String checked(Setting setting) throws ConfigException {
    try {
      return arguments.options().get(setting.name()).checked(setting.value());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage() + OptionRules.place(setting), e);
    }
  }

  private void checkCommon(O options) throws UsageException {
    for (String input : options.getInput()) {
      if (input.startsWith(KAFKA)) {
        checkTopic(input, options);
        continue;
      }
      Location.requireFileSystem("input", input);
    }
    Location.requireFileSystem("output", options.getOutput());
    Location.requirePlain("output", options.getOutput());
    if (options.getPseudonymKeyFile() != null) {
      Location.requireFileSystem("pseudonymKeyFile", options.getPseudonymKeyFile());
    }
    double fraction = options.getMaxRejectedFraction();
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new UsageException(
          "--maxRejectedFraction=%s is not a fraction from 0 to 1".formatted(fraction));
    }
  }

  private void checkTopic(String input, O options) throws UsageException {
    if (!(options instanceof StreamOptions stream)) {
      throw new UsageException("--input=%s: %s reads files, no topics".formatted(input, name()));
    }
    if (!TOPIC.matcher(input).matches()) {
      throw new UsageException(
          "--input=%s: a topic is kafka://NAME, its name of letters, digits and . _ -"
              .formatted(input));
    }
    if (stream.getBootstrapServers() == null || stream.getBootstrapServers().isBlank()) {
      throw new UsageException(
          "--bootstrapServers is missing, and --input=%s needs it. For example:".formatted(input)
              + " --bootstrapServers=localhost:9092");
    }
    if (options.getInput().stream().anyMatch(i -> !i.startsWith(KAFKA))) {
      throw new UsageException("--input has topics and files; read them in two runs");
    }
  }

  private static List<String> found(List<String> inputs) throws UsageException, IOException {
    List<String> found = new ArrayList<>();
    for (String input : inputs) {
      if (input.startsWith(KAFKA)) {
        found.add(input);
        continue;
      }
      try {
        found.addAll(InputFiles.patterns(List.of(input)));
      } catch (FileNotFoundException e) {
        throw new UsageException("--input=" + input + ": " + missing(input), e);
      }
    }
    return found;
  }

  private static String missing(String input) {
    if (input.matches(".*[*?\\[{].*")) {
      return "no file matches";
    }
    if (!input.contains("://") && java.nio.file.Files.isDirectory(Path.of(input))) {
      return "there is no file in this folder";
    }
    return "no such file or folder";
  }

  /** Returns the values for {@code run.json}: all that are not at their defaults, no secrets. */
  Map<String, String> shownValues() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting setting : settings.all()) {
      values.put(
          setting.name(), OptionDescription.isSecret(setting.name()) ? HIDDEN : setting.value());
    }
    values.keySet().removeAll(OURS);
    return values;
  }

  /** Returns a line for each value, with where it is from. */
  String explanation() {
    List<Setting> all = new ArrayList<>(settings.all());
    if (settings.get(PipelineArguments.RUNNER).isEmpty()) {
      all.add(new Setting(PipelineArguments.RUNNER, runner.name(), Origin.BUILT_IN, ""));
    }
    all.removeIf(s -> s.name().equals(PipelineArguments.EXPLAIN));
    Set<String> set = new TreeSet<>();
    all.forEach(s -> set.add(s.name()));
    for (OptionDescription option : arguments.ownOptions()) {
      if (set.add(option.name())) {
        all.add(
            new Setting(option.name(), "", Origin.BUILT_IN, option.required() ? "(missing)" : ""));
      }
    }
    all.sort(java.util.Comparator.comparing(Setting::name));
    int name = all.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    int value = Math.min(50, all.stream().mapToInt(s -> s.value().length()).max().orElse(0));
    StringBuilder text = new StringBuilder();
    for (Setting s : all) {
      String shown = OptionDescription.isSecret(s.name()) ? HIDDEN : s.value();
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + name + "s  %-" + Math.max(1, value) + "s  %s%n",
              s.name(),
              shown,
              s.from()));
    }
    long left = arguments.options().keySet().stream().filter(o -> !set.contains(o)).count();
    return text.append(
            String.format(
                Locale.ROOT,
                "%d more options of Beam and the runner are at their own defaults.%n",
                left))
        .toString();
  }
}
