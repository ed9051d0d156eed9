package org.healthbeam.transforms.variant.join;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.join.VariantRevision;

/** What {@link JoinArrivingSamples} gives: every axis, revised as samples come and go. */
public final class SummaryRevisions implements POutput {
  private static final TupleTag<VariantRevision> VARIANTS =
      new TupleTag<VariantRevision>("variants") {
        private static final long serialVersionUID = 1L;
      };
  private static final TupleTag<TotalsRevision> TOTALS =
      new TupleTag<TotalsRevision>("totals") {
        private static final long serialVersionUID = 1L;
      };

  private final PCollection<VariantRevision> variants;
  private final PCollection<TotalsRevision> totals;

  SummaryRevisions(PCollection<VariantRevision> variants, PCollection<TotalsRevision> totals) {
    this.variants = variants;
    this.totals = totals;
  }

  /** {@return each alternate that is new, other or gone; of several the greatest revision holds} */
  public PCollection<VariantRevision> variants() {
    return variants;
  }

  /**
   * {@return the cohort with its samples, and the regions that are new, other or gone; the greatest
   * revision holds, of a region the greatest that has it}
   */
  public PCollection<TotalsRevision> totals() {
    return totals;
  }

  @Override
  public Pipeline getPipeline() {
    return variants.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(VARIANTS, variants, TOTALS, totals);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
