package org.healthbeam.transforms.variant;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a row has beside its columns, where these do not tell all: the bytes of the value. */
final class StoredBytes {
  private StoredBytes() {}

  /** Writes a value. */
  @FunctionalInterface
  interface Written {
    void to(DataOutput out) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  interface Read<T> {
    T from(DataInput in) throws IOException;
  }

  static byte[] of(Written value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      value.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(byte[] bytes, Read<T> value) {
    try {
      return value.from(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
