package org.healthbeam.transforms.code;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.transforms.runner.NonEmptyPanes;

/**
 * Counts translations by source system and outcome.
 *
 * <p>Input: translations, bounded or windowed. Output: one {@link Coverage} for each system and
 * outcome that occurs, per window, when the window's trigger fires; in no order. The system is the
 * canonical one, whatever the data called it. Late data is counted as the windowing strategy says.
 * The counts add up to the number of translations.
 *
 * <pre>{@code
 * PCollection<Coverage> coverage = translations.apply("Count coverage", Codes.coverage());
 * }</pre>
 */
public final class CountCoverage
    extends PTransform<PCollection<Translation>, PCollection<Coverage>> {
  private static final long serialVersionUID = 1L;

  CountCoverage() {}

  @Override
  public PCollection<Coverage> expand(PCollection<Translation> translations) {
    return NonEmptyPanes.of("translations", translations)
        .apply("System and outcome", MapElements.via(new SystemAndOutcome()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Count", Count.perElement())
        .apply("Coverage", MapElements.via(new ToCoverage()))
        .setCoder(CoverageCoder.of());
  }

  private static final class SystemAndOutcome
      extends SimpleFunction<Translation, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, String> apply(Translation translation) {
      return KV.of(translation.system(), translation.outcome().code());
    }
  }

  static final class ToCoverage extends SimpleFunction<KV<KV<String, String>, Long>, Coverage> {
    private static final long serialVersionUID = 1L;

    @Override
    public Coverage apply(KV<KV<String, String>, Long> counted) {
      return new Coverage(
          counted.getKey().getKey(),
          TranslationOutcome.fromCode(counted.getKey().getValue()),
          counted.getValue());
    }
  }
}
