package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.io.table.TsvLine;

/** The rows of {@code samples.tsv}. */
final class SampleTable extends DoFn<CohortTotals, String> {
  private static final long serialVersionUID = 1L;

  static final List<String> COLUMNS =
      List.of(
          ("sample,n_called,n_missing,n_partial,n_hom_ref,n_het,n_hom_alt,n_hap_ref,n_hap_alt,"
                  + "call_rate,n_snp,n_ins,n_del,n_mnp,n_complex,n_star,n_symbolic,n_ti,n_tv,ti_tv,"
                  + "het_hom,ins_del,n_singleton,n_private,f_inbreeding,dp_mean,dp_sd,gq_mean,gq_sd")
              .split(","));

  @Nullable private final PayloadHash pseudonyms;

  private final boolean known;

  SampleTable(@Nullable PayloadHash pseudonyms, boolean known) {
    this.pseudonyms = pseudonyms;
    this.known = known;
  }

  @ProcessElement
  public void process(@Element CohortTotals cohort, OutputReceiver<String> receiver) {
    for (SampleSummary sample : cohort.samples().summaries()) {
      receiver.output(line(sample));
    }
  }

  private String line(SampleSummary s) {
    TsvLine line =
        new TsvLine()
            .add(pseudonyms == null ? s.sample() : pseudonyms.pseudonym(s.sample()))
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
    return (known ? KnownColumns.add(line, s) : line).toString();
  }
}
