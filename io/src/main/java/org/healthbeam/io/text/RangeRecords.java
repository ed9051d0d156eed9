package org.healthbeam.io.text;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.transforms.outcome.InputWork;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.StageCount;

/**
 * Opens ranges of files, for a step that uses records where they are read: then no record has to
 * travel, and what a step costs is paid once for a range. A DoFn keeps one as a field.
 *
 * <pre>{@code
 * ReadJson json = ReadJson.from(patterns).rejectedTo(rejects);
 * PCollection<FileRanges> ranges = pipeline.apply("Find FHIR", json.ranges());
 * RangeRecords records = json.records();
 * // in a DoFn over the ranges
 * records.begin();
 * try (RecordCursor cursor = records.open(ranges, out.get(Outcomes.REJECTED))) {
 *   for (InputRecord each = cursor.next(); each != null; each = cursor.next()) {
 *     use(each);
 *   }
 * }
 * records.tell(out.get(Outcomes.COUNTED));
 * }</pre>
 */
public final class RangeRecords implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Outcomes outcomes;
  private final int recordLimit;

  RangeRecords(Outcomes outcomes, int recordLimit) {
    this.outcomes = outcomes;
    this.recordLimit = recordLimit;
  }

  /**
   * Opens ranges; what cannot be read of them goes to {@code rejected}.
   *
   * @param ranges of one file or more
   * @param rejected takes what cannot be read
   * @return a cursor before the first record
   */
  public RecordCursor open(FileRanges ranges, OutputReceiver<Rejected> rejected) {
    long work = ranges.ranges().stream().mapToLong(FileRange::weight).sum();
    return new RecordCursor(
        ranges.ranges(), recordLimit, new Counted(outcomes, outcomes.tally(), rejected, work));
  }

  /** Begins a piece of work whose counts are {@link #tell told}. */
  public void begin() {
    outcomes.begin();
  }

  /**
   * Emits what was counted since {@link #begin}, when what was opened is closed.
   *
   * @param counted takes the counts of the stage
   */
  public void tell(OutputReceiver<StageCount> counted) {
    outcomes.tell(counted);
  }

  private record Counted(
      Outcomes outcomes, Outcomes.Tally tally, OutputReceiver<Rejected> rejected, long work)
      implements RecordSink {
    @Override
    public void record(InputRecord record) {
      tally.in();
      tally.out();
    }

    @Override
    public void reject(RejectReason reason, String detail, InputRecord place) {
      tally.in();
      outcomes.reject(rejected, reason, detail, place.source(), place.position(), place.bytes());
    }

    @Override
    public void close() {
      tally.flush();
      InputWork.done(work);
    }
  }
}
