package org.healthbeam.core.fuzz;

/** A fault that is found by following coverage, and not in a lifetime by guessing. */
public final class PlantedFault {
  private PlantedFault() {}

  /** Called by Jazzer with each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length == 4 && bytes[0] == 'c') {
      if (bytes[1] == 'o') {
        if (bytes[2] == 'd' && bytes[3] == 'e') {
          throw new IllegalStateException("the planted fault");
        }
      }
    }
  }
}
