package org.healthbeam.core.vital.artefact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.vital.VitalKind;

/** Of artefacts only what has changed is told again. */
class ToldArtefactsTest {
  private static List<VitalArtefact> artefacts(Random random) {
    List<VitalArtefact> artefacts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (random.nextBoolean()) {
        Instant time = Instant.ofEpochMilli(i / 2);
        double median = 90 + random.nextInt(2);
        artefacts.add(new VitalArtefact("a", VitalKind.SPO2, time, i, median, 3, 0, true));
      }
    }
    return artefacts;
  }

  private static String key(VitalArtefact a) {
    return a.time() + " " + a.value();
  }

  /**
   * Who keeps of each reading the greatest revision has what is known, and is told nothing twice.
   */
  @Property(tries = 300)
  void toldArtefactsComeToWhatIsKnown(@ForAll Random random) {
    ToldArtefacts told = new ToldArtefacts();
    Map<String, VitalArtefact> table = new TreeMap<>();
    int shown = -1;
    for (int pane = 0; pane < 6; pane++) {
      // Panes may come in another order; an older one says nothing new.
      int version = random.nextInt(8);
      List<VitalArtefact> artefacts = artefacts(random);
      List<VitalArtefact> changes = new ArrayList<>();
      told.tell("a", VitalKind.SPO2, version, artefacts, changes::add);
      if (version < shown) {
        assertEquals(List.of(), changes);
        continue;
      }
      shown = version;
      for (VitalArtefact change : changes) {
        VitalArtefact before = table.put(key(change), change);
        assertEquals(version, change.revision());
        if (before == null) {
          assertTrue(change.artefact());
        } else {
          assertNotEquals(
              before.artefact() + " " + before.median(), change.artefact() + " " + change.median());
        }
      }
      Map<String, Double> known = new TreeMap<>();
      artefacts.forEach(a -> known.put(key(a), a.median()));
      Map<String, Double> left = new TreeMap<>();
      table.values().stream()
          .filter(VitalArtefact::artefact)
          .forEach(a -> left.put(key(a), a.median()));
      assertEquals(known, left);
    }
  }
}
