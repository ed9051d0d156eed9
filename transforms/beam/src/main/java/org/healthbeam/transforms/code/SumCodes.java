package org.healthbeam.transforms.code;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.count.CodeTally;

/**
 * Adds up counts of the same code with the same translation, which workers have made with {@link
 * CodeTally} each on its own.
 *
 * <p>Input: counts, bounded or windowed. Output: one {@link CodeCount} for each resource type, code
 * and translation, per window, with the first display in order; when the window's trigger fires.
 */
public final class SumCodes extends PTransform<PCollection<CodeCount>, PCollection<CodeCount>> {
  private static final long serialVersionUID = 1L;

  SumCodes() {}

  @Override
  public PCollection<CodeCount> expand(PCollection<CodeCount> counts) {
    return counts
        .apply("By code", MapElements.via(new ByCode()))
        .setCoder(
            KvCoder.of(
                KvCoder.of(StringUtf8Coder.of(), TranslationCoder.of()),
                KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
        .apply("Sum", Combine.perKey(new AddUp()))
        .apply("Counts", MapElements.via(new ToCount()))
        .setCoder(CodeCountCoder.of());
  }

  private static final class ByCode
      extends SimpleFunction<CodeCount, KV<KV<String, Translation>, KV<String, Long>>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<KV<String, Translation>, KV<String, Long>> apply(CodeCount count) {
      Translation translation = count.translation();
      return KV.of(
          KV.of(count.resourceType(), CodeTally.withSource(translation, "")),
          KV.of(translation.source().display(), count.n()));
    }
  }

  static final class AddUp extends Combine.BinaryCombineFn<KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, Long> apply(KV<String, Long> left, KV<String, Long> right) {
      return KV.of(
          CodeTally.first(left.getKey(), right.getKey()), left.getValue() + right.getValue());
    }
  }

  private static final class ToCount
      extends SimpleFunction<KV<KV<String, Translation>, KV<String, Long>>, CodeCount> {
    private static final long serialVersionUID = 1L;

    @Override
    public CodeCount apply(KV<KV<String, Translation>, KV<String, Long>> counted) {
      return new CodeCount(
          counted.getKey().getKey(),
          CodeTally.withSource(counted.getKey().getValue(), counted.getValue().getKey()),
          counted.getValue().getValue());
    }
  }
}
