package org.healthbeam.core.variant.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * Which names mean the same sequence: {@code 1}, {@code chr1} and {@code NC_000001.11}.
 *
 * <p>The human chromosomes are built in (the resource {@code human-sequences.tsv}, from NCBI's
 * assembly reports of GRCh37.p13 and GRCh38.p14). An accession also says of which assembly the
 * sequence is, {@code chr1} does not. A name that is nowhere listed means itself only.
 */
public final class ContigNames implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The key of the mitochondrion, NC_012920.1. */
  static final String MITOCHONDRION = "MT";

  private static final String GRCH37 = "GRCh37";
  private static final String GRCH38 = "GRCh38";
  private static final Map<String, String> KEYS = new HashMap<>();
  private static final Map<String, String> ASSEMBLIES = new HashMap<>();
  private static final ContigNames BUILT_IN = new ContigNames(new TreeMap<>());

  static {
    readBuiltIn();
  }

  private final Map<String, String> more;

  private ContigNames(Map<String, String> more) {
    this.more = more;
  }

  private static void readBuiltIn() {
    try (InputStream in = ContigNames.class.getResourceAsStream("human-sequences.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("name\t"))
          .map(line -> line.split("\t", -1))
          .forEach(
              row -> {
                KEYS.put(row[0], row[0]);
                add(row[0], row[1], null);
                add(row[0], row[2], GRCH37);
                add(row[0], row[3], GRCH38);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(String key, String names, @Nullable String assembly) {
    for (String name : names.isEmpty() ? new String[0] : names.split(",")) {
      KEYS.put(name, key);
      if (assembly != null) {
        ASSEMBLIES.put(name, assembly);
      }
    }
  }

  /** {@return the names of the human chromosomes} */
  public static ContigNames builtIn() {
    return BUILT_IN;
  }

  /**
   * {@return these names and more: on each line the names of one sequence, separated by tabs} Empty
   * lines and those that begin with {@code #} are passed over.
   *
   * @param lines of a file, without their ends
   * @throws IllegalArgumentException if a line's names mean two sequences already; the message has
   *     the line's number
   */
  public ContigNames with(List<String> lines) {
    Map<String, String> all = new TreeMap<>(more);
    ContigNames result = new ContigNames(all);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] names = line.split("\\s*\t\\s*");
      String key = null;
      for (String name : names) {
        if (result.isListed(name)) {
          if (key != null && !key.equals(result.key(name))) {
            throw new IllegalArgumentException(
                "line %d makes one of the sequences %s and %s"
                    .formatted(i + 1, key, result.key(name)));
          }
          key = result.key(name);
        }
      }
      for (String name : names) {
        all.put(name, key == null ? names[0] : key);
      }
    }
    return result;
  }

  private boolean isListed(String name) {
    return more.containsKey(name) || KEYS.containsKey(name);
  }

  /**
   * {@return what is the same for all names of a sequence, and for no other's}
   *
   * @param name any; one that is not listed is its own key
   */
  public String key(String name) {
    String key = more.get(name);
    return key != null ? key : KEYS.getOrDefault(name, name);
  }

  /**
   * {@return {@link #key}, but for a name that says an assembly the name itself, unless it was
   * {@linkplain #with added} here: so that sequences of two assemblies never come together}
   *
   * @param name any
   */
  public String keyWithinAssembly(String name) {
    return more.containsKey(name) || assembly(name) == null ? key(name) : name;
  }

  /**
   * {@return the assembly that the name is of; null if the name does not say}
   *
   * @param name any
   */
  @Nullable
  public static String assembly(String name) {
    return ASSEMBLIES.get(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContigNames that && more.equals(that.more);
  }

  @Override
  public int hashCode() {
    return more.hashCode();
  }

  @Override
  public String toString() {
    return "ContigNames(" + more.size() + " of one's own)";
  }
}
