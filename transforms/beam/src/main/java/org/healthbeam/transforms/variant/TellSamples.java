package org.healthbeam.transforms.variant;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SampleSummary;

/** What {@link Variants#samples} describes. */
public final class TellSamples
    extends PTransform<PCollection<CohortTotals>, PCollection<SampleSummary>> {
  private static final long serialVersionUID = 1L;

  private TellSamples() {}

  static TellSamples create() {
    return new TellSamples();
  }

  @Override
  public PCollection<SampleSummary> expand(PCollection<CohortTotals> cohorts) {
    return cohorts.apply("Tell", ParDo.of(new TellFn())).setCoder(SampleSummaryCoder.of());
  }

  private static final class TellFn extends DoFn<CohortTotals, SampleSummary> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element CohortTotals cohort, OutputReceiver<SampleSummary> receiver) {
      cohort.samples().summaries().forEach(receiver::output);
    }
  }
}
