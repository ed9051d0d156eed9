package org.healthbeam.transforms.code;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.read.MapFiles;
import org.healthbeam.core.code.read.MapFormat;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * Files of maps on any Beam file system, by names and patterns. What has been found goes by its
 * name from then on, which is no pattern ({@link NamedFiles}).
 */
final class MapPaths {
  private MapPaths() {}

  /**
   * {@return the files that a pattern stands for: the one of this name, if there is one, before
   * what it matches}
   *
   * @throws InvalidMapException if the pattern is empty or names one file that is no map
   * @throws FileNotFoundException if it stands for none
   */
  static List<MatchResult.Metadata> find(String pattern) throws InvalidMapException, IOException {
    if (pattern.isBlank()) {
      // Taken for a folder, it would be the root of the file system.
      throw new InvalidMapException("the name of a file or folder of code maps is empty");
    }
    Optional<MatchResult.Metadata> named =
        NamedFiles.looksLikeGlob(pattern) ? NamedFiles.find(pattern) : Optional.empty();
    Map<String, MatchResult.Metadata> found =
        pattern.endsWith("/")
            ? Map.of()
            : named.isPresent()
                ? Map.of(named.get().resourceId().toString(), named.get())
                : match(pattern);
    if (found.size() == 1
        && found.values().iterator().next().sizeBytes() == 0
        && !NamedFiles.looksLikeGlob(pattern)) {
      // HDFS tells a folder as a file of no bytes.
      Map<String, MatchResult.Metadata> inside = match(pattern + "/*");
      found = inside.isEmpty() ? found : inside;
    }
    if (found.size() == 1 && (named.isPresent() || !NamedFiles.looksLikeGlob(pattern))) {
      String name = found.keySet().iterator().next();
      if (MapFormat.ofName(name).isEmpty()) {
        throw new InvalidMapException(name, "", "is none of " + MapFormat.NAMES);
      }
    }
    if (found.isEmpty()) {
      found = match(pattern.endsWith("/") ? pattern + "*" : pattern + "/*");
    }
    List<MatchResult.Metadata> maps =
        MapFiles.read(List.copyOf(found.keySet())).stream()
            .filter(name -> MapFormat.ofName(name).isPresent())
            .map(found::get)
            .toList();
    if (maps.isEmpty()) {
      throw new FileNotFoundException(
          found.isEmpty()
              ? pattern + ": no such file or folder"
              : pattern + ": none of the files is " + MapFormat.NAMES);
    }
    return maps;
  }

  private static Map<String, MatchResult.Metadata> match(String pattern) throws IOException {
    Map<String, MatchResult.Metadata> files = new LinkedHashMap<>();
    for (MatchResult.Metadata file :
        FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
      if (!file.resourceId().isDirectory()) {
        files.put(file.resourceId().toString(), file);
      }
    }
    return files;
  }
}
