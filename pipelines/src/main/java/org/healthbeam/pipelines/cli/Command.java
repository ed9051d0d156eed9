package org.healthbeam.pipelines.cli;

import org.healthbeam.pipelines.run.Terminal;

/** A command of another module. Found by {@code ServiceLoader}. */
public interface Command {

  /** {@return what is typed} */
  String name();

  /**
   * Runs it.
   *
   * @param terminal takes what it says
   * @param args what was typed after its name
   * @return the exit status
   */
  int run(Terminal terminal, String... args);
}
