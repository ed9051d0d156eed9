package org.healthbeam.transforms.outcome;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.StageLedger;

/** Adds up what stages have told, by stage and outcome. */
final class SumCounts extends PTransform<PCollection<StageCount>, PCollection<StageCount>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<StageCount> expand(PCollection<StageCount> counts) {
    return counts
        .apply("By stage and outcome", ParDo.of(new Keyed()))
        .setCoder(
            KvCoder.of(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()), VarLongCoder.of()))
        .apply("Sum", Sum.longsPerKey())
        .apply("Counts", ParDo.of(new Counts()));
  }

  static final class OfRejects extends DoFn<Rejected, StageCount> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Rejected rejected, OutputReceiver<StageCount> receiver) {
      String outcome = StageLedger.REJECTED + rejected.reason().code();
      receiver.output(new StageCount(rejected.stage(), outcome, 1));
    }
  }

  private static final class Keyed extends DoFn<StageCount, KV<KV<String, String>, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element StageCount count, OutputReceiver<KV<KV<String, String>, Long>> receiver) {
      receiver.output(KV.of(KV.of(count.stage(), count.outcome()), count.n()));
    }
  }

  private static final class Counts extends DoFn<KV<KV<String, String>, Long>, StageCount> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<KV<String, String>, Long> sum, OutputReceiver<StageCount> receiver) {
      KV<String, String> key = sum.getKey();
      receiver.output(new StageCount(key.getKey(), key.getValue(), sum.getValue()));
    }
  }
}
