package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.util.Set;

/** Says what is written when somebody stops a run with control-C; the JVM then ends with 130. */
final class Interruption {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  static Interruption watch(
      Terminal terminal, String pipeline, OutputFolder output, boolean streaming) {
    Thread hook =
        new Thread(
            () -> {
              terminal.err().println();
              terminal
                  .err()
                  .println(
                      pipeline
                          + (streaming ? ": stopped; " : ": interrupted; ")
                          + written(output, streaming));
              terminal.err().flush();
            },
            "healthbeam-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  private static String written(OutputFolder output, boolean streaming) {
    try {
      Set<String> files = output.written().keySet();
      return files.isEmpty()
          ? "nothing is written"
          : (streaming ? "each part is whole in " : "incomplete in ")
              + output
              + ": "
              + String.join(", ", files)
              + " (the next run replaces it)";
    } catch (IOException e) {
      return "what is in " + output + " is incomplete";
    }
  }

  /** The run has ended; nobody can interrupt it any more. */
  void stop() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already going down; the hook has its say.
      return;
    }
  }
}
