package org.healthbeam.pipelines.monitorvitals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.io.FileSystems;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.transforms.vital.CsvHeaders;

/** Reads the header line of a table from the beginning of its file. */
final class FileHeaders implements CsvHeaders {
  private static final long serialVersionUID = 1L;

  @Override
  public String headerOf(String source) throws IOException {
    try (SniffedFile file = SniffedFile.open(FileSystems.matchSingleFileSpec(source).resourceId());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file.stream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && line.isBlank()) {
        line = lines.readLine();
      }
      return line == null ? "" : line;
    }
  }
}
