package org.healthbeam.io.text;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.transforms.outcome.Outcomes;

/** Makes each record of some ranges an element. */
final class ReadRange extends DoFn<FileRanges, InputRecord> {
  private static final long serialVersionUID = 1L;
  static final TupleTag<InputRecord> RECORDS =
      new TupleTag<InputRecord>("records") {
        private static final long serialVersionUID = 1L;
      };

  private final RangeRecords records;

  ReadRange(RangeRecords records) {
    this.records = records;
  }

  @ProcessElement
  public void process(@Element FileRanges ranges, MultiOutputReceiver out) throws IOException {
    OutputReceiver<InputRecord> receiver = out.get(RECORDS);
    records.begin();
    try (RecordCursor cursor = records.open(ranges, out.get(Outcomes.REJECTED))) {
      for (InputRecord each = cursor.next(); each != null; each = cursor.next()) {
        receiver.output(each);
      }
    }
    records.tell(out.get(Outcomes.COUNTED));
  }
}
