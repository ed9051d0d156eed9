package org.healthbeam.core.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is commonly written instead of UCUM, and what it means.
 *
 * <p>The table is the resource {@code repairs.tsv}: the text as written, the UCUM term, when it
 * applies, the reason. A text may stand in it several times, with terms that measure different
 * things.
 */
final class Repairs {
  private static final String RESOURCE = "repairs.tsv";
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** One row of the table. */
  record Repair(String written, String ucum, boolean always, String reason) {}

  private final List<Repair> rows;
  private final Map<String, List<String>> byText = new HashMap<>();
  private final Map<String, String> always = new HashMap<>();

  private Repairs(List<Repair> rows) {
    this.rows = List.copyOf(rows);
    for (Repair row : rows) {
      byText.computeIfAbsent(row.written(), w -> new ArrayList<>()).add(row.ucum());
      if (row.always()) {
        always.put(row.written(), row.ucum());
      }
    }
  }

  static Repairs load() {
    List<Repair> rows = new ArrayList<>();
    for (List<String> cells : TableResource.rows(RESOURCE)) {
      boolean always =
          switch (cells.get(2)) {
            case "always" -> true;
            case "not-ucum" -> false;
            default -> throw new IllegalStateException(RESOURCE + " has a row for no occasion");
          };
      rows.add(new Repair(cells.get(0), cells.get(1), always, cells.get(3)));
    }
    return new Repairs(rows);
  }

  List<Repair> rows() {
    return rows;
  }

  /** {@return the text, or what replaces it even where it is UCUM} */
  String meant(String written) {
    return always.getOrDefault(written, written);
  }

  /** {@return the terms that the text may stand for; empty if no row has it} */
  List<String> candidates(String written) {
    List<String> exact = byText.get(written);
    return exact != null ? exact : byText.getOrDefault(tidy(written), List.of());
  }

  /** Blanks at the ends go, others become one; the two signs for micro become one. */
  static String tidy(String written) {
    return BLANKS.matcher(written.strip()).replaceAll(" ").replace('\u03bc', '\u00b5');
  }
}
