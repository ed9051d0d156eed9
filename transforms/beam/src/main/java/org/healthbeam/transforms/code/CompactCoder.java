package org.healthbeam.transforms.code;

import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * A coder written by hand that tells the schema too: bytes stay compact, and {@code
 * Convert.toRows()} and all else that asks a collection for its schema works.
 */
abstract class CompactCoder<T> extends SchemaCoder<T> {
  private static final long serialVersionUID = 1L;

  CompactCoder(Class<T> type) {
    super(
        CodeSchemas.schema(type),
        TypeDescriptor.of(type),
        CodeSchemas.toRow(type),
        CodeSchemas.fromRow(type));
  }

  @Override
  public final void verifyDeterministic() {}

  @Override
  public final boolean consistentWithEquals() {
    return true;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof CompactCoder<?> coder
        && getEncodedTypeDescriptor().equals(coder.getEncodedTypeDescriptor());
  }

  @Override
  public final int hashCode() {
    return getEncodedTypeDescriptor().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }
}
