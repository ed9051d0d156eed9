package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/**
 * Reads files of maps, each in its format, and those that belong together as one: a folder with
 * CONCEPT and CONCEPT_RELATIONSHIP or SOURCE_TO_CONCEPT_MAP is an {@link OmopVocabulary}.
 */
public final class MapFiles {
  private MapFiles() {}

  /**
   * Tells a sink what the files say.
   *
   * @param files each with its name, by which formats are told apart
   * @param sink takes all maps
   * @throws InvalidMapException if a file is none of the formats or breaks a rule of its own
   * @throws IOException if one cannot be read, or the sink cannot keep what it takes
   */
  public static void tell(List<? extends MapSource> files, MapSink sink)
      throws InvalidMapException, IOException {
    tell(files, LeftOut.nothing(), sink);
  }

  /**
   * Tells a sink what the files say, but for those in packages that are left out.
   *
   * @param files each with its name, by which formats are told apart
   * @param leftOut files of packages, to which may be added
   * @param sink takes all maps
   * @throws InvalidMapException if a file is none of the formats or breaks a rule of its own
   * @throws IOException if one cannot be read, or the sink cannot keep what it takes
   */
  public static void tell(List<? extends MapSource> files, LeftOut leftOut, MapSink sink)
      throws InvalidMapException, IOException {
    Map<String, Map<OmopTable, MapSource>> vocabularies = vocabularies(files);
    for (Map.Entry<String, Map<OmopTable, MapSource>> each : vocabularies.entrySet()) {
      OmopVocabulary.read(each.getKey(), each.getValue(), sink);
    }
    for (MapSource file : files) {
      if (vocabularies.containsKey(folder(file)) && OmopTable.ofName(file.path()).isPresent()) {
        continue;
      }
      MapFormat format =
          MapFormat.ofName(file.path())
              .orElseThrow(
                  () -> new InvalidMapException(file.path(), "", "is none of " + MapFormat.NAMES));
      try (InputStream in = file.open()) {
        format.read(in, file.path(), file.version(), leftOut, sink);
      }
    }
  }

  /**
   * {@return the files that are read: without the tables that Athena gives out beside those of a
   * vocabulary and that say nothing about mappings}
   *
   * @param paths of all files, with their folders
   */
  public static List<String> read(List<String> paths) {
    Set<String> vocabularies = new HashSet<>();
    for (String path : paths) {
      if (OmopTable.ofName(path).equals(Optional.of(OmopTable.CONCEPT))) {
        vocabularies.add(folder(path));
      }
    }
    return paths.stream()
        .filter(
            path ->
                !vocabularies.contains(folder(path))
                    || OmopTable.ofName(path).map(OmopTable::isRead).orElse(true))
        .toList();
  }

  /** {@return the files of OMOP vocabularies by their folders} */
  private static Map<String, Map<OmopTable, MapSource>> vocabularies(
      List<? extends MapSource> files) throws InvalidMapException {
    Map<String, Map<OmopTable, MapSource>> folders = new TreeMap<>();
    for (MapSource file : files) {
      Optional<OmopTable> table = OmopTable.ofName(file.path());
      if (table.isPresent()) {
        MapSource same =
            folders
                .computeIfAbsent(folder(file), f -> new EnumMap<>(OmopTable.class))
                .put(table.get(), file);
        if (same != null) {
          throw new InvalidMapException(
              file.path(), "", "is the table " + table.get() + ", and so is " + same.path());
        }
      }
    }
    folders
        .values()
        .removeIf(
            tables ->
                !tables.containsKey(OmopTable.CONCEPT)
                    || !(tables.containsKey(OmopTable.CONCEPT_RELATIONSHIP)
                        || tables.containsKey(OmopTable.SOURCE_TO_CONCEPT_MAP)));
    return folders;
  }

  private static String folder(MapSource file) {
    return folder(file.path());
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
