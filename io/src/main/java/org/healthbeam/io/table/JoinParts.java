package org.healthbeam.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Joins text files to one, after a header line; emits what may be removed afterwards, the folder
 * last. An attempt that is repeated writes all of it again under another name.
 */
final class JoinParts extends DoFn<String, List<String>> {
  private static final long serialVersionUID = 1L;

  private final String header;
  private final String folder;
  private final PCollectionView<List<String>> parts;

  JoinParts(String header, String folder, PCollectionView<List<String>> parts) {
    this.header = header;
    this.folder = folder;
    this.parts = parts;
  }

  @ProcessElement
  public void process(
      @Element String file, OutputReceiver<List<String>> receiver, ProcessContext context)
      throws IOException {
    List<String> leftovers = new ArrayList<>(new TreeSet<>(context.sideInput(parts)));
    ResourceId whole =
        FileSystems.matchNewResource(folder, true)
            .resolve("whole-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE);
    try (OutputStream out = Channels.newOutputStream(FileSystems.create(whole, "text/plain"))) {
      out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
      for (String part : leftovers) {
        try (InputStream in =
            Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(part, false)))) {
          in.transferTo(out);
        }
      }
    }
    FileSystems.rename(List.of(whole), List.of(FileSystems.matchNewResource(file, false)));
    leftovers.add(folder);
    receiver.output(leftovers);
  }

  /** Removes files, and the folder that they were in. */
  static final class Remove extends DoFn<List<String>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element List<String> names) throws IOException {
      List<ResourceId> resources = new ArrayList<>();
      for (String name : names) {
        resources.add(FileSystems.matchNewResource(name, name.endsWith("/")));
      }
      FileSystems.delete(resources, StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
