package org.healthbeam.pipelines.run;

import java.io.PrintStream;

/**
 * Where a run talks to its user.
 *
 * @param out results
 * @param err progress and failures
 * @param interactive whether a line of {@code err} can be updated in place
 * @param width columns
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, int width) {
  /** Set by the launcher script, which can see whether standard error is a terminal. */
  private static final String INTERACTIVE = "healthbeam.interactive";

  private static final String WIDTH = "healthbeam.width";
  private static final int USUAL_WIDTH = 100;

  /** {@return the terminal of this process} */
  public static Terminal ofProcess() {
    return new Terminal(
        System.out,
        System.err,
        Boolean.getBoolean(INTERACTIVE),
        Math.max(60, Integer.getInteger(WIDTH, USUAL_WIDTH)));
  }
}
