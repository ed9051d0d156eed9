package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.Objects;

/**
 * Some whole lines of a VCF, one after the other as they stand in the file, so that what an element
 * costs is paid once for many lines. Each file has at least one, even if it has no record.
 *
 * <p>It does not copy the bytes; nobody may change them. {@code toString} shows the place only.
 *
 * @param source the file
 * @param firstLine the number of the first line, from 1
 * @param header the file's header
 * @param bytes the lines, each ended by a line feed but perhaps the last
 */
@SuppressWarnings("ArrayRecordComponent")
public record VcfBlock(String source, long firstLine, VcfHeader header, byte[] bytes) {

  public VcfBlock {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(bytes, "bytes");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VcfBlock that
        && source.equals(that.source)
        && firstLine == that.firstLine
        && header.equals(that.header)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(source, firstLine, header) + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return source + ":" + firstLine;
  }
}
