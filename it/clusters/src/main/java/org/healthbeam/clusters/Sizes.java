package org.healthbeam.clusters;

/**
 * How large a cluster is.
 *
 * @param workers TaskManagers, workers, DataNodes or NodeManagers
 * @param slots of each worker: slots or cores
 * @param megabytes memory of each worker
 * @param port of what clients ask first; 0: a free one
 */
public record Sizes(int workers, int slots, int megabytes, int port) {
  private static final int LEAST_MEGABYTES = 512;

  public Sizes {
    check("--workers", workers, 1, 16);
    check("--slots", slots, 1, 64);
    check("--memory", megabytes, LEAST_MEGABYTES, 1 << 20);
    check("--port", port, 0, 65_535);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + "=" + value + " is not between " + least + " and " + most);
    }
  }
}
