package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * The names that a pipeline can write in an {@link OutputFolder}: its declared files, the parts in
 * its declared folders, and temporary ones. A table that is declared as both may be folders, {@code
 * table/key=value/part-00000.parquet}.
 */
final class ResultNames {
  /** What {@code WriteLines} and {@code WriteParts} call their files. */
  private static final Pattern PART = Pattern.compile("part-\\d{5,}(-of-\\d{5,})?(\\..*)?");

  /** A folder of a table that is parted. */
  private static final Pattern PARTITION = Pattern.compile("[^/]+/[a-z_]+=[^/]+");

  private final String folder;
  private final Optional<Path> local;
  private final Set<String> files =
      new TreeSet<>(Set.of(OutputFolder.RUN_FILE, PipelineRun.REPORT, OutputFolder.MARK));

  /** The folder itself, and those in it; names end in a slash. */
  private final Set<String> folders = new TreeSet<>(Set.of("", WriteRejected.FOLDER + "/"));

  /**
   * Returns those of a folder.
   *
   * @param local where it is on this machine's disk
   * @param outputs as {@link HealthPipeline#outputs} declares them
   */
  ResultNames(String folder, Optional<Path> local, Set<String> outputs) {
    this.folder = folder;
    this.local = local;
    outputs.forEach(o -> (o.endsWith("/") ? folders : files).add(o));
  }

  /** Returns all names there are that this pipeline can write. */
  NavigableMap<String, Long> list() throws IOException {
    NavigableMap<String, Long> found = new TreeMap<>();
    if (local.isPresent()) {
      for (String sub : folders) {
        listLocal(sub, found);
      }
    } else {
      List<String> patterns = new ArrayList<>(files);
      for (String sub : folders) {
        patterns.add(sub + OutputFolder.TEMPORARY + "*");
        patterns.add(sub + OutputFolder.TEMPORARY + "*/*");
        if (!sub.isEmpty()) {
          patterns.add(sub + "part-*");
        }
        if (isTable(sub)) {
          patterns.add(sub + "*=*");
          patterns.add(sub + "*=*/part-*");
        }
      }
      for (String pattern : patterns) {
        listRemote(pattern, found);
      }
    }
    found.keySet().removeIf(f -> !isOurs(f));
    return found;
  }

  /**
   * Looks into the one folder. Beam's local file system would search all that is below the parent
   * of a folder that does not exist, which may be the whole disk.
   */
  private void listLocal(String sub, NavigableMap<String, Long> found) throws IOException {
    Path path = local.orElseThrow().resolve(sub);
    if (!Files.isDirectory(path)) {
      return;
    }
    boolean isOnlyOurs = isTable(sub);
    for (Path entry : entries(path)) {
      String name = sub + entry.getFileName();
      if (Files.isRegularFile(entry)) {
        found.put(name, Files.size(entry));
        isOnlyOurs = false;
      } else if (isTemporary(name)) {
        found.put(name + "/", 0L);
      } else {
        isOnlyOurs &= isTable(sub) && listPartition(name, entry, found);
      }
    }
    if (isOnlyOurs && isFolder(withoutSlash(sub), found)) {
      found.put(withoutSlash(sub), 0L);
    }
  }

  /** Lists the folder itself too, as other file systems do, if there is nothing else in it. */
  private static boolean listPartition(String sub, Path path, Map<String, Long> found)
      throws IOException {
    if (!PARTITION.matcher(sub).matches() || !Files.isDirectory(path)) {
      return false;
    }
    boolean isOnlyOurs = true;
    for (Path entry : entries(path)) {
      if (PART.matcher(entry.getFileName().toString()).matches() && Files.isRegularFile(entry)) {
        found.put(sub + "/" + entry.getFileName(), Files.size(entry));
      } else {
        isOnlyOurs = false;
      }
    }
    if (isOnlyOurs) {
      found.put(sub, 0L);
    }
    return isOnlyOurs;
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Says whether a folder is a table that may as well be a file. */
  private boolean isTable(String sub) {
    return !sub.isEmpty() && files.contains(withoutSlash(sub));
  }

  private static String withoutSlash(String sub) {
    return sub.isEmpty() ? sub : sub.substring(0, sub.length() - 1);
  }

  /** Says whether what was listed is a folder of a table that is parted, or such a table. */
  static boolean isFolder(String name, NavigableMap<String, Long> found) {
    String inside = found.ceilingKey(name + "/");
    return PARTITION.matcher(name).matches() || (inside != null && inside.startsWith(name + "/"));
  }

  private void listRemote(String pattern, Map<String, Long> found) throws IOException {
    ResourceId all = FileSystems.matchNewResource(folder, true);
    String prefix = all.toString();
    for (MatchResult.Metadata file :
        FileSystems.match(prefix + pattern, EmptyMatchTreatment.ALLOW).metadata()) {
      String name = file.resourceId().toString();
      if (!file.resourceId().isDirectory() && name.startsWith(prefix)) {
        found.put(NamedFiles.nameIn(all, file.resourceId()), file.sizeBytes());
      }
    }
  }

  private boolean isOurs(String name) {
    int slash = name.indexOf('/') + 1;
    return files.contains(name)
        || isTemporary(name)
        || (slash > 0
            && folders.contains(name.substring(0, slash))
            && (PART.matcher(name.substring(slash)).matches()
                || (isTable(name.substring(0, slash)) && isInPartition(name))));
  }

  private static boolean isInPartition(String name) {
    int last = name.lastIndexOf('/');
    return PARTITION.matcher(name).matches()
        || (PARTITION.matcher(name.substring(0, last)).matches()
            && PART.matcher(name.substring(last + 1)).matches());
  }

  boolean isTemporary(String name) {
    return folders.stream().anyMatch(f -> name.startsWith(f + OutputFolder.TEMPORARY));
  }

  /** Says whether something temporary is in a folder that only runs of the pipeline write. */
  boolean isInFolder(String name) {
    return isTemporary(name) && !name.startsWith(OutputFolder.TEMPORARY);
  }

  /** Says whether something belongs to parts of a result; what lies in such a folder does too. */
  boolean isPart(String name) {
    if (name.equals(OutputFolder.COUNTS)) {
      return true;
    }
    return Stream.concat(files.stream(), folders.stream().filter(f -> !f.isEmpty()))
        .anyMatch(
            result -> {
              int begin = result.lastIndexOf('/', result.length() - 2) + 1;
              if (!name.startsWith(result.substring(0, begin))) {
                return false;
              }
              int end = name.indexOf('/', begin);
              return PartFolder.belongsTo(
                  name.substring(begin, end < 0 ? name.length() : end), result.substring(begin));
            });
  }
}
