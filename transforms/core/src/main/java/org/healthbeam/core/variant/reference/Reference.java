package org.healthbeam.core.variant.reference;

import java.io.IOException;
import java.io.Serializable;

/**
 * Where something large is that all records are seen against; it travels to the workers in place of
 * the thing itself, which each JVM loads once.
 *
 * @param <T> what it is; not changed by anybody once it is loaded
 */
public interface Reference<T> extends Serializable {
  /**
   * {@return it, loading it if nobody in this JVM has}
   *
   * @throws IOException if it cannot be read here
   */
  T load() throws IOException;
}
