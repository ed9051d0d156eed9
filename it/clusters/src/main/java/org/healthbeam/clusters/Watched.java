package org.healthbeam.clusters;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * What each server is started through: calls the main method of the class that its first argument
 * names, with the others. With {@value #WATCH} set it watches standard input, of which whoever
 * started it holds the other end: when that process is gone, in whatever way, the server and all
 * that it started end at once. Needs the Java platform only, so that it can stand on any engine's
 * class path.
 */
public final class Watched {
  /** The system property that says that the server ends with who started it. */
  static final String WATCH = "healthbeam.cluster.watch";

  private static final int ORPHANED = 75;

  private Watched() {}

  /** Runs the server. */
  public static void main(String[] args) throws Throwable {
    if (Boolean.getBoolean(WATCH)) {
      Thread thread = new Thread(Watched::awaitEndOfInput, "ends with who started it");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody says anything: only the end counts.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(ORPHANED);
  }
}
