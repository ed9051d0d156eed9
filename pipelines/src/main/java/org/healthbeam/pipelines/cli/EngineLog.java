package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What the runners and libraries log: nothing on the terminal, where the run itself speaks; all of
 * it in the file that {@code --log} names.
 */
final class EngineLog {
  private EngineLog() {}

  static void quiet() {
    LogManager.getLogManager().reset();
    root().setLevel(Level.OFF);
  }

  static void into(String file) throws IOException {
    Handler handler = new FileHandler(file, false);
    handler.setFormatter(new SimpleFormatter());
    handler.setLevel(Level.INFO);
    root().addHandler(handler);
    root().setLevel(Level.INFO);
  }

  private static Logger root() {
    return Logger.getLogger("");
  }
}
