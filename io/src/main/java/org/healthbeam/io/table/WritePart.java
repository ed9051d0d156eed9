package org.healthbeam.io.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.healthbeam.io.bgzf.BgzfOutputStream;

/**
 * Writes the lines of each bundle to a file of its own in a folder; emits the file's name once it
 * is whole. A bundle that is repeated writes another file, and only one of the names is emitted.
 */
final class WritePart extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 16;

  private final String folder;
  private final boolean bgzf;
  @Nullable private transient ResourceId file;
  @Nullable private transient OutputStream open;

  /** Writes text, or BGZF without an end marker. */
  WritePart(String folder, boolean bgzf) {
    this.folder = folder;
    this.bgzf = bgzf;
  }

  @StartBundle
  public void startBundle() throws IOException {
    close();
  }

  @ProcessElement
  public void process(@Element String lines) throws IOException {
    if (open == null) {
      file =
          FileSystems.matchNewResource(folder, true)
              .resolve("part-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE);
      OutputStream bytes = Channels.newOutputStream(FileSystems.create(file, "text/plain"));
      open = bgzf ? BgzfOutputStream.ofPart(bytes) : new BufferedOutputStream(bytes, BUFFER);
    }
    open.write(lines.getBytes(StandardCharsets.UTF_8));
    open.write('\n');
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    if (open != null) {
      close();
      context.output(file.toString(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }

  /** After a bundle that failed, its file is still open. */
  @Teardown
  public void close() throws IOException {
    OutputStream last = open;
    open = null;
    if (last != null) {
      last.close();
    }
  }
}
