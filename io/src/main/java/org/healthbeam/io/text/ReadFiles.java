package org.healthbeam.io.text;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/** Reads the records of the files that match patterns; what {@link ReadLines} describes. */
final class ReadFiles extends PTransform<PCollection<String>, PCollection<InputRecord>> {
  private static final long serialVersionUID = 1L;
  private static final long RANGE_BYTES = 16L << 20;
  static final int RECORD_LIMIT = 256 << 20;

  private final boolean json;
  private final long rangeBytes;
  private final int recordLimit;
  @Nullable private final transient Rejects rejects;

  ReadFiles(boolean json, @Nullable Rejects rejects) {
    this(json, rejects, RANGE_BYTES, RECORD_LIMIT);
  }

  ReadFiles(boolean json, @Nullable Rejects rejects, long rangeBytes, int recordLimit) {
    this.json = json;
    this.rejects = rejects;
    this.rangeBytes = rangeBytes;
    this.recordLimit = recordLimit;
  }

  @Override
  public PCollection<InputRecord> expand(PCollection<String> patterns) {
    PCollectionTuple read =
        patterns
            .apply("Plan ranges", ranges())
            .apply(
                "Read ranges",
                ParDo.of(new ReadRange(records()))
                    .withOutputTags(
                        ReadRange.RECORDS,
                        TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED)));
    Rejects.collect(rejects, read);
    return read.get(ReadRange.RECORDS).setCoder(InputRecordCoder.of());
  }

  /** {@return what takes the files apart into what one worker reads} */
  PlanRanges ranges() {
    return new PlanRanges(json, rangeBytes);
  }

  /** {@return what opens the ranges, and declares the stage} */
  RangeRecords records() {
    return new RangeRecords(Outcomes.declare(rejects, ReadLines.STAGE, "records", ""), recordLimit);
  }

  /** The ranges of the files that match patterns. */
  static final class Ranges extends PTransform<PBegin, PCollection<FileRanges>> {
    private static final long serialVersionUID = 1L;

    private final List<String> patterns;
    private final boolean json;

    Ranges(List<String> patterns, boolean json) {
      this.patterns = patterns;
      this.json = json;
    }

    @Override
    public PCollection<FileRanges> expand(PBegin begin) {
      return begin
          .apply("Patterns", Create.of(patterns).withCoder(StringUtf8Coder.of()))
          .apply("Plan ranges", new ReadFiles(json, null).ranges());
    }
  }
}
