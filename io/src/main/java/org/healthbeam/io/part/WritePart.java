package org.healthbeam.io.part;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;

/**
 * Writes the lines of each bundle to a {@link PartFile} of its own; emits the file's name once it
 * is whole. A bundle that is repeated writes another file, and only one of the names is emitted.
 */
public final class WritePart extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final boolean bgzf;
  @Nullable private transient PartFile part;

  /** Writes text, or BGZF without an end marker. */
  public WritePart(String folder, boolean bgzf) {
    this.folder = folder;
    this.bgzf = bgzf;
  }

  @StartBundle
  public void startBundle() throws IOException {
    close();
    part = bgzf ? PartFile.bgzf(folder) : PartFile.plain(folder);
  }

  @ProcessElement
  public void process(@Element String lines) throws IOException {
    OutputStream out = part.out();
    out.write(lines.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    String name = part.finish();
    if (name != null) {
      context.output(name, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }

  /** After a bundle that failed, its file is still open. */
  @Teardown
  public void close() throws IOException {
    if (part != null) {
      part.close();
    }
  }
}
