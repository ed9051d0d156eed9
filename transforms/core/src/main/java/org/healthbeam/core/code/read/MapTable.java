package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Relationship;

/**
 * Reads a table of mappings with named columns, in any order: {@code source_system, source_code,
 * target_system, target_code}, and if wanted {@code source_version, source_display, target_version,
 * target_display, relationship, map_url, map_version}. Other columns are ignored.
 *
 * <p>A row without a target code says that there is none. {@code relationship} takes the words of
 * FHIR R5 and the equivalences of R4, which mean what they mean there; empty is {@code related-to},
 * R5's word for a relationship that is not known. Codes are text: leading zeros survive.
 *
 * <p>TSV is read without quotes; CSV as RFC 4180 has it.
 */
public final class MapTable {
  private static final Set<String> REQUIRED =
      Set.of("source_system", "source_code", "target_system", "target_code");
  private static final List<String> COLUMNS =
      List.of(
          "source_system",
          "source_version",
          "source_code",
          "source_display",
          "target_system",
          "target_version",
          "target_code",
          "target_display",
          "relationship",
          "map_url",
          "map_version");

  private static final String NO_KNOWN_LAYOUT =
      "is the header of no map that is known: a table of maps has source_system, source_code,"
          + " target_system and target_code; general equivalence mappings two columns icd… and"
          + " flags; HL7's v2-to-FHIR tables two columns Code; OMOP's source_to_concept_map"
          + " its own columns; map reference sets of SNOMED CT id,"
          + " effectiveTime, active, moduleId, refsetId, referencedComponentId and mapTarget";

  /** The layout of last resort. */
  static final TableLayout LAYOUT =
      new TableLayout() {
        @Override
        public boolean recognises(String name, String head) {
          return true;
        }

        @Override
        public void read(InputStream in, char delimiter, String file, String version, MapSink sink)
            throws InvalidMapException, IOException {
          MapTable.read(in, delimiter, file, version, sink);
        }
      };

  private final String file;
  private final String version;
  private final MapSink sink;
  @Nullable private Map<String, Integer> columns;
  private int width;
  private boolean any;

  private MapTable(String file, String version, MapSink sink) {
    this.file = file;
    this.version = version;
    this.sink = sink;
  }

  /**
   * Tells a sink the maps of one table: one, unless a column {@code map_url} names several.
   *
   * @param table the file, inflated
   * @param delimiter a tab, or a comma for CSV
   * @param file its name, for messages, and the map's URL where the table names none
   * @param version of a map for which the table names none
   * @param sink takes the maps
   * @throws InvalidMapException with the line, if a column is missing or a row is wrong
   * @throws IOException if it cannot be read, or the sink cannot keep what it takes
   */
  public static void read(
      InputStream table, char delimiter, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    MapTable maps = new MapTable(file, version, sink);
    TableRows.read(table, delimiter, file, maps::row);
    maps.end();
  }

  private void row(CSVRecord row, long line) throws InvalidMapException, IOException {
    if (columns == null) {
      columns = columns(row);
      width = row.size();
    } else if (row.size() != width) {
      throw refuse(line, "has " + row.size() + " cells; the header has " + width);
    } else {
      add(row, columns, line);
      any = true;
    }
  }

  private void end() throws InvalidMapException, IOException {
    if (columns == null) {
      throw new InvalidMapException(file, "", "is empty; a header line is expected");
    }
    if (!any) {
      sink.begin(MapId.ofFile(file, version), file);
    }
  }

  private Map<String, Integer> columns(CSVRecord header) throws InvalidMapException {
    Map<String, Integer> result = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = TableRows.withoutMark(header.get(i)).strip().toLowerCase(Locale.ROOT);
      if (COLUMNS.contains(name)) {
        if (result.put(name, i) != null) {
          throw refuse(1, "has the column " + name + " twice");
        }
      } else {
        refuseMistyped(name);
      }
    }
    if (result.isEmpty()) {
      throw refuse(1, NO_KNOWN_LAYOUT);
    }
    for (String name : COLUMNS) {
      if (REQUIRED.contains(name) && !result.containsKey(name)) {
        throw refuse(1, "has no column " + name + "; it needs " + String.join(", ", required()));
      }
    }
    return result;
  }

  private static List<String> required() {
    return COLUMNS.stream().filter(REQUIRED::contains).toList();
  }

  /** A column that is nearly one of ours would otherwise be ignored without a word. */
  private void refuseMistyped(String name) throws InvalidMapException {
    for (String known : COLUMNS) {
      if (isNear(name, known)) {
        throw refuse(1, "has a column " + name + ", which is unknown; " + known + " is meant?");
      }
    }
  }

  /** {@return whether one insertion, deletion, replacement or swap makes {@code a} to {@code b}} */
  private static boolean isNear(String a, String b) {
    int start = 0;
    while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int endA = a.length();
    int endB = b.length();
    while (endA > start && endB > start && a.charAt(endA - 1) == b.charAt(endB - 1)) {
      endA--;
      endB--;
    }
    int left = endA - start;
    int right = endB - start;
    boolean swapped =
        left == 2
            && right == 2
            && a.charAt(start) == b.charAt(start + 1)
            && a.charAt(start + 1) == b.charAt(start);
    return Math.max(left, right) <= 1 || swapped;
  }

  private void add(CSVRecord row, Map<String, Integer> columns, long line)
      throws InvalidMapException, IOException {
    Row cells = new Row(row, columns, line);
    String source = cells.system("source_system");
    if (source.isEmpty()) {
      throw refuse(line, "has no source_system");
    }
    String code = cells.code("source_code");
    if (code.isEmpty()) {
      throw refuse(line, "has no source_code");
    }
    String targetCode = cells.code("target_code");
    String target = cells.system("target_system");
    if (!targetCode.isEmpty() && target.isEmpty()) {
      throw refuse(line, "has a target_code without a target_system");
    }
    Relationship relationship = relationship(cells.get("relationship"), targetCode, line);
    String mapVersion = cells.get("map_version").isEmpty() ? version : cells.get("map_version");
    MapId id =
        cells.get("map_url").isEmpty()
            ? MapId.ofFile(file, mapVersion)
            : new MapId(cells.get("map_url"), mapVersion);
    sink.say(
        new MapGroup(
            id, file, source, cells.get("source_version"), target, cells.get("target_version")),
        ConceptMap.Source.code(code, cells.get("source_display")),
        ConceptMap.Target.of(targetCode, cells.get("target_display"), relationship));
  }

  private Relationship relationship(String word, String targetCode, long line)
      throws InvalidMapException {
    Relationship result;
    try {
      result = word.isEmpty() ? Relationship.RELATED_TO : known(word);
    } catch (IllegalArgumentException e) {
      throw refuse(line, "has a relationship '" + word + "' that neither FHIR R5 nor R4 knows");
    }
    if (!targetCode.isEmpty()) {
      return result;
    }
    if (!word.isEmpty() && result != Relationship.NOT_RELATED_TO) {
      throw refuse(line, "has the relationship " + word + " but no target_code");
    }
    return Relationship.NOT_RELATED_TO;
  }

  private static Relationship known(String word) {
    for (Relationship relationship : Relationship.values()) {
      if (relationship.code().equals(word)) {
        return relationship;
      }
    }
    return Relationship.fromR4(word);
  }

  private InvalidMapException refuse(long line, String what) {
    return new InvalidMapException(file, "line " + line, what);
  }

  /** The cells of one row, by name. */
  private final class Row {
    private final CSVRecord row;
    private final Map<String, Integer> columns;
    private final long line;

    Row(CSVRecord row, Map<String, Integer> columns, long line) {
      this.row = row;
      this.columns = columns;
      this.line = line;
    }

    String get(String column) {
      Integer index = columns.get(column);
      return index == null ? "" : row.get(index);
    }

    /** With a space before or behind it a system would never be found, and nobody would see why. */
    String system(String column) throws InvalidMapException {
      String system = get(column);
      if (!system.equals(system.strip())) {
        throw refuse(line, "has a " + column + " with white space at its beginning or end");
      }
      return CodeSystems.canonical(system);
    }

    String code(String column) throws InvalidMapException {
      String code = get(column);
      if (!code.isEmpty() && !CodeSyntax.isCode(code)) {
        throw refuse(line, "has a " + column + " that " + CodeSyntax.RULE);
      }
      return code;
    }
  }
}
