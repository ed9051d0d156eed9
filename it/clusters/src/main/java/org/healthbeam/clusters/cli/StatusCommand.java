package org.healthbeam.clusters.cli;

import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code status}. */
@Command(
    name = "status",
    description = "Says what is up, where, and which of its processes are gone.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class StatusCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ENGINE",
      arity = "0..*",
      description = "Which of ${COMPLETION-CANDIDATES}; all unless said.")
  private List<Engine> engines;

  @Mixin private ClusterCommand.State state;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Engine engine : ClusterCommand.orAll(engines)) {
      Optional<ClusterState> there = ClusterCommand.read(state, engine);
      if (there.isEmpty() || there.get().alive().isEmpty()) {
        out.println(engine.word() + ": down");
        continue;
      }
      ClusterState now = there.get();
      int alive = now.alive().size();
      out.printf(
          "%s: %s%n",
          engine.word(),
          !now.up()
              ? "not (yet) up"
              : alive == now.servers().size()
                  ? "up"
                  : "%d of %d processes are gone"
                      .formatted(now.servers().size() - alive, now.servers().size()));
      ClusterCommand.addresses(out, now);
      for (ClusterState.Member server : now.servers()) {
        out.printf(
            "  %-18s %s, process %d since %s, log %s%n",
            server.name(),
            server.process().isPresent() ? "running" : "GONE",
            server.pid(),
            server.since(),
            server.log());
      }
    }
    out.flush();
    return 0;
  }
}
