package org.healthbeam.core.code.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.InvalidMapException;

/**
 * The concepts of CONCEPT, found by their number. What is known of a concept waits in a {@link
 * Spool}; in memory there are eight bytes for each, in a table that is three quarters full, and one
 * byte for marks.
 */
final class OmopConcepts implements Closeable {
  /** Where there is no concept. */
  static final int NONE = -1;

  private static final int CHUNK = 1 << 16;
  private static final int MAX_CELL = 1 << 14;
  private static final byte[] STANDARD = {'S'};

  /**
   * A concept.
   *
   * @param standard whether it is a standard concept
   * @param valid whether it has no invalid_reason
   * @param from first day of its validity
   * @param to last day
   */
  record Concept(
      int id,
      String vocabulary,
      String domain,
      String code,
      String name,
      boolean standard,
      boolean valid,
      int from,
      int to) {}

  private final String file;
  private final Spool spool = new Spool();
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<long[]> chunks = new ArrayList<>();
  private long n;
  private long[] slots = new long[0];
  private byte[] marks = new byte[0];

  private OmopConcepts(String file) throws IOException {
    this.file = file;
  }

  /** Reads all concepts; the stream is closed. */
  static OmopConcepts read(InputStream in, String file) throws InvalidMapException, IOException {
    OmopConcepts concepts = new OmopConcepts(file);
    try (TabbedRows rows = new TabbedRows(in, file)) {
      concepts.readAll(rows);
      return concepts;
    } catch (InvalidMapException | IOException | RuntimeException e) {
      concepts.close();
      throw e;
    }
  }

  private void readAll(TabbedRows rows) throws InvalidMapException, IOException {
    int id = rows.column("concept_id");
    int name = rows.column("concept_name");
    int domain = rows.column("domain_id");
    int vocabulary = rows.column("vocabulary_id");
    int standard = rows.column("standard_concept");
    int code = rows.column("concept_code");
    int start = rows.column("valid_start_date");
    int end = rows.column("valid_end_date");
    int reason = rows.column("invalid_reason");
    ByteBuffer entry = ByteBuffer.allocate(4 * MAX_CELL);
    while (rows.next()) {
      entry.clear();
      int number = rows.id(id, "concept_id");
      entry.putInt((int) rows.line());
      entry.put(
          (byte) ((rows.is(standard, STANDARD) ? 1 : 0) | (rows.length(reason) == 0 ? 2 : 0)));
      entry.putInt(rows.day(start, "valid_start_date")).putInt(rows.day(end, "valid_end_date"));
      entry.putInt(number(needed(rows, vocabulary, "vocabulary_id")));
      entry.putInt(number(rows.text(domain)));
      put(needed(rows, code, "concept_code"), rows, entry);
      put(rows.text(name), rows, entry);
      add(number, spool.add(entry.flip()));
    }
    spool.map();
    index();
  }

  private static String needed(TabbedRows rows, int column, String name)
      throws InvalidMapException {
    if (rows.length(column) == 0) {
      throw rows.refuse("has no " + name);
    }
    return rows.text(column);
  }

  private static void put(String text, TabbedRows rows, ByteBuffer entry)
      throws InvalidMapException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_CELL) {
      throw rows.refuse("has a cell of more than " + MAX_CELL + " bytes");
    }
    entry.putShort((short) bytes.length).put(bytes);
  }

  private int number(String word) {
    Integer number = numbers.get(word);
    if (number == null) {
      number = words.size();
      numbers.put(word, number);
      words.add(word);
    }
    return number;
  }

  private void add(int id, int place) {
    int at = (int) (n % CHUNK);
    if (at == 0) {
      chunks.add(new long[CHUNK]);
    }
    chunks.get(chunks.size() - 1)[at] = (long) id << 32 | (place & 0xffffffffL);
    n++;
  }

  private void index() throws InvalidMapException {
    slots = new long[Math.toIntExact(n + n / 3 + 1)];
    Arrays.fill(slots, -1);
    for (int c = 0; c < chunks.size(); c++) {
      long[] chunk = chunks.set(c, null);
      int size = (int) Math.min(CHUNK, n - (long) c * CHUNK);
      for (int i = 0; i < size; i++) {
        int id = (int) (chunk[i] >>> 32);
        int slot = slot(id);
        if (slots[slot] != -1) {
          throw new InvalidMapException(
              file,
              "line " + spool.at((int) chunk[i]).getInt(),
              "has the concept_id " + id + " of line " + spool.at((int) slots[slot]).getInt());
        }
        slots[slot] = chunk[i];
      }
    }
    chunks.clear();
    marks = new byte[slots.length];
  }

  /** {@return where a concept is, or where it would be} */
  private int slot(int id) {
    long hash = (id * 0x9E3779B9L) & 0xffffffffL;
    int slot = (int) ((hash * slots.length) >>> 32);
    while (slots[slot] != -1 && (int) (slots[slot] >>> 32) != id) {
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return slot;
  }

  /** {@return the place of a concept, or {@link #NONE}} */
  int find(int id) {
    int slot = slot(id);
    return slots[slot] == -1 ? NONE : slot;
  }

  /** {@return the concept at a place} */
  Concept at(int slot) {
    ByteBuffer in = spool.at((int) slots[slot]);
    in.getInt();
    int flags = in.get();
    int from = in.getInt();
    int to = in.getInt();
    String vocabulary = words.get(in.getInt());
    String domain = words.get(in.getInt());
    return new Concept(
        (int) (slots[slot] >>> 32),
        vocabulary,
        domain,
        text(in),
        text(in),
        (flags & 1) != 0,
        (flags & 2) != 0,
        from,
        to);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Marks a concept and returns the marks that it had. */
  int mark(int slot, int mark) {
    int before = marks[slot];
    marks[slot] = (byte) (before | mark);
    return before;
  }

  int marks(int slot) {
    return marks[slot];
  }

  long size() {
    return n;
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
