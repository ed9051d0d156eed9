package org.healthbeam.io.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Takes a stream apart into HL7 v2 messages, each with the number of its first segment, from 1.
 *
 * <p>A message goes from MSH to the next MSH, to a segment of a batch or file (FHS, BHS, BTS, FTS;
 * HL7 v2.5.1, section 2.10.3), each of which is a record of its own, or to one of the bytes that
 * frame messages on a wire (MLLP: VT, FS). Segments end at CR, as the standard has it, at LF or at
 * both; in a record at CR. What stands outside of messages is returned as a record of its own, so
 * that nothing is passed over.
 */
final class MessageScanner implements RecordScanner {
  private static final int START_BLOCK = 0x0B;
  private static final int END_BLOCK = 0x1C;
  private static final int NAME_LENGTH = 3;
  private static final Set<String> ALONE = Set.of("FHS", "BHS", "BTS", "FTS");

  private final InputStream in;
  private final int limit;
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  @Nullable private byte[] pending;
  private boolean pendingBegins;
  private boolean inSegment;
  private int ahead = -1;
  private long segments;
  private long first;
  private long offset;
  private boolean segmentTooLong;
  private boolean tooLong;

  MessageScanner(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** {@return whether a file that begins with these bytes has messages} */
  static boolean isMessages(byte[] start) {
    byte[] text = Framing.withoutByteOrderMark(start);
    int at = 0;
    while (at < text.length && (text[at] == START_BLOCK || text[at] == '\r' || text[at] == '\n')) {
      at++;
    }
    if (at + NAME_LENGTH >= text.length) {
      return false;
    }
    String name = name(text, at);
    char separator = (char) text[at + NAME_LENGTH];
    return (name.equals("MSH") || name.equals("FHS") || name.equals("BHS"))
        && separator > ' '
        && separator < 0x7F
        && !Character.isLetterOrDigit(separator)
        && "_,;\"'-".indexOf(separator) < 0;
  }

  @Override
  public byte[] next() throws IOException {
    message = new ByteArrayOutputStream();
    tooLong = false;
    byte[] segment = take();
    while (segment != null && segment.length == 0 && !segmentTooLong) {
      segment = take();
    }
    if (segment == null) {
      return null;
    }
    first = segments;
    add(segment);
    String name = name(segment, 0);
    if (!ALONE.contains(name)) {
      boolean isMessage = name.equals("MSH");
      byte[] more = take();
      while (more != null && !pendingBegins && !begins(more, isMessage)) {
        add(more);
        more = take();
      }
      pending = more;
    }
    return tooLong ? new byte[0] : message.toByteArray();
  }

  private static boolean begins(byte[] segment, boolean inMessage) {
    String name = name(segment, 0);
    return name.equals("MSH") || ALONE.contains(name) || (!inMessage && segment.length == 0);
  }

  private void add(byte[] segment) {
    tooLong |= segmentTooLong || message.size() + segment.length > limit;
    if (tooLong) {
      message.reset();
    } else if (segment.length > 0) {
      message.writeBytes(segment);
      message.write('\r');
    }
  }

  private static String name(byte[] text, int at) {
    return text.length - at < NAME_LENGTH
        ? ""
        : new String(text, at, NAME_LENGTH, StandardCharsets.ISO_8859_1);
  }

  /** {@return the next segment, empty ones too; null at the end} */
  @Nullable
  private byte[] take() throws IOException {
    if (pending != null) {
      byte[] segment = pending;
      pending = null;
      pendingBegins = false;
      return segment;
    }
    pendingBegins = false;
    segmentTooLong = false;
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    int b = read();
    if (b < 0) {
      return null;
    }
    segments += inSegment ? 0 : 1;
    inSegment = false;
    while (b >= 0 && b != '\r' && b != '\n') {
      if (b == START_BLOCK || b == END_BLOCK) {
        if (segment.size() > 0) {
          ahead = b;
          offset--;
          inSegment = true;
          return text(segment);
        }
        pendingBegins = true;
      } else if (segment.size() >= limit) {
        segmentTooLong = true;
      } else {
        segment.write(b);
      }
      b = read();
    }
    if (b == '\r') {
      int after = read();
      if (after != '\n' && after >= 0) {
        ahead = after;
        offset--;
      }
    }
    return text(segment);
  }

  private byte[] text(ByteArrayOutputStream segment) {
    byte[] text = segment.toByteArray();
    return segments == 1 ? Framing.withoutByteOrderMark(text) : text;
  }

  private int read() throws IOException {
    int b = ahead >= 0 ? ahead : in.read();
    ahead = -1;
    if (b >= 0) {
      offset++;
    }
    return b;
  }

  @Override
  public long lineNumber() {
    return first;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public byte[] partial() {
    return message.toByteArray();
  }

  @Override
  public boolean isTooLong() {
    return tooLong;
  }
}
