package org.healthbeam.pipelines.summarizevariants;

import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.io.table.Cells;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/** The rows of {@code samples.tsv}. */
final class SampleTable extends DoFn<CohortTotals, String> {
  private static final long serialVersionUID = 1L;

  private static final Columns COLUMNS =
      Columns.none()
          .text("sample")
          .whole("n_called,n_missing,n_partial,n_hom_ref,n_het,n_hom_alt,n_hap_ref,n_hap_alt")
          .number("call_rate")
          .whole("n_snp,n_ins,n_del,n_mnp,n_complex,n_star,n_symbolic,n_ti,n_tv")
          .number("ti_tv,het_hom,ins_del")
          .whole("n_singleton,n_private")
          .number("f_inbreeding,dp_mean,dp_sd,gq_mean,gq_sd");

  @Nullable private final PayloadHash pseudonyms;

  private final boolean known;

  SampleTable(@Nullable PayloadHash pseudonyms, boolean known) {
    this.pseudonyms = pseudonyms;
    this.known = known;
  }

  /** Returns the columns. */
  static Columns columns(boolean known) {
    return KnownColumns.after(COLUMNS, known);
  }

  @ProcessElement
  public void process(@Element CohortTotals cohort, OutputReceiver<String> receiver) {
    for (SampleSummary sample : cohort.samples().summaries()) {
      TsvLine line = new TsvLine();
      row(line, sample, pseudonyms, known);
      receiver.output(line.toString());
    }
  }

  /** Adds the cells of a row. */
  static void row(Cells row, SampleSummary s, @Nullable PayloadHash pseudonyms, boolean known) {
    row.add(pseudonyms == null ? s.sample() : pseudonyms.pseudonym(s.sample()))
        .add(s.nCalled())
        .add(s.nMissing())
        .add(s.nPartial())
        .add(s.nHomRef())
        .add(s.nHet())
        .add(s.nHomAlt())
        .add(s.nHapRef())
        .add(s.nHapAlt())
        .add(s.callRate())
        .add(s.nSnp())
        .add(s.nIns())
        .add(s.nDel())
        .add(s.nMnp())
        .add(s.nComplex())
        .add(s.nStar())
        .add(s.nSymbolic())
        .add(s.nTi())
        .add(s.nTv())
        .add(s.tiTv())
        .add(s.hetHom())
        .add(s.insDel())
        .add(s.singletons())
        .add(s.privates())
        .add(s.inbreeding())
        .add(s.dpMean())
        .add(s.dpSd())
        .add(s.gqMean())
        .add(s.gqSd());
    if (known) {
      KnownColumns.add(row, s);
    }
  }
}
