package org.healthbeam.core.code;

import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * What codes of a system are looked up in, by any name of the system. Data names few systems in few
 * ways, again and again, and a name is long: those that came lately are kept in a bounded table, so
 * that neither rules nor hashes of whole names have to be gone through for each coding. What
 * decides is the name itself. Safe for several threads without locks, since what it holds never
 * changes.
 */
final class AskedSystems {
  private static final int PLACES = 1 << 8;

  /** Longer names are not kept, so that the memory is bounded. */
  private static final int LONGEST = 256;

  /** How many characters at the end of a name tell its place: most differ there. */
  private static final int TAIL = 4;

  /**
   * A name, and what it leads to.
   *
   * @param canonical the system's canonical name
   * @param sections that are asked about its codes; null if none is
   */
  record Asked(String name, String canonical, @Nullable List<CompiledSection> sections) {}

  private final Map<String, List<CompiledSection>> bySystem;

  /** Threads may see old ones or none; each is whole, since its fields are final. */
  private final Asked[] lately = new Asked[PLACES];

  AskedSystems(Map<String, List<CompiledSection>> bySystem) {
    this.bySystem = bySystem;
  }

  /** {@return what a name leads to} */
  Asked byName(String name) {
    int place = place(name);
    Asked known = lately[place];
    if (known != null && known.name().equals(name)) {
      return known;
    }
    String canonical = CodeSystems.canonical(name);
    Asked asked = new Asked(name, canonical, bySystem.get(canonical));
    if (name.length() <= LONGEST) {
      lately[place] = asked;
    }
    return asked;
  }

  private static int place(String name) {
    int hash = name.length();
    for (int i = Math.max(0, hash - TAIL); i < name.length(); i++) {
      hash = hash * 31 + name.charAt(i);
    }
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (PLACES - 1);
  }
}
