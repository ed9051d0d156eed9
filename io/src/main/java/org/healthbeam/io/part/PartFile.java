package org.healthbeam.io.part;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.healthbeam.io.bgzf.BgzfOutputStream;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * A part of a result, which a worker writes during one bundle: a file of its own in a temporary
 * folder, there from the first byte on. Whoever repeats a bundle begins another file; only the name
 * of one is told.
 */
public final class PartFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final String folder;
  private final String name;
  private final boolean bgzf;
  @Nullable private ResourceId file;
  @Nullable private OutputStream open;

  private PartFile(String folder, String name, boolean bgzf) {
    this.folder = folder;
    this.name = name;
    this.bgzf = bgzf;
  }

  /** Returns a part that is under way. */
  PartFile(OutputStream open) {
    this("", "", false);
    this.open = open;
  }

  /**
   * {@return a part of bytes as they are}
   *
   * @param folder of the parts
   */
  public static PartFile plain(String folder) {
    return new PartFile(folder, "", false);
  }

  /**
   * {@return a part of bytes as they are, which is written once}
   *
   * @param folder of the parts
   * @param name that no other has
   */
  public static PartFile named(String folder, String name) {
    return new PartFile(folder, name, false);
  }

  /**
   * {@return a part in BGZF without an end marker}
   *
   * @param folder of the parts
   */
  public static PartFile bgzf(String folder) {
    return new PartFile(folder, "", true);
  }

  /**
   * {@return where to write, open until {@link #finish}}
   *
   * @throws IOException if the file cannot be made
   */
  public OutputStream out() throws IOException {
    if (open == null) {
      file =
          NamedFiles.in(
              FileSystems.matchNewResource(folder, true),
              name.isEmpty() ? "part-" + UUID.randomUUID() : name);
      OutputStream bytes = ResultFiles.open(file, "text/plain");
      open = bgzf ? BgzfOutputStream.ofPart(bytes) : new BufferedOutputStream(bytes, BUFFER);
    }
    return open;
  }

  /**
   * Ends the part and returns its name; null if nothing was written.
   *
   * @return the name, below the folder; null if nothing was written
   * @throws IOException if the file cannot be written
   */
  @Nullable
  public String finish() throws IOException {
    if (open == null) {
      return null;
    }
    close();
    return file.toString();
  }

  /**
   * Leaves parts that failed: all of them, also where one cannot be closed.
   *
   * @param one may be null
   * @param other may be null
   * @throws IOException if one of them cannot be closed
   */
  public static void closeAll(@Nullable Closeable one, @Nullable Closeable other)
      throws IOException {
    try {
      if (one != null) {
        one.close();
      }
    } finally {
      if (other != null) {
        other.close();
      }
    }
  }

  /** Leaves a part that failed. */
  @Override
  public void close() throws IOException {
    OutputStream last = open;
    open = null;
    if (last != null) {
      last.close();
    }
  }
}
