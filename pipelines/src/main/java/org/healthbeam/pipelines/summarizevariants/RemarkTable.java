package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.core.variant.vcf.Remark;
import org.healthbeam.io.table.TsvLine;

/** The rows of {@code remarks.tsv}: the rules that a file breaks though nothing is rejected. */
final class RemarkTable extends DoFn<KV<String, FileRemarks>, String> {
  private static final long serialVersionUID = 1L;

  static final List<String> COLUMNS =
      List.of("source", "line", "column", "rule", "severity", "detail", "clause", "n_lines");

  @ProcessElement
  public void process(@Element KV<String, FileRemarks> file, OutputReceiver<String> receiver) {
    // A copy, since what comes in is not to be changed, and asking brings it in order.
    for (Remark remark : file.getValue().copy().all()) {
      receiver.output(
          new TsvLine()
              .add(file.getKey())
              .add(remark.line())
              .add(remark.column() == 0 ? "" : Integer.toString(remark.column()))
              .add(remark.rule().name().toLowerCase(Locale.ROOT))
              .add(remark.rule().severity().name().toLowerCase(Locale.ROOT))
              .add(remark.rule().text())
              .add("VCF " + remark.rule().clause())
              .add(remark.n())
              .toString());
    }
  }
}
