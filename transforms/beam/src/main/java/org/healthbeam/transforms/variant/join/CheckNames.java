package org.healthbeam.transforms.variant.join;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.core.variant.reference.ContigNames;

/**
 * Fails where files call one sequence by several names. Records are joined by the names as they
 * stand, so that such samples would be missing in each other's records, and nobody would see it.
 *
 * <p>Input: what {@link PackCalls#SOURCES} has.
 */
final class CheckNames extends PTransform<PCollection<KV<KV<String, String>, String>>, PDone> {
  private static final long serialVersionUID = 1L;

  private final ContigNames contigs;
  @Nullable private final PCollectionView<List<String>> left;

  /**
   * Checks the files of all samples but those that are left out.
   *
   * @param contigs says which names mean the same
   */
  CheckNames(ContigNames contigs, @Nullable PCollectionView<List<String>> left) {
    this.contigs = contigs;
    this.left = left;
  }

  @Override
  public PDone expand(PCollection<KV<KV<String, String>, String>> sources) {
    StringUtf8Coder text = StringUtf8Coder.of();
    ParDo.SingleOutput<KV<KV<String, String>, String>, KV<String, KV<String, String>>> bySequence =
        ParDo.of(new BySequence(contigs, left));
    sources
        .apply("By sequence", left == null ? bySequence : bySequence.withSideInputs(left))
        .setCoder(KvCoder.of(text, KvCoder.of(text, text)))
        .apply("Group by sequence", GroupByKey.create())
        .apply("Check", ParDo.of(new Check()));
    return PDone.in(sources.getPipeline());
  }

  /** Emits by the key of a sequence how a file calls it. */
  private static final class BySequence
      extends DoFn<KV<KV<String, String>, String>, KV<String, KV<String, String>>> {
    private static final long serialVersionUID = 1L;

    private final ContigNames contigs;
    @Nullable private final PCollectionView<List<String>> left;
    @Nullable private transient Set<String> leftOut;

    BySequence(ContigNames contigs, @Nullable PCollectionView<List<String>> left) {
      this.contigs = contigs;
      this.left = left;
    }

    @StartBundle
    public void startBundle() {
      leftOut = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (leftOut == null) {
        leftOut = left == null ? Set.of() : new HashSet<>(context.sideInput(left));
      }
      KV<String, String> what = context.element().getKey();
      if (!leftOut.contains(what.getKey())) {
        String name = what.getValue();
        context.output(KV.of(contigs.key(name), KV.of(name, context.element().getValue())));
      }
    }
  }

  private static final class Check extends DoFn<KV<String, Iterable<KV<String, String>>>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<KV<String, String>>> sequence) {
      Map<String, String> files = new TreeMap<>();
      for (KV<String, String> one : sequence.getValue()) {
        files.merge(one.getKey(), one.getValue(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
      if (files.size() > 1) {
        Iterator<Map.Entry<String, String>> names = files.entrySet().iterator();
        Map.Entry<String, String> one = names.next();
        Map.Entry<String, String> other = names.next();
        throw UnjoinableFilesException.twoNames(
            one.getValue(), one.getKey(), other.getValue(), other.getKey());
      }
    }
  }
}
