package org.healthbeam.clusters.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.healthbeam.clusters.ClusterState;
import org.healthbeam.clusters.engine.Engine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts and stops clusters of this machine. */
@Command(
    name = "healthbeam cluster",
    description = {
      "Starts real servers on this machine, to try pipelines on: each a process of its own, reached from here only.",
      "Nothing has to be installed: their jars come from the package repository."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "up|down|status",
    subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class})
public final class ClusterCommand implements Runnable {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  @Spec private CommandSpec spec;

  private ClusterCommand() {}

  /** Exits with 0 done, 1 failed, 2 bad usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ClusterCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              boolean usage = failure instanceof IllegalArgumentException;
              if (!usage && !(failure instanceof IOException)) {
                throw failure;
              }
              command.getErr().println("healthbeam: " + failure.getMessage());
              command.getErr().flush();
              return usage ? BAD_USAGE : FAILED;
            });
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say up, down or status.");
  }

  /** Where the state of clusters is kept. */
  static final class State {
    @Option(
        names = "--state",
        paramLabel = "DIR",
        description =
            "Folder of state, data and logs; else $HEALTHBEAM_STATE, else healthbeam/clusters in the user's state folder.")
    private Path folder;

    Path of(Engine engine) {
      return folder().resolve(engine.word());
    }

    Path folder() {
      if (folder != null) {
        return folder.toAbsolutePath().normalize();
      }
      String own = System.getenv("HEALTHBEAM_STATE");
      if (own != null && !own.isBlank()) {
        return Path.of(own).toAbsolutePath().normalize();
      }
      String state = System.getenv("XDG_STATE_HOME");
      Path users =
          state != null && Path.of(state).isAbsolute()
              ? Path.of(state)
              : Path.of(System.getProperty("user.home"), ".local", "state");
      return users.resolve("healthbeam/clusters");
    }
  }

  /** Prints where a cluster is reached. */
  static void addresses(PrintWriter out, ClusterState state) {
    state.addresses().forEach((name, address) -> out.printf("  %-18s %s%n", name, address));
  }

  /** Returns the engines named, or all. */
  static List<Engine> orAll(List<Engine> named) {
    return named == null || named.isEmpty() ? List.of(Engine.values()) : named;
  }

  /** Returns the state of an engine's cluster, if one was started. */
  static Optional<ClusterState> read(State state, Engine engine) throws IOException {
    return ClusterState.in(state.of(engine));
  }
}
