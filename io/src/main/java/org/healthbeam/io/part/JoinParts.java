package org.healthbeam.io.part;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the parts of a file to one, as a {@link Layout} says; emits the folder that they are in,
 * which may be removed afterwards. An attempt that is repeated writes all of it again under another
 * name.
 */
public final class JoinParts extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(JoinParts.class);

  /** How parts become a file. */
  public interface Layout extends Serializable {
    /** Returns what stands before the parts. */
    byte[] before(List<String> parts) throws IOException;

    /** Returns the names of the parts' files, in the order in which they are joined. */
    List<String> files(List<String> parts);

    /** Returns what stands behind the parts. */
    byte[] after();
  }

  private final Layout layout;
  private final String folder;
  private final PCollectionView<List<String>> parts;

  /**
   * Joins what is in a folder.
   *
   * @param parts what is told of each part
   */
  public JoinParts(Layout layout, String folder, PCollectionView<List<String>> parts) {
    this.layout = layout;
    this.folder = folder;
    this.parts = parts;
  }

  @ProcessElement
  public void process(@Element String file, OutputReceiver<String> receiver, ProcessContext context)
      throws IOException {
    ResourceId whole =
        FileSystems.matchNewResource(folder, true)
            .resolve("whole-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE);
    try {
      join(context.sideInput(parts), whole);
      FileSystems.rename(List.of(whole), List.of(FileSystems.matchNewResource(file, false)));
    } catch (IOException | RuntimeException e) {
      try {
        FileSystems.delete(List.of(whole), StandardMoveOptions.IGNORE_MISSING_FILES);
      } catch (IOException | RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    receiver.output(folder);
  }

  private void join(List<String> told, ResourceId whole) throws IOException {
    try (OutputStream out = Channels.newOutputStream(FileSystems.create(whole, "text/plain"))) {
      out.write(layout.before(told));
      for (String part : layout.files(told)) {
        try (InputStream in =
            Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(part, false)))) {
          copy(in, out);
        }
      }
      out.write(layout.after());
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
  }

  /**
   * Removes a folder with all files in it, also those of attempts that died. The table is whole by
   * then, so what cannot be removed is a warning and no failure.
   */
  public static final class Remove extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String folder) {
      remove(folder);
    }
  }

  /** Removes a folder with all files in it; what cannot be removed is a warning. */
  public static void remove(String folder) {
    try {
      List<ResourceId> files =
          FileSystems.match(folder + "*", EmptyMatchTreatment.ALLOW).metadata().stream()
              .map(MatchResult.Metadata::resourceId)
              .filter(file -> !file.isDirectory())
              .toList();
      FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
      FileSystems.delete(
          List.of(FileSystems.matchNewResource(folder, true)),
          StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The temporary folder {} could not be removed", folder, e);
    }
  }
}
