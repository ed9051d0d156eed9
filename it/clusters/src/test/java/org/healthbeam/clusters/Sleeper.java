package org.healthbeam.clusters;

/** A server of tests: ends with the status that it is given, or, without, not before it has to. */
public final class Sleeper {
  private Sleeper() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("Sleeper " + String.join(" ", args));
    if (args.length > 0 && args[0].matches("[0-9]+")) {
      System.exit(Integer.parseInt(args[0]));
    }
    Thread.sleep(Long.MAX_VALUE);
  }
}
