package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code gaps.tsv}. */
final class GapLines extends DoFn<ReadingGaps, String> {
  private static final long serialVersionUID = 1L;

  static final Columns COLUMNS =
      Columns.none()
          .text("subject,kind")
          .time("first,last")
          .whole("hours,hours_with_reading,longest_gap_s")
          .time("gap_from");

  @ProcessElement
  public void process(@Element ReadingGaps gaps, OutputReceiver<String> out) {
    out.output(
        new TsvLine()
            .add(gaps.subject())
            .add(gaps.kind().kindName())
            .add(gaps.first())
            .add(gaps.last())
            .add(gaps.hours())
            .add(gaps.hoursWithReading())
            .add(gaps.longestGap().toSeconds())
            .add(gaps.gapFrom())
            .toString());
  }
}
