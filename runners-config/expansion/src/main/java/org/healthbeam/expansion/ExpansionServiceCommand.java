package org.healthbeam.expansion;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.expansion.service.ExpansionServer;
import org.apache.beam.sdk.expansion.service.ExpansionService;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.healthbeam.pipelines.cli.Command;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;

/**
 * {@code healthbeam expansion-service}: serves the SchemaTransforms of HealthBeam until it is
 * stopped.
 */
@AutoService(Command.class)
public final class ExpansionServiceCommand implements Command {
  static final String NAME = "expansion-service";

  private static final String OURS = "healthbeam:";
  private static final int LARGEST_PORT = 65_535;
  private static final String PORT = "--port=";
  private static final String HOST = "--host=";

  private static final String USAGE =
      """
Usage: healthbeam expansion-service [--port=0] [--host=localhost] [BEAM OPTIONS]

  Serves HealthBeam's transforms to Beam YAML, Python, Go and every other language that asks an
  expansion service. Prints the address, serves until it is stopped by Ctrl-C. Whoever reaches
  the address can have transforms expanded with files that this process can read: leave it on
  localhost, or behind something that asks who it is.

  --port    0 takes a free one; default 0, from 0 to 65535
  --host    the address to listen on; default localhost

  What else is given are options of Beam's, such as --defaultEnvironmentType=PROCESS, which say
  where other languages' runners run the transforms.

""";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int run(Terminal terminal, String... args) {
    String host = "localhost";
    int port = 0;
    List<String> beam = new ArrayList<>();
    for (String argument : args) {
      if (argument.equals("--help") || argument.equals("-h")) {
        terminal.out().print(USAGE);
        terminal.out().print(served());
        return PipelineRun.DONE;
      } else if (argument.startsWith(HOST)) {
        host = argument.substring(HOST.length());
      } else if (argument.startsWith(PORT)) {
        port = port(argument.substring(PORT.length()));
        if (port < 0) {
          return refuse(terminal, argument + " is no port; it is a whole number from 0 to 65535");
        }
      } else {
        beam.add(argument);
      }
    }
    PipelineOptions options;
    try {
      options = PipelineOptionsFactory.fromArgs(beam.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      return refuse(terminal, e.getMessage());
    }
    try {
      ExpansionServer server = start(host, port, options);
      terminal.out().printf("Serving on %s:%d%n%n%s", host, server.getPort(), served());
      terminal.out().flush();
      // The server ends with the process.
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      terminal.err().println("healthbeam " + NAME + ": FAILED: " + e.getMessage());
      return PipelineRun.FAILED;
    }
    return PipelineRun.DONE;
  }

  /** Starts a server, which closing ends. */
  static ExpansionServer start(String host, int port, PipelineOptions options) throws IOException {
    return ExpansionServer.create(new ExpansionService(options), host, port);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > LARGEST_PORT ? -1 : port;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static int refuse(Terminal terminal, String sentence) {
    terminal.err().println("healthbeam " + NAME + ": " + sentence);
    return PipelineRun.USAGE;
  }

  /** Returns the transforms of HealthBeam that are on the class path. */
  static List<SchemaTransformProvider> providers() {
    return ServiceLoader.load(SchemaTransformProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.identifier().startsWith(OURS))
        .sorted(Comparator.comparing(SchemaTransformProvider::identifier))
        .toList();
  }

  private static String served() {
    StringBuilder text = new StringBuilder("Transforms:\n");
    for (SchemaTransformProvider provider : providers()) {
      text.append("  ").append(provider.identifier()).append('\n');
      text.append("      ").append(provider.description()).append('\n');
    }
    return text.toString();
  }
}
