package org.healthbeam.io.part;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * Joins the parts of a file to one, as a {@link Layout} says; emits the folder that they are in,
 * which is then to be {@link RemoveParts removed}. An attempt that is repeated before the file is
 * whole writes all of it again under another name; one that is repeated later leaves it as it is,
 * since the parts may be gone.
 */
public final class JoinParts extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 20;

  /** How parts become a file. */
  public interface Layout extends Serializable {
    /**
     * Writes the file.
     *
     * @param parts what is told of each part, in no order
     * @param out stays open
     * @throws IOException if the parts cannot be read, or the file not be written
     */
    void write(List<String> parts, OutputStream out) throws IOException;
  }

  /** Parts one after the other. */
  public interface Concatenation extends Layout {
    /**
     * {@return what stands before the parts}
     *
     * @param parts what is told of each part, in no order
     * @throws IOException if the parts cannot be read
     */
    byte[] before(List<String> parts) throws IOException;

    /**
     * {@return the names of the parts' files, in the order in which they are joined}
     *
     * @param parts what is told of each part, in no order
     */
    List<String> files(List<String> parts);

    /** {@return what stands behind the parts} */
    byte[] after();

    @Override
    default void write(List<String> parts, OutputStream out) throws IOException {
      out.write(before(parts));
      byte[] buffer = new byte[BUFFER];
      for (String part : files(parts)) {
        try (ReadableByteChannel in = FileSystems.open(FileSystems.matchNewResource(part, false))) {
          if (in instanceof FileChannel file && out instanceof Whole whole) {
            whole.write(file);
            continue;
          }
          InputStream bytes = Channels.newInputStream(in);
          for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
            out.write(buffer, 0, n);
          }
        }
      }
      out.write(after());
    }
  }

  /** A file that is written; the system copies from disk to disk without this process. */
  private static final class Whole extends FilterOutputStream {
    private final WritableByteChannel channel;

    Whole(WritableByteChannel channel) {
      super(Channels.newOutputStream(channel));
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    /** Adds all of a file. */
    void write(FileChannel file) throws IOException {
      long size = file.size();
      long at = 0;
      while (at < size) {
        long n = file.transferTo(at, size - at, channel);
        if (n <= 0) {
          throw new EOFException("a part is shorter than it was");
        }
        at += n;
      }
    }
  }

  private final Layout layout;
  private final String folder;
  private final PCollectionView<List<String>> parts;

  /**
   * Joins what is in a folder.
   *
   * @param layout says which parts, and what stands before them
   * @param folder that the parts are in
   * @param parts what is told of each part
   */
  public JoinParts(Layout layout, String folder, PCollectionView<List<String>> parts) {
    this.layout = layout;
    this.folder = folder;
    this.parts = parts;
  }

  /**
   * Joins the parts to this file, and tells its name.
   *
   * @param file what stood there is replaced
   * @param receiver takes its name
   * @param context has what is told of the parts
   * @throws IOException if a part cannot be read, or the file not be written
   */
  @ProcessElement
  public void process(@Element String file, OutputReceiver<String> receiver, ProcessContext context)
      throws IOException {
    if (!PartFolder.isDone(file, folder)) {
      join(file, context.sideInput(parts));
      PartFolder.done(file, folder);
    }
    receiver.output(folder);
  }

  private void join(String file, List<String> told) throws IOException {
    ResourceId whole =
        FileSystems.matchNewResource(folder, true)
            .resolve("whole-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE);
    try {
      write(told, whole);
      FileSystems.rename(List.of(whole), List.of(FileSystems.matchNewResource(file, false)));
    } catch (IOException | RuntimeException e) {
      try {
        FileSystems.delete(List.of(whole), StandardMoveOptions.IGNORE_MISSING_FILES);
      } catch (IOException | RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private void write(List<String> told, ResourceId whole) throws IOException {
    try (OutputStream out = new Whole(ResultFiles.create(whole, "text/plain"))) {
      layout.write(told, out);
    }
  }
}
