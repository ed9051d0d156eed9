package org.healthbeam.io.text;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.part.NameParts;
import org.healthbeam.io.part.WritePart;

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

  /**
   * {@return a transform that writes into {@code folder}, names ending in {@code suffix}}
   *
   * @param folder on any file system
   * @param suffix with its dot
   */
  public static WriteLines to(String folder, String suffix) {
    return new WriteLines(folder, suffix);
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    NameParts names = NameParts.in(folder, suffix);
    return lines
        .apply("Write", ParDo.of(new WritePart(names.partsFolder(), false)))
        .setCoder(StringUtf8Coder.of())
        .apply("Name", names);
  }
}
