package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.junit.jupiter.api.Test;

class RecordParserTest {
  private static final String PULSE = "a,2110-01-01T00:00:00Z,heart_rate,60";

  private static RecordParser parser(CsvHeaders headers) throws Exception {
    RecordParser parser =
        new RecordParser(
            new ParseVitals.Settings(CsvColumns.standard(), "UTC", headers, null, null, ""));
    parser.setUp();
    return parser;
  }

  @Test
  void whatIsNeitherJsonNorMessageFromNoFileIsOfNoFormat() throws Exception {
    RecordParser noScheme =
        parser(
            source -> {
              throw new IllegalArgumentException("no file system");
            });
    RecordParser noFile =
        parser(
            source -> {
              throw new FileNotFoundException("no file");
            });
    for (String text : List.of("", "garbage", PULSE)) {
      InputRecord record = InputRecord.ofText("kafka://ward/0", "0:1", text);
      assertFalse(noScheme.parse(record, new ParsedVitals()), text);
      assertFalse(noFile.parse(record, new ParsedVitals()), text);
    }
    InputRecord named = InputRecord.ofText("gone.csv", "2", PULSE);
    assertThrows(IllegalStateException.class, () -> noFile.parse(named, new ParsedVitals()));
  }

  @Test
  void fileSystemThatFailsIsTriedAgain() throws Exception {
    RecordParser failing =
        parser(
            source -> {
              throw new IOException("reset");
            });
    InputRecord record = InputRecord.ofText("ward", "2", PULSE);
    assertThrows(UncheckedIOException.class, () -> failing.parse(record, new ParsedVitals()));
    RecordParser good = parser(source -> "subject,time,kind_or_code,value");
    ParsedVitals parsed = new ParsedVitals();
    assertTrue(good.parse(record, parsed));
    assertEquals(1, parsed.readings().size());
  }
}
