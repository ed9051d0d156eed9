package org.healthbeam.transforms.row;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.lang.reflect.Method;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * A coder written by hand that tells the schema too: bytes stay compact, and {@code
 * Convert.toRows()} and all else that asks a collection for its schema works.
 *
 * <p>A subclass has one instance, which its static method {@code of()} returns; by its class alone
 * it travels to workers.
 */
public abstract class CompactCoder<T> extends SchemaCoder<T> {
  private static final long serialVersionUID = 1L;

  /**
   * Takes a type that has a {@link RowForm}.
   *
   * @param type of the values
   */
  protected CompactCoder(Class<T> type) {
    super(
        RowForms.of(type).schema(),
        TypeDescriptor.of(type),
        RowForms.toRow(type),
        RowForms.fromRow(type));
  }

  @Override
  public final void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
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

  /** {@return what stands for the coder where it is serialized: its class} */
  protected final Object writeReplace() {
    return new ByClass(getClass());
  }

  /** Stands for the one instance of a class. */
  private record ByClass(Class<?> coder) implements Serializable {
    private Object readResolve() throws ObjectStreamException {
      try {
        Method of = coder.getDeclaredMethod("of");
        of.setAccessible(true);
        return of.invoke(null);
      } catch (ReflectiveOperationException e) {
        InvalidObjectException invalid = new InvalidObjectException(coder + " has no method of()");
        invalid.initCause(e);
        throw invalid;
      }
    }
  }
}
