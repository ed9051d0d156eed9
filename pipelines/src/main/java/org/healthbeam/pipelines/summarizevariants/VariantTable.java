package org.healthbeam.pipelines.summarizevariants;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.io.table.Cells;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/**
 * The rows of {@code variants.tsv}. Many rows make one element, so that what an element costs is
 * paid once for many rows.
 */
final class VariantTable extends DoFn<VariantSummary, String> {
  private static final long serialVersionUID = 1L;

  /** An element has about this many characters. */
  private static final int ELEMENT = 1 << 16;

  private static final Columns COLUMNS =
      Columns.none()
          .text("contig")
          .whole("pos")
          .text("id,ref,alt,type,filter")
          .number("qual")
          .whole("n_called,n_missing,n_partial,n_hom_ref,n_het,n_hom_alt,n_hap_ref,n_hap_alt,ac,an")
          .number("af,maf,call_rate,het_expected,f_inbreeding,p_hwe,p_hwe_midp,p_excess_het")
          .number("dp_mean,dp_sd,dp_min,dp_max,gq_mean,gq_sd,gq_min,gq_max");

  private final boolean known;
  private transient TsvLine rows;

  VariantTable(boolean known) {
    this.known = known;
  }

  /** Returns the columns; the last says {@code known} or {@code novel} if that is asked for. */
  static Columns columns(boolean known) {
    return known ? COLUMNS.text("novelty") : COLUMNS;
  }

  @StartBundle
  public void startBundle() {
    rows = new TsvLine();
  }

  @ProcessElement
  public void process(@Element VariantSummary v, OutputReceiver<String> receiver) {
    if (rows.length() > 0) {
      rows.next();
    }
    row(rows, v, known);
    if (rows.length() >= ELEMENT) {
      receiver.output(rows.toString());
      rows.clear();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    if (rows.length() > 0) {
      context.output(rows.toString(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }

  /** Adds the cells of a row. */
  static void row(Cells line, VariantSummary v, boolean known) {
    HardyWeinberg hwe = v.hardyWeinberg();
    line.add(v.contig())
        .add(v.pos())
        .add(v.id())
        .add(v.ref())
        .add(v.alt())
        .add(v.type().label())
        .add(v.filter())
        .add(v.qual())
        .add(v.nCalled())
        .add(v.nMissing())
        .add(v.nPartial())
        .add(v.nHomRef())
        .add(v.nHet())
        .add(v.nHomAlt())
        .add(v.nHapRef())
        .add(v.nHapAlt())
        .add(v.ac())
        .add(v.an())
        .add(v.af())
        .add(v.maf())
        .add(v.callRate())
        .add(hwe.expectedHet())
        .add(hwe.inbreeding())
        .add(hwe.exact())
        .add(hwe.midP())
        .add(hwe.excessHet());
    add(line, v.depth(), 1);
    add(line, v.quality(), VariantSummary.QUALITY_SCALE);
    if (known) {
      line.add(v.novelty().label());
    }
  }

  private static void add(Cells line, Moments moments, int scale) {
    line.add(moments.mean(scale))
        .add(moments.sd(scale))
        .add(moments.min(scale))
        .add(moments.max(scale));
  }
}
