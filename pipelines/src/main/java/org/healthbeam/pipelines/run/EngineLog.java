package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
public final class EngineLog {
  private EngineLog() {}

  /** Keeps all logs off the terminal. */
  public static void quiet() {
    LogManager.getLogManager().reset();
    root().setLevel(Level.OFF);
  }

  /**
   * Keeps all logs from now on in this file; a second run of the same process adds to it.
   *
   * @param file on this machine's disk
   * @throws UsageException if there is no such name, or the file cannot be written
   */
  public static void into(String file) throws UsageException {
    if (file.isBlank()) {
      throw new UsageException("--log is empty; it names a file. For example: --log=run.log");
    }
    for (Handler handler : root().getHandlers()) {
      if (handler instanceof LogFile open && open.file.equals(file)) {
        return;
      }
    }
    try {
      if (Files.isDirectory(Path.of(file))) {
        throw new UsageException("--log=" + file + " is a folder; it names a file");
      }
      root().addHandler(new LogFile(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--log=" + file + " cannot be written: no such folder, or no permission", e);
    }
    root().setLevel(Level.INFO);
  }

  private static Logger root() {
    return Logger.getLogger("");
  }

  private static final class LogFile extends FileHandler {
    private final String file;

    LogFile(String file) throws IOException {
      // A percent sign begins a pattern there.
      super(file.replace("%", "%%"), false);
      this.file = file;
      setFormatter(new SimpleFormatter());
      setLevel(Level.INFO);
    }
  }
}
