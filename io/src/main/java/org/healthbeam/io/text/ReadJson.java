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
 * Reads the JSON values of files as {@link InputRecord}s: each line of NDJSON, or each document of
 * a file that holds whole ones over many lines (RFC 8259).
 *
 * <p>Which of the two a file is follows from its name ({@code .ndjson}, {@code .jsonl}) or its
 * first lines. The position is the line at which the value begins. The content is not parsed here.
 * All else is as in {@link ReadLines}; documents are not split.
 *
 * <pre>{@code
 * PCollection<InputRecord> resources =
 *     pipeline.apply("Read FHIR", ReadJson.from(List.of("export/*.ndjson")).rejectedTo(rejects));
 * }</pre>
 */
public final class ReadJson extends PTransform<PBegin, PCollection<InputRecord>> {
  private static final long serialVersionUID = 1L;

  private final List<String> patterns;
  @Nullable private final transient Rejects rejects;

  private ReadJson(List<String> patterns, @Nullable Rejects rejects) {
    this.patterns = List.copyOf(patterns);
    this.rejects = rejects;
  }

  /**
   * {@return a transform that reads the files that match any of these names or globs; a file that
   * matches twice, once}
   *
   * @param patterns on any file system
   */
  public static ReadJson from(List<String> patterns) {
    return new ReadJson(patterns, null);
  }

  /**
   * {@return a copy that sends what cannot be read there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public ReadJson rejectedTo(Rejects rejects) {
    return new ReadJson(patterns, rejects);
  }

  @Override
  public PCollection<InputRecord> expand(PBegin begin) {
    return begin
        .apply("Patterns", Create.of(patterns).withCoder(StringUtf8Coder.of()))
        .apply("Read", new ReadFiles(true, rejects));
  }

  /**
   * {@return only the ranges of the files, for a step that reads and uses the records in one with
   * {@link #records}; spread over the workers, each range once}
   */
  public PTransform<PBegin, PCollection<FileRanges>> ranges() {
    return new ReadFiles.Ranges(patterns, true);
  }

  /**
   * {@return what opens the {@link #ranges}; it counts as this transform does, so not beside it}
   */
  public RangeRecords records() {
    return new ReadFiles(true, rejects).records();
  }
}
