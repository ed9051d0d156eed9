package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;

/** Which targets are added to a CodeableConcept, whatever form it has. */
public final class ConceptTargets {
  private ConceptTargets() {}

  /**
   * {@return the targets that the policy takes and that are not there yet, in the order of the
   * source codings, each once} A coding is there if its system, by whatever name, and its code are;
   * displays and versions do not matter.
   *
   * @param present all codings of the concept
   * @param translations of those of them that were translated
   */
  public static List<Coding> missing(List<Coding> present, List<Translation> translations) {
    int taken = 0;
    for (Translation translation : translations) {
      taken += translation.accepted();
    }
    if (taken == 0) {
      return List.of();
    }
    Known known = present.size() + taken <= Few.MOST ? new Few() : new Many();
    for (Coding each : present) {
      known.add(each);
    }
    List<Coding> missing = new ArrayList<>(2);
    for (Translation translation : translations) {
      for (int i = 0; i < translation.accepted(); i++) {
        Coding target = translation.answers().get(i).target();
        if (known.add(target)) {
          missing.add(target);
        }
      }
    }
    return missing;
  }

  /** Codings by system and code. */
  private interface Known {
    /** {@return whether it was not there} */
    boolean add(Coding coding);
  }

  /** A walk through a short list is faster than a set: most codes are different ones. */
  private static final class Few implements Known {
    static final int MOST = 12;

    private final List<Coding> codings = new ArrayList<>(4);

    @Override
    public boolean add(Coding coding) {
      for (int i = 0; i < codings.size(); i++) {
        if (isSame(codings.get(i), coding)) {
          return false;
        }
      }
      return codings.add(coding);
    }

    private static boolean isSame(Coding a, Coding b) {
      return a.code().equals(b.code())
          && CodeSystems.canonical(a.system()).equals(CodeSystems.canonical(b.system()));
    }
  }

  private static final class Many implements Known {
    private record Key(String system, String code) {}

    private final Set<Key> keys = new HashSet<>();

    @Override
    public boolean add(Coding coding) {
      return keys.add(new Key(CodeSystems.canonical(coding.system()), coding.code()));
    }
  }
}
