package org.healthbeam.transforms.vital.window;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalSummary;

/**
 * Keys the rows of windows by what a sink upserts them by: subject, kind, window start and end. Of
 * the rows with one key the one with the greatest revision holds ({@link VitalSummary#newest}), so
 * that rows may be written in any order, and again after a restart.
 *
 * <p>Input: summaries, bounded or not, in any windows. Output: as many, in the same windows.
 *
 * <pre>{@code
 * PCollection<KV<SummaryKey, VitalSummary>> upserts =
 *     summaries.apply("Key summaries", Vitals.keySummaries());
 * }</pre>
 */
public final class KeySummaries
    extends PTransform<PCollection<VitalSummary>, PCollection<KV<SummaryKey, VitalSummary>>> {
  private static final long serialVersionUID = 1L;

  private KeySummaries() {}

  /** {@return the transform; {@code Vitals.keySummaries()} is its front door} */
  public static KeySummaries create() {
    return new KeySummaries();
  }

  @Override
  public PCollection<KV<SummaryKey, VitalSummary>> expand(PCollection<VitalSummary> summaries) {
    Coder<VitalSummary> rows = summaries.getCoder();
    return summaries
        .apply("Key", ParDo.of(new KeyFn()))
        .setCoder(KvCoder.of(SummaryKeyCoder.of(), rows));
  }

  static final class KeyFn extends DoFn<VitalSummary, KV<SummaryKey, VitalSummary>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element VitalSummary row, OutputReceiver<KV<SummaryKey, VitalSummary>> out) {
      out.output(KV.of(row.key(), row));
    }
  }
}
