package org.healthbeam.io.replay;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.stream.RecordTimes;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Replays the records of files as a stream that ends when the files do.
 *
 * <p>Output: unbounded, in the global window, each record with its earliest event time; one that
 * has none comes with the record before it. By default records come by event time, whatever their
 * order in the files, so that none is late; {@link #inOrder} can leave them as they stand. The
 * watermark follows event time alone, so years like 2150 are years like any other; after the last
 * record it is at the end of time. The clock only decides how soon a record is read: at {@link
 * #atSpeed} 60 an hour takes a minute, and a stretch of more than an hour without any record takes
 * no longer than an hour does.
 *
 * <p>Each worker first reads its files and sorts them, on its temporary disk, which must hold their
 * uncompressed bytes twice; memory is bounded (64 MB). Files are shared out among workers at full
 * speed; at a set speed one worker reads all, since there is one clock. A checkpoint is the number
 * of records read; a run that goes on from one needs the same files and fails if they are others.
 *
 * <p>Errors: as of {@link ReadLines}, in the same stage.
 *
 * <pre>{@code
 * PCollection<InputRecord> rows =
 *     pipeline.apply(
 *         "Replay",
 *         ReplayFiles.of(List.of("ward.csv"), List.of(), times)
 *             .atSpeed(new ReplaySpeed(60))
 *             .rejectedTo(rejects));
 * }</pre>
 */
public final class ReplayFiles extends PTransform<PBegin, PCollection<InputRecord>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<InputRecord> RECORDS =
      new TupleTag<InputRecord>("records") {
        private static final long serialVersionUID = 1L;
      };

  private final ReplaySource source;
  @Nullable private final transient Rejects rejects;

  private ReplayFiles(ReplaySource source, @Nullable Rejects rejects) {
    this.source = source;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that replays these files}
   *
   * @param lines names of files whose records are lines
   * @param json names of files whose records are JSON values
   * @param times tells the event time of a record
   */
  public static ReplayFiles of(List<String> lines, List<String> json, RecordTimes times) {
    List<ReplayedFile> files = new ArrayList<>();
    lines.stream().distinct().forEach(f -> files.add(new ReplayedFile(f, false)));
    json.stream().distinct().forEach(f -> files.add(new ReplayedFile(f, true)));
    return new ReplayFiles(ReplaySource.of(files, times), null);
  }

  /**
   * {@return a copy that lets event time pass so fast; the default is as fast as it goes}
   *
   * @param speed of event time, by the clock
   */
  public ReplayFiles atSpeed(ReplaySpeed speed) {
    return new ReplayFiles(source.atSpeed(speed), rejects);
  }

  /**
   * {@return a copy that gives the records in this order; the default is by event time}
   *
   * @param order of records
   */
  public ReplayFiles inOrder(ReplayOrder order) {
    return new ReplayFiles(source.inOrder(order), rejects);
  }

  /**
   * {@return a copy that sends what cannot be read there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public ReplayFiles rejectedTo(Rejects rejects) {
    return new ReplayFiles(source, rejects);
  }

  @Override
  public PCollection<InputRecord> expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, ReadLines.STAGE, "records", "");
    PCollectionTuple read =
        begin
            .apply("Replay", Read.from(source))
            .apply(
                "Account",
                ParDo.of(new AccountFn(outcomes))
                    .withOutputTags(RECORDS, TupleTagList.of(Outcomes.REJECTED)));
    Rejects.collect(rejects, read.get(Outcomes.REJECTED));
    return read.get(RECORDS).setCoder(InputRecordCoder.of());
  }

  static final class AccountFn extends DoFn<List<TimestampedValue<ReplayItem>>, InputRecord> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    AccountFn(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(
        @Element List<TimestampedValue<ReplayItem>> items, MultiOutputReceiver out) {
      for (TimestampedValue<ReplayItem> timestamped : items) {
        ReplayItem item = timestamped.getValue();
        outcomes.in();
        if (item.reason() == null) {
          outcomes.out();
          out.get(RECORDS).outputWithTimestamp(item.record(), timestamped.getTimestamp());
        } else {
          outcomes.reject(
              out.get(Outcomes.REJECTED),
              new RejectedException(item.reason(), item.detail()),
              item.record());
        }
      }
    }
  }
}
