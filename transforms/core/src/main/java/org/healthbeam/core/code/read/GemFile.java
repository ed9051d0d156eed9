package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Relationship;

/**
 * Reads general equivalence mappings between ICD-9-CM and ICD-10: the text files of the Centers for
 * Medicare and Medicaid Services, each line source, target and five flags with spaces between, or
 * the same as CSV, whose header has two columns {@code icd…}, source first, and {@code flags} or
 * {@code approximate, no_map, combination, scenario, choice_list}.
 *
 * <p>No file says what its codes are. It is the one of the four {@link Kind}s whose shapes fit
 * every row; a file that fits none or several is refused. Codes come without their point; they are
 * told with it, as FHIR has them.
 *
 * <p>Flags: a target that is not approximate is {@code equivalent}; an approximate one, and one
 * that is only part of a combination, is {@code related-to}, since nothing says which side is
 * broader. {@code no_map} says that there is no target. Of a combination, one target of each choice
 * list of a scenario is taken together. Scenario and choice list of a row that is no combination
 * mean nothing.
 *
 * <p>Source: CMS and NCHS, "Diagnosis Code Set General Equivalence Mappings, Documentation and
 * User's Guide" and "Procedure Code Set General Equivalence Mappings, Documentation and User's
 * Guide".
 */
public final class GemFile {
  /** So many rows are held until their shapes tell the kind. */
  private static final int UNDECIDED = 10_000;

  private static final Pattern LINE = Pattern.compile("\\s*(\\S+)\\s+(\\S+)\\s+(\\S+)\\s*");
  private static final Pattern FLAGS = Pattern.compile("[01]{3}[0-9]{2}");
  private static final Pattern NO_TARGET = Pattern.compile("(?i)No(Dx|PCS|PCx)");
  private static final List<String> COLUMNS =
      List.of("approximate", "no_map", "combination", "scenario", "choice_list");

  /** A text file, or CSV with such a header. */
  static final TableLayout LAYOUT =
      new TableLayout() {
        @Override
        public boolean recognises(String name, String head) {
          return name.endsWith(".txt") || isCsvHeader(TableLayout.firstLine(head));
        }

        @Override
        public void read(InputStream in, char delimiter, String file, String version, MapSink sink)
            throws InvalidMapException, IOException {
          if (delimiter == ',') {
            readCsv(in, file, version, sink);
          } else {
            readText(in, file, version, sink);
          }
        }
      };

  /** The four families of files. */
  private enum Kind {
    ICD_9_TO_10_DIAGNOSES(IcdCodes.ICD_9_DIAGNOSES, IcdCodes.ICD_10_CM),
    ICD_10_TO_9_DIAGNOSES(IcdCodes.ICD_10_CM, IcdCodes.ICD_9_DIAGNOSES),
    ICD_9_TO_10_PROCEDURES(IcdCodes.ICD_9_PROCEDURES, IcdCodes.ICD_10_PCS),
    ICD_10_TO_9_PROCEDURES(IcdCodes.ICD_10_PCS, IcdCodes.ICD_9_PROCEDURES);

    final IcdCodes source;
    final IcdCodes target;

    Kind(IcdCodes source, IcdCodes target) {
      this.source = source;
      this.target = target;
    }

    boolean fits(Row row) {
      return source.fits(row.source()) && (row.isNoMap() || target.fits(row.target()));
    }
  }

  private record Row(String source, String target, String flags, long line) {
    boolean isApproximate() {
      return flags.charAt(0) == '1';
    }

    boolean isNoMap() {
      return flags.charAt(1) == '1';
    }

    boolean isCombination() {
      return flags.charAt(2) == '1';
    }

    int scenario() {
      return flags.charAt(3) - '0';
    }

    int choiceList() {
      return flags.charAt(4) - '0';
    }
  }

  private final String file;
  private final MapId id;
  private final MapSink sink;
  private final Set<Kind> possible = EnumSet.allOf(Kind.class);
  private final List<Row> undecided = new ArrayList<>();
  private boolean any;

  private GemFile(String file, String version, MapSink sink) {
    this.file = file;
    this.id = MapId.ofFile(file, version);
    this.sink = sink;
  }

  /**
   * Tells a sink the mappings of a text file.
   *
   * @param in the text, inflated
   * @param file its name, for messages, and the map's URL
   * @param version of the map
   * @param sink takes one map
   * @throws InvalidMapException with the line, if a row is wrong or does not fit the others
   * @throws IOException if it cannot be read, or the sink cannot keep what it takes
   */
  public static void readText(InputStream in, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    GemFile gem = new GemFile(file, version, sink);
    TableRows.readLines(in, file, gem::line);
    gem.end();
  }

  /**
   * Tells a sink the mappings of a CSV file; as {@link #readText}.
   *
   * @param in the table, inflated
   * @param file its name, for messages, and the map's URL
   * @param version of the map
   * @param sink takes one map
   * @throws InvalidMapException with the line, if a row is wrong or does not fit the others
   * @throws IOException if it cannot be read, or the sink cannot keep what it takes
   */
  public static void readCsv(InputStream in, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    GemFile gem = new GemFile(file, version, sink);
    CsvRows rows = gem.new CsvRows();
    TableRows.read(in, ',', file, rows);
    gem.end();
  }

  private static boolean isCsvHeader(String line) {
    String plain = line.replace("\"", "").toLowerCase(Locale.ROOT);
    List<String> names = List.of(plain.strip().split(",", -1));
    return names.size() > 2
        && names.get(0).startsWith("icd")
        && names.get(1).startsWith("icd")
        && (names.contains("flags") || names.containsAll(COLUMNS));
  }

  private void line(String text, long line) throws InvalidMapException, IOException {
    if (text.isBlank()) {
      return;
    }
    Matcher cells = LINE.matcher(text);
    if (!cells.matches()) {
      throw refuse(line, "is not a source code, a target code and five flags");
    }
    take(new Row(cells.group(1), cells.group(2), cells.group(3), line));
  }

  private void take(Row row) throws InvalidMapException, IOException {
    boolean first = !any;
    any = true;
    if (!FLAGS.matcher(row.flags()).matches()) {
      throw refuse(row.line(), "has flags '" + row.flags() + "'; five digits are expected");
    }
    if (NO_TARGET.matcher(row.target()).matches() != row.isNoMap()) {
      throw refuse(row.line(), "has a target and a no-map flag that contradict each other");
    }
    if (row.isCombination() && (row.scenario() == 0 || row.choiceList() == 0)) {
      throw refuse(row.line(), "is a combination without scenario or choice list");
    }
    boolean decided = possible.size() == 1;
    possible.removeIf(kind -> !kind.fits(row));
    if (possible.isEmpty()) {
      throw refuse(
          row.line(),
          "has codes that are not a mapping between ICD-9-CM and ICD-10"
              + (first ? "" : " of the kind of the rows before it"));
    }
    if (decided) {
      tell(row);
      return;
    }
    undecided.add(row);
    if (possible.size() == 1) {
      tellUndecided();
    } else if (undecided.size() > UNDECIDED) {
      throw severalKinds();
    }
  }

  private void end() throws InvalidMapException, IOException {
    if (!any) {
      sink.begin(id, file);
    } else if (possible.size() > 1) {
      throw severalKinds();
    }
  }

  private InvalidMapException severalKinds() {
    return new InvalidMapException(
        file,
        "",
        "has codes that fit more than one kind of general equivalence mapping; a table with named"
            + " columns can say what they are");
  }

  private void tellUndecided() throws InvalidMapException, IOException {
    for (Row row : undecided) {
      tell(row);
    }
    undecided.clear();
  }

  private void tell(Row row) throws InvalidMapException, IOException {
    Kind kind = possible.iterator().next();
    ConceptMap.Target target =
        row.isNoMap()
            ? ConceptMap.Target.none()
            : ConceptMap.Target.of(
                kind.target.withPoint(row.target()),
                "",
                row.isApproximate() || row.isCombination()
                    ? Relationship.RELATED_TO
                    : Relationship.EQUIVALENT);
    sink.say(
        new MapGroup(id, file, kind.source.system(), "", kind.target.system(), ""),
        ConceptMap.Source.code(kind.source.withPoint(row.source())),
        row.isCombination()
            ? target.in(new ConceptMap.Combination(row.scenario(), row.choiceList(), 0))
            : target);
  }

  private InvalidMapException refuse(long line, String what) {
    return new InvalidMapException(file, "line " + line, what);
  }

  /** The rows of a CSV file, below its header. */
  private final class CsvRows implements TableRows.Visitor {
    private final Map<String, Integer> columns = new HashMap<>();
    private int width;

    @Override
    public void row(CSVRecord row, long line) throws InvalidMapException, IOException {
      if (width == 0) {
        header(row, line);
        return;
      }
      if (row.size() != width) {
        throw refuse(line, "has " + row.size() + " cells; the header has " + width);
      }
      String flags = columns.containsKey("flags") ? row.get(columns.get("flags")).strip() : "";
      if (columns.keySet().containsAll(COLUMNS)) {
        StringBuilder single = new StringBuilder();
        COLUMNS.forEach(name -> single.append(row.get(columns.get(name)).strip()));
        if (!flags.isEmpty() && !flags.contentEquals(single)) {
          throw refuse(line, "has flags that contradict its other columns");
        }
        flags = single.toString();
      }
      take(new Row(row.get(0).strip(), row.get(1).strip(), flags, line));
    }

    private void header(CSVRecord row, long line) throws InvalidMapException {
      if (!isCsvHeader(TableRows.withoutMark(String.join(",", row.toList())))) {
        throw refuse(
            line,
            "is not the header of a general equivalence mapping: two columns icd…, and flags or "
                + String.join(", ", COLUMNS));
      }
      width = row.size();
      for (int i = 2; i < width; i++) {
        columns.put(row.get(i).strip().toLowerCase(Locale.ROOT), i);
      }
    }
  }
}
