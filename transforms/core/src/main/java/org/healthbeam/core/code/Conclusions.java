package org.healthbeam.core.code;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.annotation.Nullable;

/**
 * What was concluded for codes not long ago: in real data few codes are most of the codings. A
 * bounded table in which a code displaces another when it comes to its place twice in a row, so
 * that rare codes do not displace frequent ones; what decides is the code itself, character by
 * character. Safe for several threads without locks, since what it holds never changes.
 */
final class Conclusions {
  private static final int PLACES = 1 << 12;

  /** Longer conclusions are kept only as long as there is memory. */
  private static final int LONGEST = 16;

  private static final int LONG_PLACES = 1 << 6;

  private static final int LONGEST_CODE = 128;

  private record Kept(Translation translation, SeveralTargets policy) {}

  private final AtomicReferenceArray<Kept> kept = new AtomicReferenceArray<>(PLACES);

  /** So that all codings of a record share the answers of a code that has very many. */
  private final AtomicReferenceArray<SoftReference<Kept>> longOnes =
      new AtomicReferenceArray<>(LONG_PLACES);

  /**
   * The hashes of what is kept, and of what came last to each place. Threads may see old ones: they
   * only say whether it is worth looking.
   */
  private final int[] keptHashes = new int[PLACES];

  private final int[] lastHashes = new int[PLACES];

  /** {@return what is concluded for a coding; null if that is not known here} */
  @Nullable
  Translation get(String system, Coding source, SeveralTargets policy) {
    int hash = hash(system, source);
    int place = place(hash);
    if (keptHashes[place] != hash) {
      return null;
    }
    Kept known = kept.get(place);
    if (known == null) {
      SoftReference<Kept> longOne = longOnes.get(place & (LONG_PLACES - 1));
      known = longOne == null ? null : longOne.get();
    }
    if (known == null || known.policy() != policy) {
      return null;
    }
    Translation same = known.translation();
    if (!same.source().code().equals(source.code())
        || !same.system().equals(system)
        || !same.source().version().equals(source.version())) {
      return null;
    }
    return new Translation(
        source,
        system,
        same.outcome(),
        same.reason(),
        same.answers(),
        same.accepted(),
        same.maps());
  }

  /**
   * Keeps a conclusion that hangs on nothing but the system, its version, the code and policy, if
   * it is the second one in a row.
   */
  void keep(Translation conclusion, SeveralTargets policy) {
    Coding source = conclusion.source();
    int hash = hash(conclusion.system(), source);
    int place = place(hash);
    if (lastHashes[place] != hash) {
      lastHashes[place] = hash;
      return;
    }
    if (source.code().length() > LONGEST_CODE || source.version().length() > LONGEST_CODE) {
      return;
    }
    // Displays are of any length, and nobody compares them.
    Coding bare = new Coding(conclusion.system(), source.version(), source.code(), "");
    Kept known =
        new Kept(
            new Translation(
                bare,
                conclusion.system(),
                conclusion.outcome(),
                conclusion.reason(),
                conclusion.answers(),
                conclusion.accepted(),
                conclusion.maps()),
            policy);
    boolean isLong = conclusion.answers().size() > LONGEST;
    if (isLong) {
      longOnes.set(place & (LONG_PLACES - 1), new SoftReference<>(known));
    }
    kept.set(place, isLong ? null : known);
    keptHashes[place] = hash;
  }

  private static int hash(String system, Coding source) {
    return (source.code().hashCode() * 31 + system.hashCode()) * 31 + source.version().hashCode();
  }

  private static int place(int hash) {
    return (hash ^ (hash >>> 12) ^ (hash >>> 24)) & (PLACES - 1);
  }
}
