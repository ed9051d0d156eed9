package org.healthbeam.pipelines.monitorvitals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.code.CodeMaps;

/**
 * Maps from local codes to LOINC.
 *
 * @param maps read and checked
 * @param tableSystem the system of the codes in tables, as the maps call it
 */
public record LocalCodes(CodeMaps maps, String tableSystem) {

  static Optional<LocalCodes> of(MonitorVitalsOptions options) throws UsageException {
    List<String> files = options.getMaps();
    if (files == null || files.isEmpty()) {
      return Optional.empty();
    }
    for (String file : files) {
      Location.requireFileSystem("maps", file);
    }
    try {
      return Optional.of(
          new LocalCodes(CodeMaps.find(files).read(), options.getCodeSystem().strip()));
    } catch (InvalidMapException e) {
      throw new UsageException("--maps: " + e.getMessage(), e);
    } catch (FileNotFoundException e) {
      throw new UsageException("--maps=" + e.getMessage(), e);
    } catch (IOException e) {
      throw new UsageException(
          "--maps=" + String.join(",", files) + " cannot be read: " + e.getMessage(), e);
    }
  }
}
