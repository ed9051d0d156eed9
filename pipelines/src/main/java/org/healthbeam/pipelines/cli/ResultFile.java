package org.healthbeam.pipelines.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.UsageException;

/**
 * The file of a command's result, on any Beam file system: it appears when it is whole, or not at
 * all, and several that write the same at once leave that of one of them.
 */
final class ResultFile {
  private static final String OPTION = "output";

  private final String name;

  /** What writes the content. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private ResultFile(String name) {
    this.name = name;
  }

  /** Checks, before any work, that a file of this name can be written. */
  static ResultFile of(String name) throws UsageException {
    if (name.isBlank() || name.endsWith("/")) {
      throw new UsageException("--" + OPTION + "=" + name + " is not the name of a file");
    }
    Location.requireFileSystem(OPTION, name);
    ResourceId target = FileSystems.matchNewResource(name, false);
    if (target.getScheme().equals("file")) {
      Path path = Path.of(target.toString());
      Path folder = path.toAbsolutePath().getParent();
      if (Files.isDirectory(path)) {
        throw new UsageException("--" + OPTION + "=" + name + " is a folder");
      }
      if (!Files.isDirectory(folder)) {
        throw new UsageException("--" + OPTION + "=" + name + ": there is no folder " + folder);
      }
    }
    return new ResultFile(name);
  }

  /** Writes the file; what stood there is replaced. */
  void write(String type, Content content) throws IOException {
    ResourceId unfinished =
        FileSystems.matchNewResource(name + "." + UUID.randomUUID() + ".unfinished", false);
    boolean done = false;
    try {
      try (OutputStream out = Channels.newOutputStream(FileSystems.create(unfinished, type))) {
        content.writeTo(out);
      }
      FileSystems.rename(List.of(unfinished), List.of(FileSystems.matchNewResource(name, false)));
      done = true;
    } finally {
      if (!done) {
        FileSystems.delete(List.of(unfinished), StandardMoveOptions.IGNORE_MISSING_FILES);
      }
    }
  }
}
