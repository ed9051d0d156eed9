package org.healthbeam.pipelines.monitorvitals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.io.kafka.ReadMessages;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.vital.CsvHeaders;

/**
 * Reads the header line of a table from the beginning of its file. A message that is a row, of a
 * topic or of a sequence file, has the standard columns in their order.
 */
final class FileHeaders implements CsvHeaders {
  private static final long serialVersionUID = 1L;

  /** The source of rows from somewhere else, which have the published columns. */
  static final String ROWS = "beam:rows.csv";

  private final CsvColumns columns;

  FileHeaders(CsvColumns columns) {
    this.columns = columns;
  }

  @Override
  public String headerOf(String source) throws IOException {
    if (source.equals(ROWS)) {
      return CsvColumns.standard().standardRow();
    }
    if (source.startsWith(ReadMessages.SCHEME)) {
      return columns.standardRow();
    }
    try (SniffedFile file = SniffedFile.open(NamedFiles.get(source).resourceId());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file.stream(), StandardCharsets.UTF_8))) {
      if (file.isSequence()) {
        return columns.standardRow();
      }
      String line = lines.readLine();
      while (line != null && line.isBlank()) {
        line = lines.readLine();
      }
      return line == null ? "" : line;
    }
  }
}
