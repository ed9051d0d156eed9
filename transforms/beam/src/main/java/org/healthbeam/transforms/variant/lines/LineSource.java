package org.healthbeam.transforms.variant.lines;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VcfBlock;

/**
 * Opens parts of VCF files where they lie, so that no step carries lines that another scans.
 *
 * @param <P> what says where a part lies; small
 * @param <R> how the reading of a part went
 */
public interface LineSource<P, R> extends Serializable {

  /**
   * {@return what reads one part after the other, in one thread}
   *
   * @param wanted whose records alone are given; null for all
   */
  Opened<P, R> open(@Nullable List<Region> wanted);

  /** Takes blocks of lines. */
  @FunctionalInterface
  interface Blocks {
    /**
     * Takes a block, whose bytes may change as soon as this returns.
     *
     * @param block of whole lines
     * @return how many lines it has, the last one counted also where no line feed ends it
     */
    long take(VcfBlock block);
  }

  /** Reads parts, and holds what that needs. */
  interface Opened<P, R> extends AutoCloseable {
    /**
     * Gives all lines of a part, in order, and at last a block without lines.
     *
     * @param part that was found
     * @param blocks takes them
     * @return how it went; null if there is nothing to say
     * @throws IOException if the file system fails, so that the part can be tried again
     */
    @Nullable
    R read(P part, Blocks blocks) throws IOException;

    @Override
    void close();
  }
}
