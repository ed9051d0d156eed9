package org.healthbeam.core.table;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * How the rows of one table are written: RFC 4180 with the delimiter that the header line has, tabs
 * if it has any, else the more frequent of commas and semicolons.
 *
 * <p>A row is one line, since lines are read in parallel. A line with an odd number of quotes
 * begins or ends a field of several lines and is refused; between tabs, where many write quotes as
 * they are, only one that does not close a quote is.
 */
public final class CsvDialect {
  private final char delimiter;
  private final CSVFormat format;

  private CsvDialect(char delimiter) {
    this.delimiter = delimiter;
    this.format = CSVFormat.Builder.create(CSVFormat.RFC4180).setDelimiter(delimiter).get();
  }

  /**
   * {@return how a table with this header line is written}
   *
   * @param header the first line, without its end
   */
  public static CsvDialect ofHeader(String header) {
    int commas = 0;
    int semicolons = 0;
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"';
      if (!quoted && c == '\t') {
        return new CsvDialect('\t');
      }
      commas += !quoted && c == ',' ? 1 : 0;
      semicolons += !quoted && c == ';' ? 1 : 0;
    }
    return new CsvDialect(semicolons > commas ? ';' : ',');
  }

  /** {@return what stands between fields} */
  public char delimiter() {
    return delimiter;
  }

  /**
   * {@return the fields of a line; without a quote by looking for delimiters, else by commons-csv}
   *
   * @param line one row, without the line's end
   * @throws RejectedException if the quotes do not match
   */
  public List<String> fields(String line) throws RejectedException {
    if (line.indexOf('"') < 0) {
      List<String> fields = new ArrayList<>(8);
      int from = 0;
      for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, from)) {
        fields.add(line.substring(from, at));
        from = at + 1;
      }
      fields.add(line.substring(from));
      return fields;
    }
    boolean isPart = delimiter != '\t' && line.chars().filter(c -> c == '"').count() % 2 == 1;
    try (CSVParser parser = format.parse(new StringReader(line))) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() == 1 && !isPart) {
        return records.get(0).toList();
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // Told below, without the parser's message: it quotes the line.
    }
    throw new RejectedException(RejectReason.MALFORMED, "the quotes of the row do not match");
  }

  /**
   * Adds a delimiter and a field, in quotes where it needs them. Line breaks become spaces, since a
   * row is one line.
   *
   * @param row to which is added
   * @param field any text; an empty one is written without quotes
   */
  public void addField(StringBuilder row, String field) {
    row.append(delimiter);
    boolean quoted = false;
    for (int i = 0; i < field.length() && !quoted; i++) {
      char c = field.charAt(i);
      quoted = c == delimiter || c == '"' || c == '\n' || c == '\r';
    }
    if (!quoted) {
      row.append(field);
      return;
    }
    row.append('"');
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      row.append(c == '\n' || c == '\r' ? ' ' : c);
      if (c == '"') {
        row.append('"');
      }
    }
    row.append('"');
  }

  /**
   * {@return the text without the mark that some programs put before UTF-8}
   *
   * @param text the first line of a file
   */
  public static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
  }
}
