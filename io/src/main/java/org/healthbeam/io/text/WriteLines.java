package org.healthbeam.io.text;

import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes lines into a folder, as many files as the runner likes: {@code
 * part-00000-of-00003.ndjson}.
 *
 * <p>Input: a bounded collection in the global window, in no order. A file is there when it is
 * whole, or not at all.
 */
public final class WriteLines extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final String suffix;

  private WriteLines(String folder, String suffix) {
    this.folder = folder;
    this.suffix = suffix;
  }

  /** Writes into {@code folder}, names ending in {@code suffix}. */
  public static WriteLines to(String folder, String suffix) {
    return new WriteLines(folder, suffix);
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    return lines.apply(
        "Write",
        TextIO.write()
            .to(folder.endsWith("/") ? folder + "part" : folder + "/part")
            .withSuffix(suffix));
  }
}
