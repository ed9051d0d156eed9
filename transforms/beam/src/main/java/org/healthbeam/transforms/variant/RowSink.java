package org.healthbeam.transforms.variant;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Takes summaries where they are made, so that none travels: what a runner holds then does not grow
 * with the number of sites.
 *
 * @param <T> what is told of an alternate
 */
public interface RowSink<T> extends Serializable {
  /** {@return what takes the rows of a bundle that begins} */
  Rows<T> begin();

  /** What one bundle makes; used by one thread. */
  interface Rows<T> extends Closeable {
    /**
     * Takes a row.
     *
     * @param row what is told of an alternate
     * @throws IOException if it cannot be written
     */
    void add(T row) throws IOException;

    /**
     * Ends the bundle. One that is repeated tells other names, and only those of one count.
     *
     * @return what is to be told of its rows, mostly the names of files; none if there was no row
     * @throws IOException if they cannot be written to the end
     */
    List<String> finish() throws IOException;

    /** Leaves a bundle that failed; does nothing after {@link #finish}. */
    @Override
    void close() throws IOException;
  }
}
