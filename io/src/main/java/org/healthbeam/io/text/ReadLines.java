package org.healthbeam.io.text;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Reads the lines of text files as {@link InputRecord}s with file and line number.
 *
 * <p>A file that begins as HL7 v2 does (MSH, FHS or BHS and a separator) is read message by message
 * instead, each with the number of its first segment. Of a Hadoop sequence file (version 6; values
 * {@code Text} or {@code BytesWritable}; not compressed, or by deflate, gzip, bzip2 or Snappy, by
 * record or block) the values are read, each with its offset in the file, or that of its block, a
 * colon and its number there; it is cut at its markers, and a damaged record is one reject.
 *
 * <p>Input: names or globs on any Beam file system; plain, gzip and BGZF are told apart by their
 * bytes. Output: a bounded collection in the global window, one element for each line that is not
 * blank, in no order. Plain files are split into ranges; the line numbers do not depend on how.
 *
 * <p>Errors: a file that ends inside its compressed data, damaged data, binary content and lines
 * past the limit become rejects of the stage "Read files"; what stands before the damage is read. A
 * pattern without a match and a file system that fails are exceptions, so that the runner tries
 * again or the run fails: nothing is passed over in silence.
 *
 * <pre>{@code
 * PCollection<InputRecord> lines =
 *     pipeline.apply("Read lines", ReadLines.from(List.of("data/*.csv")).rejectedTo(rejects));
 * }</pre>
 */
public final class ReadLines extends PTransform<PBegin, PCollection<InputRecord>> {
  private static final long serialVersionUID = 1L;

  /** The stage that counts what is read, also in {@link ReadJson}. */
  public static final String STAGE = "Read files";

  private final List<String> patterns;
  @Nullable private final transient Rejects rejects;

  private ReadLines(List<String> patterns, @Nullable Rejects rejects) {
    this.patterns = List.copyOf(patterns);
    this.rejects = rejects;
  }

  /**
   * {@return a transform that reads the files that match any of these names or globs; a file that
   * matches twice, once}
   *
   * @param patterns on any file system
   */
  public static ReadLines from(List<String> patterns) {
    return new ReadLines(patterns, null);
  }

  /**
   * {@return a copy that sends what cannot be read there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public ReadLines rejectedTo(Rejects rejects) {
    return new ReadLines(patterns, rejects);
  }

  @Override
  public PCollection<InputRecord> expand(PBegin begin) {
    return begin
        .apply("Patterns", Create.of(patterns).withCoder(StringUtf8Coder.of()))
        .apply("Read", new ReadFiles(false, rejects));
  }

  /**
   * {@return only the ranges of the files, for a step that reads and uses the lines in one with
   * {@link #records}; spread over the workers, each range once}
   */
  public PTransform<PBegin, PCollection<FileRanges>> ranges() {
    return new ReadFiles.Ranges(patterns, false);
  }

  /**
   * {@return what opens the {@link #ranges}; it counts as this transform does, so not beside it}
   */
  public RangeRecords records() {
    return new ReadFiles(false, rejects).records();
  }
}
