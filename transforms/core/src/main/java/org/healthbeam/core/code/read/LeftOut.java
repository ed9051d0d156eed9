package org.healthbeam.core.code.read;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.healthbeam.core.code.InvalidMapException;

/**
 * The files in FHIR packages that are left out, since they cannot be used: packages of guides hold
 * many maps, of which some break a rule. A file is left out as a whole, and only where somebody has
 * asked for it; otherwise the first one that cannot be used is refused with its package.
 */
public final class LeftOut {
  private final SortedMap<String, String> reasons = new TreeMap<>();
  private final boolean takesMore;

  private LeftOut(Map<String, String> reasons, boolean takesMore) {
    this.reasons.putAll(reasons);
    this.takesMore = takesMore;
  }

  /**
   * Leaves nothing out.
   *
   * @return files that have a rule to be read by: the first unusable one is refused
   */
  public static LeftOut nothing() {
    return new LeftOut(Map.of(), false);
  }

  /**
   * Leaves these out, and no others.
   *
   * @param reasons by {@code archive!name}
   * @return these files; another that is unusable is refused
   */
  public static LeftOut these(Map<String, String> reasons) {
    return new LeftOut(reasons, false);
  }

  /**
   * Leaves these out, and others that turn out to be unusable.
   *
   * @param reasons why, by {@code archive!name}; is not changed
   * @return these files, to which others are added while packages are read
   */
  public static LeftOut theseAndMore(Map<String, String> reasons) {
    return new LeftOut(reasons, true);
  }

  /** {@return why each is left out: a sentence that names the file, the place and the rule} */
  public SortedMap<String, String> reasons() {
    return Collections.unmodifiableSortedMap(reasons);
  }

  boolean has(String part) {
    return reasons.containsKey(part);
  }

  /** Takes one that cannot be used, or throws what is wrong with it. */
  void take(String part, InvalidMapException why) throws InvalidMapException {
    if (!takesMore) {
      throw why;
    }
    reasons.put(part, why.getMessage());
  }

  /**
   * Takes the file that turned out to be unusable when the maps were put together.
   *
   * @param files all files of maps
   * @param why what is wrong, with the name of the file
   * @throws InvalidMapException the same, if it is not of a file in a package
   */
  public void take(Collection<String> files, InvalidMapException why) throws InvalidMapException {
    for (String file : files) {
      String packed = file + "!" + FhirPackage.FOLDER;
      if (why.file().startsWith(packed)) {
        // An entry of a Bundle has another mark behind the name of its file.
        int end = why.file().indexOf('!', packed.length());
        String part = end < 0 ? why.file() : why.file().substring(0, end);
        if (!has(part)) {
          take(part, why);
          return;
        }
      }
    }
    throw why;
  }
}
