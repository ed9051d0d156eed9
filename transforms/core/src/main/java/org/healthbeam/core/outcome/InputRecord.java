package org.healthbeam.core.outcome;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One record as it was read, and where it stood: a line of a text file, a JSON document, a message.
 *
 * <p>It does not copy the bytes; nobody may change them. {@code toString} shows the place only.
 *
 * @param source the file, topic or other origin
 * @param position where in the source: a line number from 1, or {@code partition:offset}
 * @param bytes the content, without the line's end
 */
@SuppressWarnings("ArrayRecordComponent")
public record InputRecord(String source, String position, byte[] bytes) {

  /**
   * Refuses what is null; the bytes are not copied.
   *
   * @param source the file, topic or other origin
   * @param position where in the source: a line number from 1, or {@code partition:offset}
   * @param bytes the content, without the line's end
   */
  public InputRecord {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(bytes, "bytes");
  }

  /**
   * {@return a record of text, in UTF-8}
   *
   * @param source the file, topic or other origin
   * @param position where in the source: a line number from 1, or {@code partition:offset}
   * @param text the content, without the line's end
   */
  public static InputRecord ofText(String source, String position, String text) {
    return new InputRecord(source, position, text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the content as text, read as UTF-8} */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputRecord that
        && source.equals(that.source)
        && position.equals(that.position)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(source, position) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return source + ":" + position;
  }
}
