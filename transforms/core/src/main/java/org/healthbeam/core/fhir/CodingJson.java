package org.healthbeam.core.fhir;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.healthbeam.core.code.Coding;

/** Writes a Coding as FHIR JSON, in the order of the specification. */
final class CodingJson {
  private static final byte[] SYSTEM = bytes("{\"system\":\"");
  private static final byte[] VERSION = bytes("\",\"version\":\"");
  private static final byte[] CODE = bytes("\",\"code\":\"");
  private static final byte[] DISPLAY = bytes("\",\"display\":\"");
  private static final byte[] END = bytes("\"}");

  private CodingJson() {}

  /** Returns what comes after the last coding of an array. */
  static byte[] toAppend(List<Coding> codings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    for (Coding coding : codings) {
      out.write(',');
      write(coding, out);
    }
    return out.toByteArray();
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

  /** Returns whether these are printable characters of ASCII without quote and backslash. */
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
