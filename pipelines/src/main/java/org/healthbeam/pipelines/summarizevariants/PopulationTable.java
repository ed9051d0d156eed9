package org.healthbeam.pipelines.summarizevariants;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.HardyWeinberg;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.io.table.Cells;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The rows of {@code populations.tsv}. */
final class PopulationTable extends DoFn<PopulationSummary, String> {
  private static final long serialVersionUID = 1L;

  static final Columns COLUMNS =
      Columns.none()
          .text("contig")
          .whole("pos")
          .text("ref,alt,population")
          .whole("n_called,n_missing,n_partial,n_hom_ref,n_het,n_hom_alt,n_hap_ref,n_hap_alt,ac,an")
          .number("af,maf,het_expected,f_inbreeding,p_hwe,p_hwe_midp,p_excess_het");

  @ProcessElement
  public void process(@Element PopulationSummary p, OutputReceiver<String> receiver) {
    TsvLine line = new TsvLine();
    row(line, p);
    receiver.output(line.toString());
  }

  /** Adds the cells of a row. */
  static void row(Cells line, PopulationSummary p) {
    HardyWeinberg hwe = p.hardyWeinberg();
    line.add(p.contig())
        .add(p.pos())
        .add(p.ref())
        .add(p.alt())
        .add(p.population())
        .add(p.nCalled())
        .add(p.nMissing())
        .add(p.nPartial())
        .add(p.nHomRef())
        .add(p.nHet())
        .add(p.nHomAlt())
        .add(p.nHapRef())
        .add(p.nHapAlt())
        .add(p.ac())
        .add(p.an())
        .add(p.af())
        .add(p.maf())
        .add(hwe.expectedHet())
        .add(hwe.inbreeding())
        .add(hwe.exact())
        .add(hwe.midP())
        .add(hwe.excessHet());
  }
}
