package org.healthbeam.bench.vital;

import java.nio.file.Path;
import java.util.List;
import org.healthbeam.core.vital.VitalSummary;

/** Runs either side in this JVM and compares what they told. */
final class BothSides {
  private static final int SLOTS = 2;

  /** One after the other: tasks mostly go on with state that is being written at the same time. */
  private static final long CHECKPOINT_MS = 20;

  private BothSides() {}

  static Tally run(String side, Form form, Arrivals arrivals, Path checkpoints) throws Exception {
    Environment environment =
        new Environment("filesystem", SLOTS, CHECKPOINT_MS, checkpoints, Environment.profile());
    return new VitalRun(environment, side, form, Load.EVEN).run(arrivals, true);
  }

  /** Compares the final rows record by record, and how many readings were late. */
  static void checkSame(Tally a, Tally b) {
    List<VitalSummary> ofA = a.finals();
    List<VitalSummary> ofB = b.finals();
    if (ofA.size() != ofB.size() || a.late() != b.late()) {
      throw new IllegalStateException(
          "%d final rows and %d late readings are not %d and %d"
              .formatted(ofA.size(), a.late(), ofB.size(), b.late()));
    }
    for (int i = 0; i < ofA.size(); i++) {
      if (!ofA.get(i).equals(ofB.get(i))) {
        throw new IllegalStateException("Row " + i + " differs: " + ofA.get(i) + ", " + ofB.get(i));
      }
    }
  }
}
