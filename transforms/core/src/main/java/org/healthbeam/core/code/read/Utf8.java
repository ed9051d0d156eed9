package org.healthbeam.core.code.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, with or without a byte order mark, and nothing else. */
final class Utf8 {
  private Utf8() {}

  /**
   * {@return a reader of the text after the byte order mark, which throws a {@link
   * java.nio.charset.CharacterCodingException} where the bytes are not UTF-8}
   */
  static BufferedReader reader(InputStream in) throws IOException {
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    text.mark(1);
    if (text.read() != 0xFEFF) {
      text.reset();
    }
    return text;
  }

  /** {@return whether a text has no half of a surrogate pair, which UTF-8 has no bytes for} */
  static boolean canEncode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
