package org.healthbeam.io.text;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/** How a file is taken apart into records. */
public enum Framing {
  /** A record is a line. */
  LINES,
  /** A record is a top-level JSON value, over as many lines as it takes. */
  JSON_VALUES,
  /** A record is an HL7 v2 message, or a segment around messages. */
  MESSAGES,
  /** A record is a value of a Hadoop sequence file. */
  SEQUENCE,
  /** No text: one reject. */
  BINARY;

  private static final int SNIFFED = 1 << 16;
  private static final int BYTE_ORDER_MARK = 3;
  private static final int FIRST_SEGMENT = 64;

  /** Tells what the records of a file are; {@code in} is left where it was. */
  static Framing of(String name, boolean json, BufferedInputStream in) throws IOException {
    if (SequenceHeader.begins(in)) {
      return SEQUENCE;
    }
    if (looksBinary(in)) {
      return BINARY;
    }
    if (json) {
      return ofJson(name, in);
    }
    return bare(name).endsWith(".hl7") ? MESSAGES : ofText(in);
  }

  /** {@return the name in lower case, without the ending of a compression} */
  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bgz)$", "");
  }

  /** Tells whether a file is text; a NUL here and there is a broken line, not a binary file. */
  private static boolean looksBinary(BufferedInputStream in) throws IOException {
    in.mark(SNIFFED);
    byte[] start;
    try {
      start = in.readNBytes(SNIFFED);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException damaged) {
      // The lines before the damage can still be read; reading says where it is.
      start = new byte[0];
    }
    in.reset();
    int nuls = 0;
    for (byte b : start) {
      if (b == 0) {
        nuls++;
      }
    }
    return nuls > start.length / 100;
  }

  /** Tells HL7 v2 messages from lines; {@code in} is left where it was. */
  static Framing ofText(BufferedInputStream in) throws IOException {
    in.mark(SNIFFED);
    try {
      return MessageScanner.isMessages(in.readNBytes(FIRST_SEGMENT)) ? MESSAGES : LINES;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException damaged) {
      return LINES;
    } finally {
      in.reset();
    }
  }

  static boolean hasNul(byte[] record) {
    return ByteScan.first(record, (byte) 0, 0, record.length) >= 0;
  }

  /**
   * Tells NDJSON from JSON documents: by the name where it says so ({@code .ndjson}, {@code
   * .jsonl}), else by the first lines. It is NDJSON if the first line is a whole JSON object, or,
   * so that one broken line does not spoil a file, if one of the lines after it is one that begins
   * in the first column.
   *
   * @param in supports {@code mark}; is left where it was
   */
  static Framing ofJson(String name, BufferedInputStream in) throws IOException {
    String lower = bare(name);
    if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
      return LINES;
    }
    in.mark(SNIFFED);
    try {
      return ofJsonStart(in);
    } finally {
      in.reset();
    }
  }

  private static Framing ofJsonStart(InputStream in) throws IOException {
    byte[] start;
    try {
      start = in.readNBytes(SNIFFED);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException damaged) {
      return LINES;
    }
    LineScanner lines =
        new LineScanner(
            new ByteArrayInputStream(withoutByteOrderMark(start)), 0, 0, Integer.MAX_VALUE);
    boolean first = true;
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (isBlank(line)) {
        continue;
      }
      boolean cutByTheWindow =
          start.length == SNIFFED && lines.offset() >= start.length - BYTE_ORDER_MARK;
      if (line[0] == '{' && isWholeValue(line)) {
        return LINES;
      }
      if (first && line[0] == '{' && line.length > 2 && cutByTheWindow) {
        return LINES;
      }
      if (first && (line.length <= 2 || line[0] != '{')) {
        return JSON_VALUES;
      }
      first = false;
    }
    return JSON_VALUES;
  }

  /** {@return the bytes without the mark that some programs put before UTF-8} */
  static byte[] withoutByteOrderMark(byte[] text) {
    boolean marked =
        text.length >= BYTE_ORDER_MARK
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(text, BYTE_ORDER_MARK, text.length) : text;
  }

  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWholeValue(byte[] line) throws IOException {
    JsonScanner scanner = new JsonScanner(new ByteArrayInputStream(line), Integer.MAX_VALUE);
    return scanner.next() != null && !scanner.isCutOff() && scanner.next() == null;
  }
}
