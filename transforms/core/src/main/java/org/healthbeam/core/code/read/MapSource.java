package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;

/** A file of maps, wherever it is. */
public interface MapSource {
  /** {@return its full name} */
  String path();

  /** {@return the version of maps in it that state none: a digest of its bytes} */
  String version();

  /**
   * Opens it from the beginning; may be called again.
   *
   * @return its bytes, to be closed by whoever asked
   * @throws IOException if it cannot be opened
   */
  InputStream open() throws IOException;
}
