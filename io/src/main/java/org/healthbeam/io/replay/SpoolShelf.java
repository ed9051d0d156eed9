package org.healthbeam.io.replay;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The sorted copies that this JVM has on its disk, so that a reader that goes on from a checkpoint,
 * as the direct runner's do all the time, need not sort again. A copy that was read to its end is
 * removed; others that nobody reads are kept until there are more than {@value #KEPT} of them.
 */
final class SpoolShelf {
  private static final int KEPT = 4;
  private static final SpoolShelf OF_THIS_JVM = new SpoolShelf();

  private static final class Place {
    @Nullable private SortedSpool spool;
    private int readers;
  }

  /** The place last given back is the last. */
  private final Map<String, Place> places = new LinkedHashMap<>();

  private SpoolShelf() {}

  static SpoolShelf ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** {@return the sorted files of a source; must be given back} */
  SortedSpool borrow(ReplaySource source) throws IOException {
    Place place;
    synchronized (this) {
      place = places.computeIfAbsent(source.id(), id -> new Place());
      place.readers++;
    }
    try {
      // Others may borrow other copies while this one is made.
      synchronized (place) {
        if (place.spool == null) {
          place.spool = SortedSpool.build(source, SortedSpool.MEMORY);
        }
        return place.spool;
      }
    } catch (IOException | RuntimeException e) {
      giveBack(source, false);
      throw e;
    }
  }

  /**
   * Takes a copy back.
   *
   * @param ended whether it was read to its end
   */
  synchronized void giveBack(ReplaySource source, boolean ended) {
    Place place = places.remove(source.id());
    place.readers--;
    if (ended && place.readers == 0) {
      if (place.spool != null) {
        place.spool.delete();
      }
      return;
    }
    places.put(source.id(), place);
    long idle = places.values().stream().filter(p -> p.readers == 0).count();
    var each = places.values().iterator();
    while (idle > KEPT && each.hasNext()) {
      Place old = each.next();
      if (old.readers == 0) {
        each.remove();
        idle--;
        if (old.spool != null) {
          old.spool.delete();
        }
      }
    }
  }

  /** {@return whether there is a copy of these files, or one is being made} */
  synchronized boolean holds(ReplaySource source) {
    return places.containsKey(source.id());
  }
}
