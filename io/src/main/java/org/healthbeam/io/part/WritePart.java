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

  /**
   * Writes text, or BGZF without an end marker.
   *
   * @param folder of the parts
   * @param bgzf whether to compress
   */
  public WritePart(String folder, boolean bgzf) {
    this.folder = folder;
    this.bgzf = bgzf;
  }

  /**
   * Begins without a part; it is made when there is something to write.
   *
   * @throws IOException if there is no place for a part
   */
  @StartBundle
  public void startBundle() throws IOException {
    close();
    part = bgzf ? PartFile.bgzf(folder) : PartFile.plain(folder);
  }

  /**
   * Adds lines, each with its end, to the bundle's part.
   *
   * @param lines as they stand in the file
   * @throws IOException if the part cannot be written
   */
  @ProcessElement
  public void process(@Element String lines) throws IOException {
    OutputStream out = part.out();
    out.write(lines.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  /**
   * Ends the bundle's part and tells its name.
   *
   * @param context takes the part's name
   * @throws IOException if the part cannot be written
   */
  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    String name = part.finish();
    if (name != null) {
      context.output(name, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }

  /**
   * After a bundle that failed, its file is still open.
   *
   * @throws IOException if it cannot be closed
   */
  @Teardown
  public void close() throws IOException {
    if (part != null) {
      part.close();
    }
  }
}
