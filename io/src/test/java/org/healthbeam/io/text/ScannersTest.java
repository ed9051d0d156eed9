package org.healthbeam.io.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ScannersTest {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @Property
  void linesAreThoseOfAPlainSplitHoweverTheStreamIsServed(
      @ForAll @Chars({'a', 'b', '\n'}) @StringLength(max = 200) String text,
      @ForAll @IntRange(min = 1, max = 7) int step)
      throws IOException {
    LineScanner scanner = new LineScanner(new Dripping(text, step), 0, 0, NO_LIMIT);
    List<String> lines = new ArrayList<>();
    long offset = 0;
    for (byte[] line = scanner.next(); line != null; line = scanner.next()) {
      lines.add(new String(line, UTF_8));
      assertEquals(lines.size(), scanner.lineNumber());
      offset = scanner.offset();
    }
    List<String> expected = new ArrayList<>(List.of(text.split("\n", -1)));
    if (expected.get(expected.size() - 1).isEmpty()) {
      expected.remove(expected.size() - 1);
    }
    assertEquals(expected, lines);
    assertEquals(text.length(), offset);
  }

  @Test
  void carriageReturnBelongsToTheEndOfTheLine() throws IOException {
    assertEquals(List.of("a", "b\rc", ""), all(lines("a\r\nb\rc\r\n\r\n", NO_LIMIT)));
  }

  @Test
  void aLinePastTheLimitIsPassedOverAndTheNextOneIsRead() throws IOException {
    LineScanner scanner = lines("x".repeat(200_000) + "\nshort\n", 100);
    assertEquals(0, scanner.next().length);
    assertTrue(scanner.isTooLong());
    assertEquals("short", new String(scanner.next(), UTF_8));
    assertEquals(2, scanner.lineNumber());
    assertTrue(!scanner.isTooLong());
  }

  @Test
  void jsonValuesAreFoundOverManyLinesWithTheLineWhereTheyBegin() throws IOException {
    String text = "\n{\n \"a\": \"}\\\"\"\n}\n[1,\n2] {\"b\":{}}\nnonsense {\n{}";
    JsonScanner scanner = new JsonScanner(stream(text), NO_LIMIT);
    List<String> values = new ArrayList<>();
    List<Long> at = new ArrayList<>();
    for (byte[] value = scanner.next(); value != null; value = scanner.next()) {
      values.add(new String(value, UTF_8));
      at.add(scanner.lineNumber());
    }
    assertEquals(
        List.of("{\n \"a\": \"}\\\"\"\n}", "[1,\n2]", "{\"b\":{}}", "nonsense {", "{}"), values);
    assertEquals(List.of(2L, 5L, 6L, 7L, 8L), at);
  }

  @Test
  void aValueWithoutItsEndIsCutOff() throws IOException {
    JsonScanner scanner = new JsonScanner(stream("{\"a\": ["), NO_LIMIT);
    scanner.next();
    assertTrue(scanner.isCutOff());
  }

  @Test
  void aBrokenValueDoesNotTakeThoseAfterItAlong() throws IOException {
    assertEquals(
        List.of(
            "{\n \"a\": {\n \"b\": 1\n", "{\n \"c\": \"open,\n", "{\n \"d\": [\n{},\n{}\n]}", "{}"),
        all(
            new JsonScanner(
                stream(
                    "{\n \"a\": {\n \"b\": 1\n{\n \"c\": \"open,\n{\n \"d\": [\n{},\n{}\n]}\n{}\n"),
                NO_LIMIT)));
  }

  @Test
  void missingRightsAreToldFromAFileSystemThatMayAnswerLater() {
    assertTrue(
        new FileSystemException(new FileNotFoundException("x (Permission denied)"))
            .isNoPermission());
    assertTrue(new FileSystemException(new AccessDeniedException("x")).isNoPermission());
    assertFalse(
        new FileSystemException(new FileNotFoundException("x (Too many open files)"))
            .isNoPermission());
    assertFalse(new FileSystemException(new IOException("reset")).isNoPermission());
  }

  @Test
  void framingFollowsFromTheFirstLines() throws IOException {
    assertEquals(Framing.LINES, framing("x.json", "{\"a\":1}\n{\"a\":2}\n"));
    assertEquals(Framing.LINES, framing("x.json", "{\"broken\n{\"a\":2}\n"));
    assertEquals(Framing.LINES, framing("x.ndjson.gz", "{\n"));
    assertEquals(Framing.JSON_VALUES, framing("x.json", "{\n  \"a\": 1\n}\n"));
    assertEquals(Framing.JSON_VALUES, framing("x.json", "[\n{\"a\": 1}\n]\n"));
    assertEquals(Framing.JSON_VALUES, framing("x.json", ""));
    assertEquals(Framing.LINES, framing("x.json", "{\"a\":\"" + "y".repeat(100_000) + "\"}\n{}\n"));
  }

  @Test
  void nameSaysThatAFileHasMessagesWhateverItBeginsWith() throws IOException {
    for (String start : List.of(" MSH|^~\\&|", "# a note\rMSH|^~\\&|", "OBX|1\r", "")) {
      for (String name : List.of("a.hl7", "a.HL7.gz", "a.hl7.bgz")) {
        assertEquals(
            Framing.MESSAGES,
            Framing.of(name, false, new BufferedInputStream(stream(start))),
            name + start);
      }
      assertEquals(
          Framing.LINES, Framing.of("a.txt", false, new BufferedInputStream(stream(start))));
    }
  }

  private static Framing framing(String name, String text) throws IOException {
    return Framing.ofJson(name, new BufferedInputStream(stream(text)));
  }

  private static List<String> all(RecordScanner scanner) throws IOException {
    List<String> records = new ArrayList<>();
    for (byte[] record = scanner.next(); record != null; record = scanner.next()) {
      records.add(new String(record, UTF_8));
    }
    return records;
  }

  private static LineScanner lines(String text, int limit) {
    return new LineScanner(stream(text), 0, 0, limit);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Serves a few bytes at a time, as a network does. */
  private static final class Dripping extends ByteArrayInputStream {
    private final int step;

    Dripping(String text, int step) {
      super(text.getBytes(UTF_8));
      this.step = step;
    }

    @Override
    public synchronized int read(byte[] bytes, int from, int length) {
      return super.read(bytes, from, Math.min(step, length));
    }
  }
}
