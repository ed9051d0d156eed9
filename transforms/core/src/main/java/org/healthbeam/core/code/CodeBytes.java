package org.healthbeam.core.code;

import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;

/** The exact bytes of a code, and their hash. */
final class CodeBytes {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private CodeBytes() {}

  /** {@return the code in UTF-8; null if a surrogate stands alone, which UTF-8 cannot say} */
  @Nullable
  static byte[] of(String code) {
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < code.length()
                && Character.isLowSurrogate(code.charAt(i + 1));
        if (!pair) {
          return null;
        }
        i++;
      }
    }
    return code.getBytes(StandardCharsets.UTF_8);
  }

  /** {@return the number by which entries are sorted; those of one number by the code} */
  static long order(long hash) {
    return hash >>> Integer.SIZE;
  }

  /** {@return 64 well mixed bits: FNV-1a with a final mix} Where a code is looked for, never it. */
  static long hash(byte[] code) {
    long hash = FNV_OFFSET;
    for (byte b : code) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
