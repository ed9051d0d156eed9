package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code summaries.tsv}. */
final class SummaryLines extends DoFn<VitalSummary, String> {
  private static final long serialVersionUID = 1L;

  /** The first and the last value may be words. */
  static final Columns COLUMNS =
      Columns.none()
          .text("subject,kind,unit")
          .time("window_start,window_end")
          .whole("revision")
          .flag("final")
          .whole("n")
          .number("mean,sd,min,max")
          .text("first,last")
          .number("twa,slope_per_h,p05,p50,p95,coverage,max_gap_s")
          .whole("n_implausible,n_duplicate");

  @ProcessElement
  public void process(@Element VitalSummary s, OutputReceiver<String> out) {
    TsvLine line =
        new TsvLine()
            .add(s.subject())
            .add(s.kind().kindName())
            .add(s.kind().unit())
            .add(s.windowStart())
            .add(s.windowEnd())
            .add(s.revision())
            .add(s.isFinal())
            .add(s.n())
            .add(s.mean())
            .add(s.sd())
            .add(s.min())
            .add(s.max());
    addValue(line, s.kind(), s.first());
    addValue(line, s.kind(), s.last());
    out.output(
        line.add(s.twa())
            .add(s.slopePerHour())
            .add(s.p05())
            .add(s.p50())
            .add(s.p95())
            .add(s.coverage())
            .add(s.maxGapSeconds())
            .add(s.nImplausible())
            .add(s.nDuplicate())
            .toString());
  }

  private static void addValue(TsvLine line, VitalKind kind, double value) {
    if (kind.isCoded()) {
      line.add(kind.display(value));
    } else {
      line.add(value);
    }
  }
}
