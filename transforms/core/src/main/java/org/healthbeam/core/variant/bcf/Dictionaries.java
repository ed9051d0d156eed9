package org.healthbeam.core.variant.bcf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names to which the numbers of BCF records refer.
 *
 * <p>Names of FILTER, INFO and FORMAT share one dictionary, in which PASS is 0; contigs have their
 * own. A name's number is its IDX, else that of its first line.
 *
 * <p>Source: VCF 4.3 (samtools/hts-specs), section 6.2.1, "Dictionary of strings" and "Dictionary
 * of contigs".
 */
final class Dictionaries {
  /** More numbers than any header has lines would only be asked for to fill the memory. */
  private static final int MAX_IDX = 1 << 20;

  private final List<byte[]> strings = new ArrayList<>();
  private final List<byte[]> contigs = new ArrayList<>();

  private Dictionaries() {}

  /** Reads the declarations of a VCF header. */
  static Dictionaries of(String header) throws InvalidBcfException {
    Dictionaries result = new Dictionaries();
    Map<String, Integer> numbers = new HashMap<>();
    numbers.put("PASS", 0);
    set(result.strings, 0, "PASS");
    for (String line : header.split("\n", -1)) {
      if (line.startsWith("##contig=<")) {
        declare(line, result.contigs, new HashMap<>());
      } else if (line.startsWith("##FILTER=<")
          || line.startsWith("##INFO=<")
          || line.startsWith("##FORMAT=<")) {
        declare(line, result.strings, numbers);
      }
    }
    return result;
  }

  private static void declare(String line, List<byte[]> names, Map<String, Integer> numbers)
      throws InvalidBcfException {
    String id = field(line, "ID");
    if (id == null) {
      throw new InvalidBcfException("a declaration in the header has no ID");
    }
    String idx = field(line, "IDX");
    if (idx == null) {
      Integer known = numbers.putIfAbsent(id, names.size());
      set(names, known == null ? names.size() : known, id);
      return;
    }
    if (!idx.matches("\\d{1,7}") || Integer.parseInt(idx) > MAX_IDX) {
      throw new InvalidBcfException("an IDX in the header is no number from 0 to " + MAX_IDX);
    }
    numbers.put(id, Integer.valueOf(idx));
    set(names, Integer.parseInt(idx), id);
  }

  private static void set(List<byte[]> names, int number, String name) {
    while (names.size() <= number) {
      names.add(null);
    }
    names.set(number, name.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the value of a key of a declaration, outside of quotes; null if it is not there} */
  private static String field(String line, String key) {
    boolean quoted = false;
    int begin = line.indexOf('<') + 1;
    for (int i = begin; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '>')) {
        if (line.startsWith(key + "=", begin)) {
          return line.substring(begin + key.length() + 1, i);
        }
        begin = i + 1;
      }
    }
    return null;
  }

  /** {@return the name of a filter or a key} */
  byte[] string(int number) throws InvalidBcfException {
    return name(strings, number);
  }

  byte[] contig(int number) throws InvalidBcfException {
    return name(contigs, number);
  }

  private static byte[] name(List<byte[]> names, int number) throws InvalidBcfException {
    if (number < 0 || number >= names.size() || names.get(number) == null) {
      throw new InvalidBcfException("a record refers to a name that the header has not");
    }
    return names.get(number);
  }
}
