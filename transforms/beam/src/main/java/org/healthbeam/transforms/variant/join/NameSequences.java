package org.healthbeam.transforms.variant.join;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.DifferentAssembliesException;

/**
 * Says how the joined records call each sequence: as the files do; where these have several names
 * for one, by the first in the order of characters.
 *
 * <p>Input: what {@link PackCalls#SOURCES} has. Output: the name by key. Fails where names are of
 * two assemblies, and where one name is that of two sequences, as with the older mitochondrion.
 */
final class NameSequences
    extends PTransform<
        PCollection<KV<KV<String, String>, KV<String, String>>>,
        PCollectionView<Map<String, String>>> {
  private static final long serialVersionUID = 1L;

  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final Coder<KV<String, KV<String, String>>> FACTS =
      KvCoder.of(TEXT, KvCoder.of(TEXT, TEXT));

  private static final TupleTag<KV<String, String>> NAMES =
      new TupleTag<KV<String, String>>("names") {
        private static final long serialVersionUID = 1L;
      };

  /** What must be the same, then what it is, and in which file. */
  private static final TupleTag<KV<String, KV<String, String>>> CLAIMS =
      new TupleTag<KV<String, KV<String, String>>>("claims") {
        private static final long serialVersionUID = 1L;
      };

  private static final String ASSEMBLY = "";

  @Nullable private final PCollectionView<List<String>> left;

  /**
   * Names the sequences of the files of all samples but those that are left out.
   *
   * @param left the names of the samples left out, or null
   */
  NameSequences(@Nullable PCollectionView<List<String>> left) {
    this.left = left;
  }

  @Override
  public PCollectionView<Map<String, String>> expand(
      PCollection<KV<KV<String, String>, KV<String, String>>> sources) {
    ParDo.SingleOutput<KV<KV<String, String>, KV<String, String>>, KV<String, KV<String, String>>>
        bySequence = ParDo.of(new BySequence(left));
    PCollectionTuple named =
        sources
            .apply("By sequence", left == null ? bySequence : bySequence.withSideInputs(left))
            .setCoder(FACTS)
            .apply("Group by sequence", GroupByKey.create())
            .apply("Name", ParDo.of(new Name()).withOutputTags(NAMES, TupleTagList.of(CLAIMS)));
    named
        .get(CLAIMS)
        .setCoder(FACTS)
        .apply("Group claims", GroupByKey.create())
        .apply("Check", ParDo.of(new Check()));
    return named.get(NAMES).setCoder(KvCoder.of(TEXT, TEXT)).apply("Names", View.asMap());
  }

  /** Emits by the key of a sequence how a file calls it. */
  private static final class BySequence
      extends DoFn<KV<KV<String, String>, KV<String, String>>, KV<String, KV<String, String>>> {
    private static final long serialVersionUID = 1L;

    @Nullable private final PCollectionView<List<String>> left;
    @Nullable private transient Set<String> leftOut;

    BySequence(@Nullable PCollectionView<List<String>> left) {
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
        context.output(KV.of(what.getValue(), context.element().getValue()));
      }
    }
  }

  private static final class Name
      extends DoFn<KV<String, Iterable<KV<String, String>>>, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<KV<String, String>>> sequence, MultiOutputReceiver out) {
      SortedMap<String, String> files = firstFiles(sequence.getValue());
      out.get(NAMES).output(KV.of(sequence.getKey(), files.firstKey()));
      files.forEach(
          (name, file) -> {
            out.get(CLAIMS).output(KV.of(name, KV.of(sequence.getKey(), file)));
            String assembly = ContigNames.assembly(name);
            if (assembly != null) {
              out.get(CLAIMS).output(KV.of(ASSEMBLY, KV.of(assembly, file)));
            }
          });
    }
  }

  /** {@return the first file, in the order of characters, for each of what it says} */
  private static SortedMap<String, String> firstFiles(Iterable<KV<String, String>> said) {
    SortedMap<String, String> files = new TreeMap<>();
    for (KV<String, String> one : said) {
      files.merge(one.getKey(), one.getValue(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
    return files;
  }

  private static final class Check extends DoFn<KV<String, Iterable<KV<String, String>>>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<KV<String, String>>> claim) {
      Map<String, String> files = firstFiles(claim.getValue());
      if (files.size() > 1) {
        Iterator<Map.Entry<String, String>> all = files.entrySet().iterator();
        Map.Entry<String, String> one = all.next();
        Map.Entry<String, String> other = all.next();
        if (claim.getKey().equals(ASSEMBLY)) {
          throw new DifferentAssembliesException(
              one.getValue(), one.getKey(), other.getValue(), other.getKey());
        }
        throw UnjoinableFilesException.twoSequences(
            one.getValue(), other.getValue(), claim.getKey());
      }
    }
  }
}
