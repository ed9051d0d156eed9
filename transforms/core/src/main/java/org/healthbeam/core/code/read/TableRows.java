package org.healthbeam.core.code.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.code.InvalidMapException;

/**
 * The rows of a file of text in UTF-8, one after another. Comma-separated rows are read as RFC 4180
 * has them, tab-separated ones without quotes.
 */
final class TableRows {
  private TableRows() {}

  /** Takes the rows in the order of the file. */
  interface Visitor {
    /**
     * Takes one row; empty lines are left out.
     *
     * @param line in which it begins, from 1
     */
    void row(CSVRecord row, long line) throws InvalidMapException, IOException;
  }

  /** Takes the lines in the order of the file. */
  interface LineVisitor {
    /** Takes one line, from 1. */
    void line(String text, long line) throws InvalidMapException, IOException;
  }

  private interface Reading {
    void read(BufferedReader text) throws InvalidMapException, IOException;
  }

  /**
   * Shows all rows.
   *
   * @throws InvalidMapException if the file is not text in UTF-8 or a quote is wrong
   */
  static void read(InputStream table, char delimiter, String file, Visitor visitor)
      throws InvalidMapException, IOException {
    CSVFormat.Builder format =
        CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(false);
    if (delimiter == '\t') {
      format.setQuote(null);
    }
    asText(
        table,
        file,
        text -> {
          try (CSVParser rows = CSVParser.parse(text, format.get())) {
            visit(rows, file, visitor);
          }
        });
  }

  /**
   * Shows all lines, without their ends.
   *
   * @throws InvalidMapException if the file is not text in UTF-8
   */
  static void readLines(InputStream table, String file, LineVisitor visitor)
      throws InvalidMapException, IOException {
    asText(
        table,
        file,
        text -> {
          long number = 1;
          for (String line = text.readLine(); line != null; line = text.readLine()) {
            visitor.line(line, number++);
          }
        });
  }

  /** {@return the cell without a byte order mark, which the first cell of a file may begin with} */
  static String withoutMark(String cell) {
    return cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
  }

  private static void visit(CSVParser rows, String file, Visitor visitor)
      throws InvalidMapException, IOException {
    var iterator = rows.iterator();
    long line = 1;
    while (true) {
      CSVRecord row;
      try {
        if (!iterator.hasNext()) {
          return;
        }
        row = iterator.next();
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CSVException) {
          throw new InvalidMapException(
              file, "line " + rows.getCurrentLineNumber(), "is not CSV: a quote is wrong");
        }
        throw e;
      }
      if (row.size() != 1 || !row.get(0).isBlank()) {
        visitor.row(row, line);
      }
      line = rows.getCurrentLineNumber() + 1;
    }
  }

  private static void asText(InputStream in, String file, Reading reading)
      throws InvalidMapException, IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
      reading.read(text);
    } catch (CharacterCodingException e) {
      throw new InvalidMapException(file, "", "is not text in UTF-8");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new InvalidMapException(file, "", "is not text in UTF-8");
      }
      throw e.getCause();
    }
  }
}
