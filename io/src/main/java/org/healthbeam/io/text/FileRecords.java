package org.healthbeam.io.text;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.healthbeam.core.outcome.InputRecord;

/**
 * Reads one file from its beginning to its end, as {@link ReadLines} and {@link ReadJson} read it,
 * for those who need its records in their order.
 */
public final class FileRecords {
  private FileRecords() {}

  /**
   * Hands over all records of a file.
   *
   * @param file on any file system, compressed or not
   * @param json whether records are JSON values; otherwise they are lines
   * @param sink takes records, and what cannot be read
   * @throws IOException if the file system fails, or the sink does
   */
  public static void read(String file, boolean json, RecordSink sink) throws IOException {
    FileRange whole = FileRange.whole(file, framing(file, json), 0);
    try (RecordCursor records = new RecordCursor(List.of(whole), ReadFiles.RECORD_LIMIT, sink)) {
      InputRecord each = records.next();
      while (each != null) {
        each = records.next();
      }
    }
  }

  private static Framing framing(String file, boolean json) throws IOException {
    try (SniffedFile sniffed = SniffedFile.open(FileSystems.matchNewResource(file, false))) {
      return Framing.of(file, json, new BufferedInputStream(sniffed.stream(), 1 << 16));
    } catch (IOException damaged) {
      // Reading says what is wrong, with its place.
      return Framing.LINES;
    }
  }
}
