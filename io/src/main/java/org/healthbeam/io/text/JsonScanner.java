package org.healthbeam.io.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes a stream apart into its top-level JSON values (RFC 8259), which may stretch over many
 * lines, with the line at which each begins.
 *
 * <p>It only counts brackets outside strings; whether a value is JSON is for its parser to say. So
 * that a broken value does not take those after it along, a line that begins with a brace begins a
 * new value wherever a value inside the old one cannot stand. What stands between values and is not
 * white space is returned, line by line, as a record of its own, so that nothing is passed over.
 */
final class JsonScanner implements RecordScanner {
  private final InputStream in;
  private final int limit;
  private long line = 1;
  private long start = 1;
  private long offset;
  private boolean tooLong;
  private boolean cutOff;
  private int pushedBack = -1;
  private ByteArrayOutputStream value = new ByteArrayOutputStream();

  JsonScanner(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  @Override
  public byte[] next() throws IOException {
    value = new ByteArrayOutputStream();
    tooLong = false;
    cutOff = false;
    int first = skipSpace();
    start = line;
    if (first < 0) {
      return null;
    }
    append(first);
    if (first == '{' || first == '[') {
      readBalanced();
    } else {
      readRestOfLine();
    }
    return tooLong ? new byte[0] : value.toByteArray();
  }

  private int skipSpace() throws IOException {
    int b = read();
    if (offset == 1 && b == 0xEF) {
      // A byte order mark; what else begins with this byte is no JSON either.
      in.skipNBytes(2);
      offset += 2;
      b = read();
    }
    while (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
      b = read();
    }
    return b;
  }

  private void readBalanced() throws IOException {
    int depth = 1;
    int before = '{';
    boolean lineBegins = false;
    boolean inString = false;
    boolean escaped = false;
    boolean broken = false;
    while (depth > 0) {
      int b = read();
      if (b < 0) {
        cutOff = true;
        return;
      }
      if (b == '{' && lineBegins && (broken || !mayPrecedeValue(before))) {
        pushedBack = b;
        offset--;
        return;
      }
      append(b);
      lineBegins = b == '\n';
      if (inString && b == '\n') {
        // No JSON string has a line feed (RFC 8259, section 7): its end is missing.
        broken = true;
        inString = false;
      } else if (inString) {
        if (escaped) {
          escaped = false;
        } else if (b == '\\') {
          escaped = true;
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      if (b > ' ') {
        before = b;
      }
    }
  }

  private static boolean mayPrecedeValue(int before) {
    return before == '[' || before == ',' || before == ':';
  }

  private void readRestOfLine() throws IOException {
    int b = read();
    while (b >= 0 && b != '\n') {
      append(b);
      b = read();
    }
  }

  private int read() throws IOException {
    int b = pushedBack >= 0 ? pushedBack : in.read();
    pushedBack = -1;
    if (b >= 0) {
      offset++;
    }
    if (b == '\n') {
      line++;
    }
    return b;
  }

  private void append(int b) {
    if (value.size() >= limit) {
      tooLong = true;
    } else {
      value.write(b);
    }
  }

  @Override
  public long lineNumber() {
    return start;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public byte[] partial() {
    return value.toByteArray();
  }

  @Override
  public boolean isTooLong() {
    return tooLong;
  }

  @Override
  public boolean isCutOff() {
    return cutOff;
  }
}
