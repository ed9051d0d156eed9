package org.healthbeam.core.fhir;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * What must hold of a JSON text's bytes before it is parsed, and bringing it onto one line.
 *
 * <p>Sources: RFC 8259, 8.1 (UTF-8) and 8.2 (surrogates that stand alone); FHIR R4, "JSON
 * Representation": UTF-8.
 */
final class JsonBytes {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private JsonBytes() {}

  /**
   * Refuses what the parser would let through: bytes that are not UTF-8 or are another encoding of
   * Unicode, and escaped surrogates without their other half.
   *
   * @return whether it is on one line
   */
  static boolean check(byte[] json) throws RejectedException {
    boolean ascii = true;
    boolean oneLine = true;
    int n = json.length;
    for (int i = afterPlain(json, 0); i < n; i = afterPlain(json, i + 1)) {
      byte b = json[i];
      if (b < 0) {
        ascii = false;
      } else if (b == 0) {
        throw malformed("has a NUL byte; JSON is UTF-8 without it");
      } else if (b == '\\') {
        i = afterEscape(json, i);
      } else if (b == '\n' || b == '\r') {
        oneLine = false;
      }
    }
    if (!ascii && !isUtf8(json)) {
      throw malformed("is not UTF-8");
    }
    return oneLine;
  }

  /** Decodes piece by piece, since all at once would take twice the memory of the record. */
  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    return !result.isError();
  }

  /**
   * {@return the first index from {@code at} on at which something else may stand than ASCII from
   * the space on without the backslash} Eight bytes at a time: almost all text is that.
   */
  private static int afterPlain(byte[] json, int at) {
    int i = at;
    for (; i + Long.BYTES <= json.length; i += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(json, i);
      long slashes = eight ^ BACKSLASHES;
      // The high bit of a byte: set already, or borrowed by a control or by a backslash's zero.
      // Borrows go upward only, so the lowest one is where it says.
      long other = (eight | (eight - SPACES) | (slashes - ONES)) & HIGH_BITS;
      if (other != 0) {
        return i + Long.numberOfTrailingZeros(other) / Byte.SIZE;
      }
    }
    return i;
  }

  /** {@return the index of the last byte of the escape that begins at {@code at}} */
  private static int afterEscape(byte[] json, int at) throws RejectedException {
    if (at + 1 >= json.length || json[at + 1] != 'u') {
      return at + 1;
    }
    int unit = hex4(json, at + 2);
    if (unit < 0 || !Character.isSurrogate((char) unit)) {
      return at + 1;
    }
    boolean pair =
        Character.isHighSurrogate((char) unit)
            && at + 7 < json.length
            && json[at + 6] == '\\'
            && json[at + 7] == 'u';
    int other = pair ? hex4(json, at + 8) : -1;
    if (other < 0 || !Character.isLowSurrogate((char) other)) {
      throw malformed("has half of a surrogate pair");
    }
    return at + 11;
  }

  /** {@return the value of four hexadecimal digits, or -1, which the parser will complain about} */
  private static int hex4(byte[] json, int at) {
    if (at + 4 > json.length) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /**
   * {@return the text without a byte order mark and, if it has line ends, without any white space
   * between tokens} Line ends cannot stand inside a JSON string.
   *
   * @param oneLine whether it has no line ends
   */
  static byte[] onOneLine(byte[] json, boolean oneLine) {
    int start = 0;
    if (json.length >= 3
        && json[0] == (byte) 0xEF
        && json[1] == (byte) 0xBB
        && json[2] == (byte) 0xBF) {
      start = 3;
    }
    if (oneLine) {
      return start == 0 ? json : Arrays.copyOfRange(json, start, json.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
    boolean inString = false;
    for (int i = start; i < json.length; i++) {
      byte b = json[i];
      if (inString) {
        out.write(b);
        if (b == '\\' && i + 1 < json.length) {
          out.write(json[++i]);
        } else if (b == '"') {
          inString = false;
        }
      } else if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        out.write(b);
        inString = b == '"';
      } else if (separatesLiterals(out, json, i)) {
        // "1 2" is not JSON and must not become 12.
        out.write(' ');
      }
    }
    return out.toByteArray();
  }

  private static boolean separatesLiterals(ByteArrayOutputStream out, byte[] json, int at) {
    return out.size() > 0 && isLiteral(json[at - 1]) && nextIsLiteral(json, at);
  }

  private static boolean nextIsLiteral(byte[] json, int at) {
    int i = at;
    while (i < json.length
        && (json[i] == ' ' || json[i] == '\t' || json[i] == '\n' || json[i] == '\r')) {
      i++;
    }
    return i < json.length && isLiteral(json[i]);
  }

  private static boolean isLiteral(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '+'
        || b == '.';
  }

  private static RejectedException malformed(String what) {
    return new RejectedException(RejectReason.MALFORMED, what);
  }
}
