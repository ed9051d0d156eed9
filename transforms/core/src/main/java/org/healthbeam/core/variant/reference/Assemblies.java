package org.healthbeam.core.variant.reference;

import java.util.Set;
import java.util.TreeSet;

/** Which assemblies the names of an input's sequences are of, as far as they say. */
public final class Assemblies {
  private final String input;
  private final Set<String> seen = new TreeSet<>();
  private final Set<String> mitochondria = new TreeSet<>();

  /**
   * Begins without any.
   *
   * @param input what it is called in messages
   */
  public Assemblies(String input) {
    this.input = input;
  }

  /**
   * Takes the name of a sequence.
   *
   * @param contig as the input has it; one that says no assembly is taken too
   */
  public void add(String contig) {
    String assembly = ContigNames.assembly(contig);
    if (assembly != null) {
      seen.add(assembly);
    }
    if (ContigNames.builtIn().key(contig).equals(ContigNames.MITOCHONDRION)) {
      mitochondria.add(contig);
    }
  }

  /**
   * Fails if these call the mitochondrion by another name than this one, under which a header has
   * the older sequence: then nothing says that it is the older one here too.
   *
   * @param contig the name in the header
   * @param other what the input with this name is called in messages
   * @throws DifferentAssembliesException if so
   */
  public void checkOldMitochondrion(String contig, String other) {
    for (String name : mitochondria) {
      if (!name.equals(contig)) {
        throw DifferentAssembliesException.ofMitochondrion(input, name, other, contig);
      }
    }
  }

  /**
   * Fails if a name is of another assembly than these.
   *
   * @param contig as the other input has it; one that says no assembly is of any
   * @param other what the input with this name is called in messages
   * @throws DifferentAssembliesException if so
   */
  public void check(String contig, String other) {
    String assembly = ContigNames.assembly(contig);
    if (assembly != null && !seen.isEmpty() && !seen.contains(assembly)) {
      throw new DifferentAssembliesException(input, seen.iterator().next(), other, assembly);
    }
  }
}
