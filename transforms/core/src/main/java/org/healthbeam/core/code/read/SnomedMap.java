package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.RowSorter;

/**
 * Reads map reference sets of SNOMED CT in Release Format 2: simple maps, complex and extended
 * maps; snapshot, full or delta. Of the rows with one {@code id} the latest {@code effectiveTime}
 * counts, and it says nothing if it is not active. Rows are sorted by {@code id}, in temporary
 * files if they are many, so memory is bounded.
 *
 * <p>Each reference set is a map {@code http://snomed.info/sct?fhir_cm=<refsetId>}; its version is
 * the date in the file's name, else the latest {@code effectiveTime}. The other code system follows
 * from the table {@code snomed-map-refsets.tsv}, or from a column {@code codeSystem} that is added
 * to the file.
 *
 * <p>{@code mapGroup} is a part of a combination, {@code mapPriority} the order within it, {@code
 * mapRule} what the target depends on ({@link MapRule}), {@code mapAdvice} the comment. An empty
 * {@code mapTarget} says that there is none. A target with {@code ?}, which stands for a character
 * that the map cannot know, depends on a property {@code mapTarget} and so is never taken unasked.
 *
 * <p>Source: SNOMED CT Release File Specifications, 5.2, "Reference Set Types"; FHIR, "Using SNOMED
 * CT with FHIR", implicit concept maps; SNOMED CT to ICD-10 Mapping Technical Guide.
 */
public final class SnomedMap {
  private static final String SNOMED_CT = "http://snomed.info/sct";
  private static final List<String> MEMBER =
      List.of("id", "effectivetime", "active", "moduleid", "refsetid", "referencedcomponentid");
  private static final Set<String> KNOWN =
      Set.of(
          "maptarget",
          "mapsource",
          "mapgroup",
          "mappriority",
          "maprule",
          "mapadvice",
          "correlationid",
          "mapcategoryid",
          "codesystem");

  /** What only maps from SNOMED CT have: it belongs to the concept that the row starts from. */
  private static final List<String> FROM_SNOMED =
      List.of("mapgroup", "mappriority", "maprule", "mapadvice");

  /** What says which rules come before another one. */
  private static final List<String> ORDER_OF_RULES = List.of("mapgroup", "mappriority");

  private static final Pattern TIME = Pattern.compile("[0-9]{8}");
  private static final Pattern CONCEPT = Pattern.compile("[0-9]{6,18}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern RELEASE = Pattern.compile("_([0-9]{8})(?:T[0-9]+Z)?\\.(?:txt|tsv)");
  private static final String NOT_MAPPABLE = "447556008";
  private static final long BUDGET = 64L << 20;
  private static final Map<String, String> SYSTEMS = systems();

  /** A file with such a header. */
  static final TableLayout LAYOUT =
      new TableLayout() {
        @Override
        public boolean recognises(String name, String head) {
          List<String> cells =
              List.of(TableLayout.firstLine(head).toLowerCase(Locale.ROOT).split("\t", -1));
          return cells.size() > MEMBER.size() && cells.subList(0, MEMBER.size()).equals(MEMBER);
        }

        @Override
        public void read(InputStream in, char delimiter, String file, String version, MapSink sink)
            throws InvalidMapException, IOException {
          SnomedMap.read(in, file, version, sink);
        }
      };

  private final String file;
  private final MapSink sink;
  private final RowSorter rows;
  private final Map<String, Integer> columns = new HashMap<>();
  private int width;
  private String latest = "";
  @Nullable private Member current;

  private record Member(long line, List<String> cells) {
    String id() {
      return cells.get(0);
    }

    String time() {
      return cells.get(1);
    }

    boolean isActive() {
      return cells.get(2).equals("1");
    }

    String refset() {
      return cells.get(4);
    }

    String component() {
      return cells.get(5);
    }
  }

  private SnomedMap(String file, MapSink sink, RowSorter rows) {
    this.file = file;
    this.sink = sink;
    this.rows = rows;
  }

  /**
   * Tells a sink the maps of one file.
   *
   * @param in the file, inflated
   * @param file its name, for messages, and for the date of the release
   * @param version of a file without rows
   * @param sink takes a map for each reference set
   * @throws InvalidMapException with the line, if a row is wrong or its target system is not known
   * @throws IOException if it cannot be read, or a temporary file not written
   */
  public static void read(InputStream in, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    try (RowSorter rows = new RowSorter(BUDGET)) {
      SnomedMap maps = new SnomedMap(file, sink, rows);
      TableRows.read(in, '\t', file, maps::row);
      if (maps.latest.isEmpty()) {
        sink.begin(MapId.ofFile(file, version), file);
        return;
      }
      Matcher release = RELEASE.matcher(file);
      if (release.find()) {
        maps.latest = release.group(1);
      }
      rows.visit((section, id, payload) -> maps.version(new String(payload, UTF_8)));
      maps.tell();
    }
  }

  private void row(CSVRecord row, long line) throws InvalidMapException, IOException {
    if (width == 0) {
      header(row, line);
      return;
    }
    if (row.size() != width) {
      throw refuse(line, "has " + row.size() + " cells; the header has " + width);
    }
    Member member = new Member(line, row.toList());
    if (member.id().isBlank()) {
      throw refuse(line, "has no id");
    }
    if (!TIME.matcher(member.time()).matches()) {
      throw refuse(line, "has an effectiveTime that is not a date yyyymmdd");
    }
    if (!member.isActive() && !member.cells().get(2).equals("0")) {
      throw refuse(line, "has an active that is neither 1 nor 0");
    }
    if (!CONCEPT.matcher(member.refset()).matches()
        || !CONCEPT.matcher(member.component()).matches()) {
      throw refuse(line, "has a refsetId or referencedComponentId that is not an identifier");
    }
    latest = member.time().compareTo(latest) > 0 ? member.time() : latest;
    rows.add(
        0,
        (member.id() + "\t" + member.time()).getBytes(UTF_8),
        (line + "\t" + String.join("\t", row)).getBytes(UTF_8));
  }

  private void header(CSVRecord row, long line) throws InvalidMapException {
    width = row.size();
    for (int i = 0; i < width; i++) {
      String name = TableRows.withoutMark(row.get(i)).strip().toLowerCase(Locale.ROOT);
      if (i < MEMBER.size() ? !name.equals(MEMBER.get(i)) : !KNOWN.contains(name)) {
        throw refuse(
            line,
            "has a column "
                + row.get(i)
                + ", which a simple, complex or extended map reference set does not have there");
      }
      columns.put(name, i);
    }
    if (columns.containsKey("maptarget") == columns.containsKey("mapsource")) {
      throw refuse(line, "has no column mapTarget; a map reference set is expected");
    }
    for (String name : columns.containsKey("mapsource") ? FROM_SNOMED : List.<String>of()) {
      if (columns.containsKey(name)) {
        throw refuse(
            line,
            "has the columns mapSource and "
                + row.get(columns.get(name))
                + "; only a map from SNOMED CT has groups, rules and advice");
      }
    }
    for (String name : columns.containsKey("maprule") ? ORDER_OF_RULES : List.<String>of()) {
      if (!columns.containsKey(name)) {
        throw refuse(
            line,
            "has a column mapRule and lacks "
                + (name.equals("mapgroup") ? "mapGroup" : "mapPriority")
                + ", without which OTHERWISE has no rules before it");
      }
    }
  }

  /** Takes one version of a member; those of one id come one after another, in order of time. */
  private void version(String payload) throws InvalidMapException, IOException {
    List<String> all = Arrays.asList(payload.split("\t", -1));
    Member next = new Member(Long.parseLong(all.get(0)), all.subList(1, all.size()));
    if (current == null || !current.id().equals(next.id())) {
      tell();
      current = next;
      return;
    }
    if (next.time().equals(current.time()) && !next.cells().equals(current.cells())) {
      throw refuse(
          next.line(),
          "has the id and effectiveTime of line " + current.line() + " but says something else");
    }
    current = next;
  }

  private void tell() throws InvalidMapException, IOException {
    if (current == null || !current.isActive()) {
      return;
    }
    Member member = current;
    String other = otherSystem(member);
    MapId id = new MapId(SNOMED_CT + "?fhir_cm=" + member.refset(), latest);
    if (columns.containsKey("mapsource")) {
      String source = code(member, "mapsource");
      if (source.isEmpty()) {
        throw refuse(member.line(), "has no mapSource");
      }
      // The correlation is told from SNOMED CT's side, whichever way the map goes.
      Relationship relationship = relationship(member).inverse();
      sink.say(
          new MapGroup(id, file, other, "", SNOMED_CT, ""),
          Source.code(source),
          relationship == Relationship.NOT_RELATED_TO
              ? Target.none()
              : Target.of(member.component(), "", relationship));
      return;
    }
    sink.say(
        new MapGroup(id, file, SNOMED_CT, "", other, ""),
        Source.code(member.component()),
        target(member));
  }

  private Target target(Member member) throws InvalidMapException {
    String code = code(member, "maptarget");
    Relationship relationship = relationship(member);
    boolean none = code.isEmpty() || relationship == Relationship.NOT_RELATED_TO;
    List<Property> dependsOn = new ArrayList<>(MapRule.of(cell(member, "maprule")));
    if (code.indexOf('?') >= 0) {
      dependsOn.add(Property.of("mapTarget", code));
    }
    Target target = none ? Target.none() : Target.of(code, "", relationship);
    if (columns.containsKey("mapgroup")) {
      target =
          target.in(
              new ConceptMap.Combination(
                  1, number(member, "mapgroup"), number(member, "mappriority")));
    }
    return target.dependingOn(dependsOn).saying(cell(member, "mapadvice"));
  }

  /** An empty number is 0: one group, in no order. */
  private int number(Member member, String column) throws InvalidMapException {
    String text = cell(member, column);
    if (!text.isEmpty() && !NUMBER.matcher(text).matches()) {
      throw refuse(member.line(), "has a mapGroup or mapPriority that is not a number");
    }
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  private Relationship relationship(Member member) {
    return switch (cell(member, "correlationid")) {
      case "447557004" -> Relationship.EQUIVALENT;
      case "447558009" -> Relationship.SOURCE_IS_NARROWER;
      case "447559001" -> Relationship.SOURCE_IS_BROADER;
      case NOT_MAPPABLE -> Relationship.NOT_RELATED_TO;
      default -> Relationship.RELATED_TO;
    };
  }

  private String code(Member member, String column) throws InvalidMapException {
    String code = cell(member, column);
    if (!code.isEmpty() && !CodeSyntax.isCode(code)) {
      throw refuse(member.line(), "has a " + column + " that " + CodeSyntax.RULE);
    }
    return code;
  }

  private String otherSystem(Member member) throws InvalidMapException {
    String stated = CodeSystems.canonical(cell(member, "codesystem"));
    String system = stated.isEmpty() ? SYSTEMS.getOrDefault(member.refset(), "") : stated;
    if (system.isEmpty()) {
      throw refuse(
          member.line(),
          "is of the reference set "
              + member.refset()
              + ", whose code system is not known; add a column codeSystem that says it");
    }
    return system;
  }

  private String cell(Member member, String column) {
    Integer index = columns.get(column);
    return index == null ? "" : member.cells().get(index).strip();
  }

  private InvalidMapException refuse(long line, String what) {
    return new InvalidMapException(file, "line " + line, what);
  }

  private static Map<String, String> systems() {
    try (InputStream in = SnomedMap.class.getResourceAsStream("snomed-map-refsets.tsv");
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      Map<String, String> result = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#") && !line.startsWith("refset\t")) {
          String[] cells = line.split("\t", -1);
          result.put(cells[0], CodeSystems.canonical(cells[1]));
        }
      }
      return Map.copyOf(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
