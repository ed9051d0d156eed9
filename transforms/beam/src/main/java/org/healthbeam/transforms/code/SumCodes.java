package org.healthbeam.transforms.code;

import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.count.CodeTally;
import org.healthbeam.transforms.runner.NonEmptyPanes;

/**
 * Adds up counts of the same code with the same translation, which workers have made with {@link
 * CodeTally} each on its own.
 *
 * <p>Input: counts, bounded or windowed. Output: one {@link CodeCount} for each resource type, code
 * and translation, per window, with the most frequent display ({@link CodeTally}); when the
 * window's trigger fires.
 *
 * <p>An unbounded collection is grouped by code, so that state is kept for each code by itself. A
 * bounded one is grouped into {@value #SHARDS} shards of codes, since a group costs much more than
 * a code; memory: the distinct codes of a shard, with up to 16 displays each.
 */
public final class SumCodes extends PTransform<PCollection<CodeCount>, PCollection<CodeCount>> {
  private static final long serialVersionUID = 1L;

  SumCodes() {}

  private static final int SHARDS = 16;

  @Override
  public PCollection<CodeCount> expand(PCollection<CodeCount> counts) {
    return counts.isBounded() == PCollection.IsBounded.BOUNDED ? byShard(counts) : byCode(counts);
  }

  private static PCollection<CodeCount> byShard(PCollection<CodeCount> counts) {
    return counts
        .apply("By shard", WithKeys.of(SumCodes::shard).withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), CodeCountCoder.of()))
        .apply("Sum in shards", Combine.perKey(new MergeTallies()))
        .apply("Sums", Values.create())
        .apply("Counts of shards", Flatten.iterables())
        .setCoder(CodeCountCoder.of());
  }

  private static int shard(CodeCount count) {
    return Math.floorMod(
        count.resourceType().hashCode() * 31 + count.translation().source().code().hashCode(),
        SHARDS);
  }

  private static PCollection<CodeCount> byCode(PCollection<CodeCount> counts) {
    return NonEmptyPanes.of("counts", counts)
        .apply(
            "By code",
            WithKeys.of(SumCodes::code)
                .withKeyType(
                    TypeDescriptors.kvs(
                        TypeDescriptors.strings(), TypeDescriptor.of(Translation.class))))
        .setCoder(
            KvCoder.of(
                KvCoder.of(StringUtf8Coder.of(), TranslationCoder.of()), CodeCountCoder.of()))
        .apply("Sum", Combine.perKey(new MergeTallies()))
        .apply("Sums", Values.create())
        .apply("Counts", Flatten.iterables())
        .setCoder(CodeCountCoder.of());
  }

  private static KV<String, Translation> code(CodeCount count) {
    return KV.of(count.resourceType(), CodeTally.common(count.translation()));
  }

  static final class MergeTallies extends Combine.CombineFn<CodeCount, CodeTally, List<CodeCount>> {
    private static final long serialVersionUID = 1L;

    @Override
    public CodeTally createAccumulator() {
      return new CodeTally();
    }

    @Override
    public CodeTally addInput(CodeTally tally, CodeCount count) {
      tally.add(count.resourceType(), count.translation(), count.n());
      return tally;
    }

    @Override
    public CodeTally mergeAccumulators(Iterable<CodeTally> tallies) {
      Iterator<CodeTally> each = tallies.iterator();
      // The first may be changed; what it has by now need not be counted again.
      CodeTally all = each.hasNext() ? each.next() : createAccumulator();
      each.forEachRemaining(all::addAll);
      return all;
    }

    @Override
    public List<CodeCount> extractOutput(CodeTally tally) {
      return CodeTallyCoder.counts(tally);
    }

    @Override
    public Coder<CodeTally> getAccumulatorCoder(CoderRegistry registry, Coder<CodeCount> input) {
      return new CodeTallyCoder();
    }

    @Override
    public Coder<List<CodeCount>> getDefaultOutputCoder(
        CoderRegistry registry, Coder<CodeCount> input) {
      return ListCoder.of(CodeCountCoder.of());
    }
  }
}
