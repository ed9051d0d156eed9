package org.healthbeam.core.code.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Relationship;

/**
 * Reads OMOP's SOURCE_TO_CONCEPT_MAP, mappings of one's own for codes that the vocabulary lacks:
 * comma-separated (RFC 4180) or, if the header has a tab, tab-separated without quotes; columns by
 * name, in any order and case.
 *
 * <p>Several targets of a code are taken together. A target_concept_id of 0 says that there is
 * none. A mapping holds from valid_start_date to valid_end_date, and where no day is known if it
 * has no invalid_reason. The source_vocabulary_id is one of OMOP's, or a URI. The relationship is
 * {@code related-to}: the table does not say which it is.
 *
 * <p>Source: OMOP CDM v5.4, table SOURCE_TO_CONCEPT_MAP.
 */
public final class SourceToConceptMap {
  private static final List<String> COLUMNS =
      List.of(
          "source_code",
          "source_concept_id",
          "source_vocabulary_id",
          "source_code_description",
          "target_concept_id",
          "target_vocabulary_id",
          "valid_start_date",
          "valid_end_date",
          "invalid_reason");
  private static final int HEAD = 1 << 13;
  private static final Pattern DATE = Pattern.compile("(\\d{4})(-?)(\\d{2})\\2(\\d{2})");

  /** How a file of this table is known among others. */
  static final TableLayout LAYOUT =
      new TableLayout() {
        @Override
        public boolean recognises(String name, String head) {
          String header = head.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
          return header.contains("source_vocabulary_id") && header.contains("target_concept_id");
        }

        @Override
        public void read(InputStream in, char delimiter, String file, String version, MapSink sink)
            throws InvalidMapException, IOException {
          SourceToConceptMap.read(in, file, version, null, sink);
        }
      };

  private final String file;
  @Nullable private final OmopConcepts concepts;
  private final OmopRemarks remarks;
  private final OmopTeller teller;
  private final Map<String, Integer> columns = new HashMap<>();
  private CSVRecord row;
  private long line = 1;

  private SourceToConceptMap(
      String file, @Nullable OmopConcepts concepts, OmopRemarks remarks, OmopTeller teller) {
    this.file = file;
    this.concepts = concepts;
    this.remarks = remarks;
    this.teller = teller;
  }

  /**
   * Tells a sink the mappings of one file.
   *
   * @param concepts what is known of the targets; null if only their numbers are
   */
  static void read(
      InputStream in, String file, String version, @Nullable OmopConcepts concepts, MapSink sink)
      throws InvalidMapException, IOException {
    MapId map = MapId.ofFile(file, version);
    OmopTeller teller = new OmopTeller(map, file, sink);
    OmopRemarks remarks = new OmopRemarks();
    BufferedInputStream bytes = new BufferedInputStream(in);
    bytes.mark(HEAD);
    String head = new String(bytes.readNBytes(HEAD), StandardCharsets.UTF_8);
    bytes.reset();
    char delimiter = head.lines().findFirst().orElse("").indexOf('\t') >= 0 ? '\t' : ',';
    SourceToConceptMap rows = new SourceToConceptMap(file, concepts, remarks, teller);
    TableRows.read(bytes, delimiter, file, rows::take);
    if (rows.columns.isEmpty()) {
      throw new InvalidMapException(file, "", "is empty; a header line is expected");
    }
    remarks.tell(map, file, sink);
  }

  private void take(CSVRecord next, long at) throws InvalidMapException, IOException {
    row = next;
    line = at;
    if (columns.isEmpty()) {
      readHeader();
    } else if (row.size() == columns.size()) {
      readRow();
    } else if (row.size() > 1 || !row.get(0).isBlank()) {
      throw refuse("has " + row.size() + " cells; the header has " + columns.size());
    }
  }

  private void readHeader() throws InvalidMapException {
    for (int i = 0; i < row.size(); i++) {
      String name = row.get(i).strip().toLowerCase(Locale.ROOT);
      if (columns.put(name.startsWith("\uFEFF") ? name.substring(1) : name, i) != null) {
        throw refuse("has the column " + name + " twice");
      }
    }
    for (String name : COLUMNS) {
      boolean needed = !name.equals("source_code_description") && !name.startsWith("target_v");
      if (needed && !columns.containsKey(name)) {
        throw refuse("has no column " + name);
      }
    }
  }

  private void readRow() throws InvalidMapException, IOException {
    String code = needed("source_code");
    if (!CodeSyntax.isCode(code)) {
      throw refuse("has a source_code that " + CodeSyntax.RULE);
    }
    String vocabulary = needed("source_vocabulary_id");
    int source = cell("source_concept_id").isEmpty() ? 0 : id("source_concept_id");
    int target = id("target_concept_id");
    int from = day("valid_start_date");
    int to = day("valid_end_date");
    boolean valid = cell("invalid_reason").isEmpty();
    if (target == 0) {
      teller.tellNone(vocabulary, code, OmopTeller.validity(from, to, valid));
      return;
    }
    Combination together = new Combination(0, target, 0);
    int slot = concepts == null ? OmopConcepts.NONE : concepts.find(target);
    if (slot == OmopConcepts.NONE) {
      remarks.unresolved += concepts == null ? 0 : 1;
      teller.tell(
          vocabulary, code, target, link(source, OmopTeller.validity(from, to, valid), together));
      return;
    }
    OmopConcepts.Concept concept = concepts.at(slot);
    if (concept.valid() && !concept.standard()) {
      remarks.notStandard++;
      return;
    }
    Validity validity =
        OmopTeller.validity(
            Math.max(from, concept.from()), Math.min(to, concept.to()), valid && concept.valid());
    teller.tell(vocabulary, code, concept, link(source, validity, together));
  }

  private static OmopTeller.Link link(int source, Validity validity, Combination together) {
    return new OmopTeller.Link(source, Relationship.RELATED_TO, validity, together, List.of(), "");
  }

  private String cell(String column) {
    return row.get(columns.get(column));
  }

  private String needed(String column) throws InvalidMapException {
    if (cell(column).isEmpty()) {
      throw refuse("has no " + column);
    }
    return cell(column);
  }

  private int id(String column) throws InvalidMapException {
    try {
      int id = Integer.parseInt(cell(column));
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw refuse("has a " + column + " that is not a number from 0 to 2147483647");
  }

  private int day(String column) throws InvalidMapException {
    var date = DATE.matcher(cell(column));
    try {
      if (date.matches()) {
        return TabbedRows.dayOf(Integer.parseInt(date.group(1) + date.group(3) + date.group(4)));
      }
    } catch (DateTimeException e) {
      // Refused below.
    }
    throw refuse("has a " + column + " that is not a date like 20021231 or 2002-12-31");
  }

  private InvalidMapException refuse(String what) {
    return new InvalidMapException(file, "line " + line, what);
  }
}
