package org.healthbeam.core.variant.vcf;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import javax.annotation.Nullable;

/** Finds fields by the bytes of their keys. */
final class FieldTable {
  private final byte[][] keys;
  private final Field[] fields;
  private final int mask;

  FieldTable(Collection<Field> all) {
    int size = Integer.highestOneBit(Math.max(8, 4 * all.size()));
    keys = new byte[size][];
    fields = new Field[size];
    mask = size - 1;
    for (Field field : all) {
      byte[] key = field.id().getBytes(StandardCharsets.UTF_8);
      int slot = place(hash(key, 0, key.length));
      while (fields[slot] != null) {
        slot = (slot + 1) & mask;
      }
      keys[slot] = key;
      fields[slot] = field;
    }
  }

  private static int hash(byte[] b, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash(hash, b[i]);
    }
    return hash;
  }

  /** {@return the hash of a key with one byte more, from 0 for none} */
  static int hash(int before, byte next) {
    return 31 * before + next;
  }

  private int place(int hash) {
    return (hash ^ (hash >>> 15)) & mask;
  }

  /** {@return how many places there are} */
  int size() {
    return fields.length;
  }

  /** {@return the place of the field with this key and its hash, or -1 if there is none} */
  int find(byte[] b, int from, int to, int hash) {
    int slot = place(hash);
    while (fields[slot] != null) {
      if (isKey(keys[slot], b, from, to)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private static boolean isKey(byte[] key, byte[] b, int from, int to) {
    if (key.length != to - from) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (key[i] != b[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** {@return the field at a place} */
  @Nullable
  Field at(int slot) {
    return fields[slot];
  }
}
