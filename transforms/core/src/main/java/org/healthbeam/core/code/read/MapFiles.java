package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/** Reads files of maps, each in its format, and those that belong together as one. */
public final class MapFiles {
  private MapFiles() {}

  /**
   * Tells a sink what the files say.
   *
   * @throws InvalidMapException if a file is none of the formats or breaks a rule of its own
   */
  public static void tell(List<? extends MapSource> files, MapSink sink)
      throws InvalidMapException, IOException {
    for (MapSource file : files) {
      MapFormat format =
          MapFormat.ofName(file.path())
              .orElseThrow(
                  () -> new InvalidMapException(file.path(), "", "is none of " + MapFormat.NAMES));
      try (InputStream in = file.open()) {
        format.read(in, file.path(), file.version(), sink);
      }
    }
  }
}
