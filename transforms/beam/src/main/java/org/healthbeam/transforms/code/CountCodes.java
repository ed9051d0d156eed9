package org.healthbeam.transforms.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;

/**
 * Counts the distinct codes of a data set with what became of them: the list that somebody who
 * mends maps works through.
 *
 * <p>Input: translations, bounded or windowed. Output: one {@link CodeCount} for each resource
 * type, code and translation that occurs, per window, when the window's trigger fires; in no order.
 * A target that is the source code as it is has no display. The counts add up to the number of
 * translations. Late data is counted as the windowing strategy says. Memory: distinct codes are
 * counted before they are sent, up to a bound in each bundle.
 *
 * <pre>{@code
 * PCollection<CodeCount> codes = placedTranslations.apply("Count codes", Codes.count());
 * }</pre>
 */
public final class CountCodes
    extends PTransform<PCollection<PlacedTranslation>, PCollection<CodeCount>> {
  private static final long serialVersionUID = 1L;

  CountCodes() {}

  @Override
  public PCollection<CodeCount> expand(PCollection<PlacedTranslation> translations) {
    return translations
        .apply("Count in bundles", ParDo.of(new CountInBundles()))
        .setCoder(
            KvCoder.of(
                KvCoder.of(StringUtf8Coder.of(), TranslationCoder.of()),
                KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
        .apply("Add up", Combine.perKey(new AddUp()))
        .apply("Counts", MapElements.via(new ToCount()))
        .setCoder(CodeCountCoder.of());
  }

  /** The smaller display that is not empty, and the sum. */
  private static KV<String, Long> join(KV<String, Long> a, KV<String, Long> b) {
    boolean first =
        b.getKey().isEmpty() || (!a.getKey().isEmpty() && a.getKey().compareTo(b.getKey()) <= 0);
    return KV.of(first ? a.getKey() : b.getKey(), a.getValue() + b.getValue());
  }

  static final class CountInBundles
      extends DoFn<PlacedTranslation, KV<KV<String, Translation>, KV<String, Long>>> {
    private static final long serialVersionUID = 1L;
    private static final int DISTINCT = 20_000;

    /** Compared without displays, so that a code's spellings come together. */
    private record Key(BoundedWindow window, String resourceType, Translation translation) {}

    private transient Map<Key, KV<String, Long>> counts;

    @StartBundle
    public void start() {
      counts = new HashMap<>();
    }

    @ProcessElement
    public void process(
        @Element PlacedTranslation placed,
        BoundedWindow window,
        OutputReceiver<KV<KV<String, Translation>, KV<String, Long>>> out) {
      Translation translation = placed.translation();
      Coding source = translation.source();
      Key key =
          new Key(
              window,
              placed.coding().resourceType(),
              new Translation(
                  new Coding(translation.system(), source.version(), source.code(), ""),
                  translation.system(),
                  translation.outcome(),
                  translation.reason(),
                  withoutDisplaysOf(source, translation.answers()),
                  translation.accepted()));
      counts.merge(key, KV.of(source.display(), 1L), CountCodes::join);
      if (counts.size() > DISTINCT) {
        counts.forEach(
            (each, n) ->
                out.outputWindowedValue(
                    KV.of(KV.of(each.resourceType(), each.translation()), n),
                    each.window().maxTimestamp(),
                    List.of(each.window()),
                    PaneInfo.NO_FIRING));
        counts.clear();
      }
    }

    /** A rule that takes the code as it is takes its display too, and there are many. */
    private static List<Answer> withoutDisplaysOf(Coding source, List<Answer> answers) {
      if (answers.stream().noneMatch(answer -> isAsItIs(source, answer))) {
        return answers;
      }
      return answers.stream()
          .map(answer -> isAsItIs(source, answer) ? answer.withoutDisplay() : answer)
          .toList();
    }

    private static boolean isAsItIs(Coding source, Answer answer) {
      return answer.fallback()
          && !source.display().isEmpty()
          && answer.target().code().equals(source.code())
          && answer.target().display().equals(source.display());
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.forEach(
          (key, n) ->
              context.output(
                  KV.of(KV.of(key.resourceType(), key.translation()), n),
                  key.window().maxTimestamp(),
                  key.window()));
      counts = null;
    }
  }

  static final class AddUp extends Combine.BinaryCombineFn<KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, Long> apply(KV<String, Long> left, KV<String, Long> right) {
      return join(left, right);
    }
  }

  private static final class ToCount
      extends SimpleFunction<KV<KV<String, Translation>, KV<String, Long>>, CodeCount> {
    private static final long serialVersionUID = 1L;

    @Override
    public CodeCount apply(KV<KV<String, Translation>, KV<String, Long>> counted) {
      Translation translation = counted.getKey().getValue();
      Coding source = translation.source();
      return new CodeCount(
          counted.getKey().getKey(),
          new Translation(
              new Coding(
                  source.system(), source.version(), source.code(), counted.getValue().getKey()),
              translation.system(),
              translation.outcome(),
              translation.reason(),
              translation.answers(),
              translation.accepted()),
          counted.getValue().getValue());
    }
  }
}
