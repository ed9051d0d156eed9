package org.healthbeam.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.healthbeam.pipelines.run.ClusterRun;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;

/** The commands {@code healthbeam submit} and {@code healthbeam finish}. */
final class SubmitCommand {
  private static final String SUBMIT = "healthbeam submit";
  private static final String FINISH = "healthbeam finish";
  private static final String TO = "--to";
  private static final String FORGET = "--forget";

  private static final String SUBMIT_USAGE =
      """
      Usage: healthbeam submit PIPELINE --to=CLUSTER [OPTIONS]

      Checks everything, hands the pipeline to a cluster, says how to follow and to stop it, and ends.

        --to=flink://HOST:REST_PORT   a Flink session cluster
        --to=spark://HOST:PORT        a Spark standalone cluster
        --to=yarn                     Spark on the YARN that HADOOP_CONF_DIR tells of, from SPARK_HOME

      The options are those of healthbeam run PIPELINE:

      """;

  private static final String FINISH_USAGE =
      """
      Usage: healthbeam finish DIR [--forget]

      Writes run.json and report.html of a job on Flink that was submitted with --output=DIR and has
      ended. With --forget it only frees DIR of a job that the cluster knows no more.
      """;

  private SubmitCommand() {}

  static int submit(Terminal terminal, String... args) {
    if (args.length == 0 || HealthBeam.isHelp(args[0])) {
      (args.length == 0 ? terminal.err() : terminal.out())
          .print(SUBMIT_USAGE + HealthBeam.pipelines());
      return args.length == 0 ? PipelineRun.USAGE : PipelineRun.DONE;
    }
    Optional<HealthPipeline<?>> pipeline = HealthPipelines.byName(args[0]);
    if (pipeline.isEmpty()) {
      return refuse(terminal, SUBMIT, HealthBeam.unknownPipeline(args[0]));
    }
    String to = "";
    boolean help = false;
    List<String> rest = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      if (args[i].startsWith(TO + "=")) {
        to = args[i].substring(TO.length() + 1);
      } else if (args[i].equals(TO) && i + 1 < args.length) {
        to = args[++i];
      } else {
        rest.add(args[i]);
        help |= HealthBeam.isHelp(args[i]);
      }
    }
    if (help) {
      terminal.out().print(SUBMIT_USAGE);
    } else if (to.isBlank()) {
      return refuse(
          terminal,
          SUBMIT,
          "--to is missing; it names the cluster. For example: --to=flink://localhost:8081");
    }
    return ClusterRun.submit(
        pipeline.get(), SUBMIT + " " + args[0], terminal, to, rest.toArray(String[]::new));
  }

  static int finish(Terminal terminal, String... args) {
    List<String> folders = new ArrayList<>(List.of(args));
    if (folders.stream().anyMatch(HealthBeam::isHelp)) {
      terminal.out().print(FINISH_USAGE);
      return PipelineRun.DONE;
    }
    boolean forget = folders.remove(FORGET);
    if (folders.size() != 1 || folders.get(0).startsWith("-")) {
      return refuse(terminal, FINISH, "it takes the output folder of one job, and --forget");
    }
    return ClusterRun.finish(FINISH, terminal, folders.get(0), forget);
  }

  private static int refuse(Terminal terminal, String command, String sentence) {
    terminal.err().println(command + ": " + sentence);
    return PipelineRun.USAGE;
  }
}
