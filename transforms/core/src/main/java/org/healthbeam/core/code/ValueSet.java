package org.healthbeam.core.code;

import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;

/**
 * A value set as its author wrote it, for the maps that name it.
 *
 * <p>Source: FHIR R4 and R5, ValueSet.compose and ValueSet.expansion.
 *
 * @param id canonical URL and version; {@code #id} of one that another resource contains
 * @param file where it was read
 * @param expansion its codes; null if it has no expansion, or one that is not whole
 * @param include parts whose codes are in it
 * @param exclude parts whose codes are not
 */
public record ValueSet(
    MapId id,
    String file,
    @Nullable List<Coding> expansion,
    List<Part> include,
    List<Part> exclude) {

  /**
   * Refuses what is null, but for the expansion, and takes copies of the lists.
   *
   * @param id canonical URL and version; {@code #id} of one that another resource contains
   * @param file where it was read
   * @param expansion its codes; null if it has no expansion, or one that is not whole
   * @param include parts whose codes are in it
   * @param exclude parts whose codes are not
   */
  public ValueSet {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(file, "file");
    expansion = expansion == null ? null : List.copyOf(expansion);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /**
   * Codes that fulfil all that is said here.
   *
   * @param system canonical; empty if only value sets are named
   * @param codes of the system; empty: all of them
   * @param filtered whether only some codes of the system are meant, by a rule about them
   * @param valueSets canonical URLs of value sets that all have the code
   */
  public record Part(String system, List<Coding> codes, boolean filtered, List<String> valueSets) {

    /**
     * Refuses a system that is null, and takes copies of the lists.
     *
     * @param system canonical; empty if only value sets are named
     * @param codes of the system; empty: all of them
     * @param filtered whether only some codes of the system are meant, by a rule about them
     * @param valueSets canonical URLs of value sets that all have the code
     */
    public Part {
      Objects.requireNonNull(system, "system");
      codes = List.copyOf(codes);
      valueSets = List.copyOf(valueSets);
    }
  }
}
