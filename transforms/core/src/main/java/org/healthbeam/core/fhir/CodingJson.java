package org.healthbeam.core.fhir;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.healthbeam.core.code.Coding;

/**
 * Writes a Coding as FHIR JSON, in the order of the specification. In real data few targets are
 * most of those that are added: what was written lately is kept in a bounded table. Safe for
 * several threads without locks, since what it holds never changes.
 */
final class CodingJson {
  private static final int PLACES = 1 << 10;

  /** Longer ones are not kept, so that the memory is bounded. */
  private static final int LONGEST = 512;

  @SuppressWarnings("ArrayRecordComponent")
  private record Written(Coding coding, byte[] json) {}

  private static final byte[] SYSTEM = bytes("{\"system\":\"");
  private static final byte[] VERSION = bytes("\",\"version\":\"");
  private static final byte[] CODE = bytes("\",\"code\":\"");
  private static final byte[] DISPLAY = bytes("\",\"display\":\"");
  private static final byte[] END = bytes("\"}");

  /** Threads may see old ones or none; each is whole, since its fields are final. */
  private final Written[] lately = new Written[PLACES];

  /** {@return what comes after the last coding of an array; nobody may change it} */
  byte[] toAppend(List<Coding> codings) {
    if (codings.size() == 1) {
      return toAppend(codings.get(0));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    for (Coding coding : codings) {
      out.writeBytes(toAppend(coding));
    }
    return out.toByteArray();
  }

  private byte[] toAppend(Coding coding) {
    int hash = coding.code().hashCode();
    int place = (hash ^ hash >>> 10 ^ hash >>> 20) & (PLACES - 1);
    Written known = lately[place];
    if (known != null && known.coding().equals(coding)) {
      return known.json();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.write(',');
    write(coding, out);
    byte[] json = out.toByteArray();
    if (json.length <= LONGEST) {
      lately[place] = new Written(coding, json);
    }
    return json;
  }

  private static void write(Coding coding, ByteArrayOutputStream out) {
    out.writeBytes(SYSTEM);
    text(coding.system(), out);
    if (!coding.version().isEmpty()) {
      out.writeBytes(VERSION);
      text(coding.version(), out);
    }
    out.writeBytes(CODE);
    text(coding.code(), out);
    if (!coding.display().isEmpty()) {
      out.writeBytes(DISPLAY);
      text(coding.display(), out);
    }
    out.writeBytes(END);
  }

  private static void text(String text, ByteArrayOutputStream out) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(
        needsNoEscape(plain) ? plain : JsonStringEncoder.getInstance().quoteAsUTF8(text));
  }

  /** {@return whether these are printable characters of ASCII without quote and backslash} */
  private static boolean needsNoEscape(byte[] text) {
    for (byte b : text) {
      if (b < ' ' || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
