package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.core.code.InvalidMapException;
import org.joda.time.Instant;

/**
 * What can be seen of the files of maps without reading them.
 *
 * @param text equal as long as no file is seen to have changed
 * @param isSettled whether a change after this look would be seen; a file that was written just now
 *     may be written again with the same size and time
 */
record MapListing(String text, boolean isSettled) {
  /** Longer than the steps in which file systems tell time. */
  private static final long STEP_MILLIS = 3_000;

  /**
   * Looks at the files.
   *
   * @param now or somewhat earlier: what was written after it is not settled
   */
  static MapListing of(List<String> patterns, Instant now) throws InvalidMapException, IOException {
    long before = now.getMillis() - STEP_MILLIS;
    boolean settled = true;
    TreeMap<String, String> files = new TreeMap<>();
    for (String pattern : patterns) {
      for (MatchResult.Metadata file : MapPaths.find(pattern)) {
        long modified = file.lastModifiedMillis();
        // A file system that does not tell the time says 0.
        settled &= modified > 0 && modified < before;
        files.put(file.resourceId().toString(), file.sizeBytes() + " " + modified);
      }
    }
    return new MapListing(files.toString(), settled);
  }
}
