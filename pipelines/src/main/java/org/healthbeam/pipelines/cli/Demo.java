package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.healthbeam.pipelines.report.Report;
import org.healthbeam.pipelines.run.EngineLog;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.pipelines.run.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs every pipeline on the sample data, then makes one report of them all. */
@Command(
    name = "healthbeam demo",
    description = "Runs every pipeline on sample data, then makes one report.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class Demo {
  /** The source tree, set by the launcher script. */
  private static final String ROOT = "healthbeam.root";

  /** The class path of the maker of samples, set by the launcher script where it is needed. */
  private static final String MAKER = "healthbeam.samples.classpath";

  private static final String MAKER_MAIN = "org.healthbeam.samples.MakeSamples";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "healthbeam-demo",
      description = "Folder that takes the results. Default: ${DEFAULT-VALUE}")
  private Path output;

  @Option(
      names = "--patients",
      paramLabel = "N",
      description = "Make this many patients with Synthea instead of taking those that are here.")
  private Integer patients;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description = "What runs the pipelines: direct (default), flink or spark.")
  private String runner;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Settings of the runner: direct, flink or spark, or a .properties file.")
  private String profile;

  @Option(names = "--log", paramLabel = "FILE", description = "Takes what the runner logs.")
  private String log;

  @Option(names = "--stacktrace", description = "Show where a failure happened.")
  private boolean stacktrace;

  @Mixin HelpOption help;

  private final Terminal terminal;

  private Demo(Terminal terminal) {
    this.terminal = terminal;
  }

  static int run(Terminal terminal, String... args) {
    Demo demo = new Demo(terminal);
    return CommandArguments.run(terminal, demo, demo::guarded, args);
  }

  private int guarded() {
    try {
      return execute();
    } catch (IOException e) {
      terminal.err().println("healthbeam demo: FAILED: " + e.getMessage());
      return PipelineRun.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PipelineRun.FAILED;
    }
  }

  private int execute() throws IOException, InterruptedException {
    if (log != null) {
      try {
        EngineLog.into(log);
      } catch (UsageException e) {
        return refuse(e.getMessage());
      }
    }
    Path samples = Path.of(System.getProperty(ROOT, "."), "samples", "data");
    if (!Files.isDirectory(samples)) {
      return refuse("there is no sample data in " + samples);
    }
    if (patients != null && patients < 1) {
      return refuse("--patients=" + patients + " is not a number from 1");
    }
    String fhir = samples.resolve("fhir") + "/*.ndjson.gz";
    if (patients != null) {
      int status = makePatients(output.resolve("patients"));
      if (status != 0) {
        return PipelineRun.FAILED;
      }
      fhir = output.resolve("patients") + "/*.ndjson*";
    }
    List<Path> done = new ArrayList<>();
    int worst = PipelineRun.DONE;
    for (Step step : steps(samples, fhir)) {
      Optional<HealthPipeline<?>> pipeline = HealthPipelines.byName(step.pipeline());
      if (pipeline.isEmpty()) {
        terminal.err().println("healthbeam demo: there is no pipeline " + step.pipeline());
        worst = PipelineRun.FAILED;
        continue;
      }
      Path folder = output.resolve(step.pipeline());
      int status =
          PipelineRun.runWithoutReport(
              pipeline.get(), "healthbeam demo, " + step.pipeline(), terminal, args(step, folder));
      if (status == PipelineRun.USAGE) {
        // What this one cannot do, such as write there, the next one cannot either.
        return status;
      }
      terminal.out().println();
      if (status == PipelineRun.DONE) {
        done.add(folder);
      } else {
        worst = Math.max(worst, PipelineRun.FAILED);
      }
    }
    if (!done.isEmpty()) {
      Path report = output.resolve(PipelineRun.REPORT);
      Report.write(done, report);
      terminal.out().println("Report of all: " + report.toAbsolutePath().normalize());
    }
    return worst;
  }

  /** A pipeline and what it is to read. */
  private record Step(String pipeline, List<String> args) {}

  private static List<Step> steps(Path samples, String fhir) {
    Path vitals = samples.resolve("vitals");
    Path variants = samples.resolve("variants");
    return List.of(
        new Step("map-codes", List.of("--input=" + fhir, "--maps=" + samples.resolve("maps"))),
        new Step(
            "monitor-vitals",
            List.of(
                "--input=" + vitals.resolve("ward.csv*"),
                "--columns=received=received",
                "--spo2Scale2=" + vitals.resolve("spo2-scale-2.txt"))),
        new Step(
            "summarize-variants",
            List.of(
                "--input=" + variants.resolve("cohort.vcf.gz"),
                "--regions=" + variants.resolve("genes.bed"),
                "--populations=" + variants.resolve("populations.tsv"))));
  }

  private String[] args(Step step, Path folder) {
    List<String> args = new ArrayList<>(step.args());
    args.add("--output=" + folder);
    if (runner != null) {
      args.add("--runner=" + runner);
    }
    if (profile != null) {
      args.add("--profile=" + profile);
    }
    if (log != null) {
      args.add("--log=" + log);
    }
    if (stacktrace) {
      args.add("--stacktrace");
    }
    return args.toArray(String[]::new);
  }

  private int makePatients(Path folder) throws IOException, InterruptedException {
    String classPath = System.getProperty(MAKER, "");
    if (classPath.isEmpty()) {
      terminal.err().println("healthbeam demo: --patients needs the launcher script ./healthbeam");
      return PipelineRun.FAILED;
    }
    terminal.err().println("Making " + patients + " patients with Synthea in " + folder);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            MAKER_MAIN,
            "patients",
            "--count=" + patients,
            "--output=" + folder)
        .inheritIO()
        .start()
        .waitFor();
  }

  private int refuse(String sentence) {
    terminal.err().println("healthbeam demo: " + sentence);
    return PipelineRun.USAGE;
  }
}
