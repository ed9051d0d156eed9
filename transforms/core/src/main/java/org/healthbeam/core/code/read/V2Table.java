package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;

/**
 * Reads a table of HL7's v2-to-FHIR mapping as CSV. Its header is the row, one of the first five,
 * with two columns {@code Code}: the first is that of HL7 v2, the second that of FHIR; after each
 * comes its {@code Code System}, between them the condition, {@code Computable …} and {@code
 * Narrative}. {@code Comments} stands above the header or in it.
 *
 * <p>A row without an HL7 v2 code only lists a code of FHIR, and is passed over. A row without a
 * FHIR code names the source but says nothing: HL7 leaves it to the implementer. A target with a
 * condition depends on one property, {@code fhirpath}, {@code computable} or {@code narrative}: the
 * first of them that is there, with its text as the value. No relationship is stated, so it is
 * {@code related-to}. White space around a cell, no-break spaces too, is not part of it.
 *
 * <p>Source: HL7 Version 2 to FHIR 1.0.0, "Coding System Maps" and "Unspecified Mapping".
 */
public final class V2Table {
  private static final int HEADER_WITHIN = 5;
  private static final Pattern TABLE = Pattern.compile("HL7?-?([0-9]{4})");

  /** A file with such a header. */
  static final TableLayout LAYOUT =
      new TableLayout() {
        @Override
        public boolean recognises(String name, String head) {
          return name.endsWith(".csv")
              && head.lines()
                  .limit(HEADER_WITHIN)
                  .anyMatch(line -> isHeader(List.of(line.replace("\"", "").split(",", -1))));
        }

        @Override
        public void read(InputStream in, char delimiter, String file, String version, MapSink sink)
            throws InvalidMapException, IOException {
          V2Table.read(in, file, version, sink);
        }
      };

  private final String file;
  private final MapId id;
  private final MapSink sink;
  private int rowsBefore;
  private int width;
  private int sourceCode;
  private int sourceSystem;
  private int targetCode;
  private int targetSystem;
  private int display = -1;
  private int comments = -1;
  private int fhirPath = -1;
  private int computable = -1;
  private int narrative = -1;

  private V2Table(String file, String version, MapSink sink) {
    this.file = file;
    this.id = MapId.ofFile(file, version);
    this.sink = sink;
  }

  /**
   * Tells a sink the map of one table.
   *
   * @param in the table, inflated
   * @param file its name, for messages, and the map's URL
   * @param version of the map
   * @param sink takes one map
   * @throws InvalidMapException with the line, if the header is missing or a row is wrong
   * @throws IOException if it cannot be read, or the sink cannot keep what it takes
   */
  public static void read(InputStream in, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    V2Table table = new V2Table(file, version, sink);
    sink.begin(table.id, file);
    TableRows.read(in, ',', file, table::row);
    if (table.width == 0) {
      throw table.noHeader();
    }
  }

  private void row(CSVRecord row, long line) throws InvalidMapException, IOException {
    List<String> cells = row.toList().stream().map(V2Table::trimmed).toList();
    if (width == 0) {
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).toLowerCase(Locale.ROOT).startsWith("comment")) {
          comments = i;
        }
      }
      if (isHeader(cells)) {
        header(cells, line);
      } else if (++rowsBefore >= HEADER_WITHIN) {
        throw noHeader();
      }
      return;
    }
    if (cells.size() != width) {
      throw refuse(line, "has " + cells.size() + " cells; the header has " + width);
    }
    if (!cells.get(sourceCode).isEmpty()) {
      tell(cells, line);
    }
  }

  private static boolean isHeader(List<String> cells) {
    return cells.stream().filter(cell -> trimmed(cell).equals("Code")).count() == 2;
  }

  private void header(List<String> cells, long line) throws InvalidMapException {
    width = cells.size();
    sourceCode = cells.indexOf("Code");
    targetCode = cells.lastIndexOf("Code");
    sourceSystem = cells.indexOf("Code System");
    targetSystem = cells.lastIndexOf("Code System");
    if (sourceSystem < sourceCode || sourceSystem > targetCode || targetSystem < targetCode) {
      throw refuse(line, "has not a column Code System after each of its two columns Code");
    }
    for (int i = sourceSystem + 1; i < targetCode; i++) {
      String name = cells.get(i).toLowerCase(Locale.ROOT);
      if (name.equals("computable fhirpath")) {
        fhirPath = i;
      } else if (name.startsWith("computable")) {
        computable = i;
      } else if (name.equals("narrative")) {
        narrative = i;
      } else {
        throw refuse(line, "has a condition '" + cells.get(i) + "' that is not known");
      }
    }
    // What stands above it may be wider.
    comments = comments < width ? comments : -1;
    display = cells.subList(targetCode, targetSystem).indexOf("Display");
    display = display < 0 ? -1 : targetCode + display;
  }

  private void tell(List<String> cells, long line) throws InvalidMapException, IOException {
    String source = system(cells.get(sourceSystem));
    String target = system(cells.get(targetSystem));
    String code = cells.get(targetCode);
    if (source.isEmpty()) {
      throw refuse(line, "has an HL7 v2 code without a code system");
    }
    if (!CodeSyntax.isCode(cells.get(sourceCode)) || !(code.isEmpty() || CodeSyntax.isCode(code))) {
      throw refuse(line, "has a code that " + CodeSyntax.RULE);
    }
    ConceptMap.Source from = ConceptMap.Source.code(cells.get(sourceCode));
    MapGroup group = new MapGroup(id, file, source, "", target, "");
    if (code.isEmpty()) {
      sink.withoutTarget(group, from, false);
      return;
    }
    if (target.isEmpty()) {
      throw refuse(line, "has a FHIR code without a code system");
    }
    sink.say(
        group,
        from,
        ConceptMap.Target.of(code, cell(cells, display), Relationship.RELATED_TO)
            .dependingOn(condition(cells))
            .saying(cell(cells, comments)));
  }

  private List<Property> condition(List<String> cells) {
    if (!cell(cells, fhirPath).isEmpty()) {
      return List.of(Property.of("fhirpath", cell(cells, fhirPath)));
    }
    if (!cell(cells, computable).isEmpty()) {
      return List.of(Property.of("computable", cell(cells, computable)));
    }
    return cell(cells, narrative).isEmpty()
        ? List.of()
        : List.of(Property.of("narrative", cell(cells, narrative)));
  }

  /** Published tables write {@code HL7-0354} and {@code HL0207} beside {@code HL70001}. */
  private static String system(String name) {
    Matcher table = TABLE.matcher(name);
    return CodeSystems.canonical(table.matches() ? "HL7" + table.group(1) : name);
  }

  private static String cell(List<String> cells, int column) {
    return column < 0 ? "" : cells.get(column);
  }

  private static String trimmed(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && isSpace(cell.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(cell.charAt(end - 1))) {
      end--;
    }
    return cell.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  private InvalidMapException noHeader() {
    return new InvalidMapException(
        file,
        "",
        "has no header with two columns Code within its first " + HEADER_WITHIN + " rows");
  }

  private InvalidMapException refuse(long line, String what) {
    return new InvalidMapException(file, "line " + line, what);
  }
}
