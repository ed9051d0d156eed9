package org.healthbeam.clusters;

import java.io.IOException;

/** Asks servers whether they are up. */
@FunctionalInterface
public interface Ready {
  /**
   * Returns what is still missing, in a few words; empty when nothing is.
   *
   * @throws IOException if nobody answers yet
   */
  String missing() throws IOException, InterruptedException;
}
