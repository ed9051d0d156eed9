package org.healthbeam.clusters.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.healthbeam.clusters.ClusterState;
import org.healthbeam.clusters.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code down}. */
@Command(
    name = "down",
    description =
        "Stops what up started, and nothing else: processes are known by number and start. Logs stay.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class DownCommand implements Callable<Integer> {
  private static final Duration UNTIL_FORCED = Duration.ofSeconds(15);

  @Parameters(
      paramLabel = "ENGINE",
      arity = "0..*",
      description = "Which of ${COMPLETION-CANDIDATES}; all unless said.")
  private List<Engine> engines;

  @Mixin private ClusterCommand.State state;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    int stopped = 0;
    for (Engine engine : ClusterCommand.orAll(engines)) {
      Optional<ClusterState> there = ClusterCommand.read(state, engine);
      if (there.isEmpty() || there.get().alive().isEmpty()) {
        continue;
      }
      int n = there.get().alive().size();
      List<String> forced = there.get().stop(UNTIL_FORCED);
      stopped += n;
      out.printf("%s is down: %d processes stopped%n", engine.word(), n);
      if (!forced.isEmpty()) {
        out.printf("  %s did not end when asked and were killed%n", String.join(", ", forced));
      }
    }
    if (stopped == 0) {
      out.println("Nothing was up.");
    }
    out.flush();
    return 0;
  }
}
