package org.healthbeam.pipelines.monitorvitals;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code quality.tsv}. */
final class QualityLines extends DoFn<KV<QualityItem, Long>, String> {
  private static final long serialVersionUID = 1L;

  static final Columns COLUMNS = Columns.none().text("aspect,kind,item,detail").whole("n");

  @ProcessElement
  public void process(@Element KV<QualityItem, Long> count, OutputReceiver<String> out) {
    QualityItem item = count.getKey();
    out.output(
        new TsvLine()
            .add(item.aspect().code())
            .add(item.kind().kindName())
            .add(item.item())
            .add(item.detail())
            .add(count.getValue())
            .toString());
  }
}
