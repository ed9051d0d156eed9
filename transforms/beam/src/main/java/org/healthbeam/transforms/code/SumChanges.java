package org.healthbeam.transforms.code;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.count.CodeDisplays;
import org.healthbeam.core.code.count.CodeTally;

/**
 * Adds up changes of the same code, which workers have found with a {@link ConceptComparison} each
 * on its own.
 *
 * <p>Input: changes, bounded. Output: one for each resource type, code, and what it is answered
 * before and after, with the most frequent display; in no order.
 */
public final class SumChanges extends PTransform<PCollection<CodeChange>, PCollection<CodeChange>> {
  private static final long serialVersionUID = 1L;

  SumChanges() {}

  @Override
  public PCollection<CodeChange> expand(PCollection<CodeChange> changes) {
    return changes
        .apply("By change", MapElements.via(new ByChange()))
        .setCoder(
            KvCoder.of(CodeChangeCoder.of(), KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
        .apply("Same changes", GroupByKey.create())
        .apply("Sum", ParDo.of(new Sum()))
        .setCoder(CodeChangeCoder.of());
  }

  private static final class ByChange
      extends SimpleFunction<CodeChange, KV<CodeChange, KV<String, Long>>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<CodeChange, KV<String, Long>> apply(CodeChange change) {
      return KV.of(
          new CodeChange(
              change.resourceType(),
              CodeTally.common(change.before()),
              CodeTally.common(change.after()),
              0,
              change.when()),
          KV.of(change.before().source().display(), change.n()));
    }
  }

  static final class Sum extends DoFn<KV<CodeChange, Iterable<KV<String, Long>>>, CodeChange> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<CodeChange, Iterable<KV<String, Long>>> same, OutputReceiver<CodeChange> out) {
      CodeDisplays displays = new CodeDisplays();
      same.getValue().forEach(each -> displays.add(each.getKey(), each.getValue()));
      CodeChange change = same.getKey();
      out.output(
          new CodeChange(
              change.resourceType(),
              CodeTally.withSource(change.before(), displays.best()),
              CodeTally.withSource(change.after(), displays.best()),
              displays.total(),
              change.when()));
    }
  }
}
