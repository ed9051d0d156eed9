package org.healthbeam.transforms.code;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What mapping gives: the values with their targets, and a translation for every coding.
 *
 * @param <R> what the values became
 */
public final class Mapped<R> implements POutput {
  private final TupleTag<R> tag;
  private final PCollection<R> values;
  private final PCollection<PlacedTranslation> translations;

  Mapped(TupleTag<R> tag, PCollection<R> values, PCollection<PlacedTranslation> translations) {
    this.tag = tag;
    this.values = values;
    this.translations = translations;
  }

  /** {@return the values, one for each that went in} */
  public PCollection<R> values() {
    return values;
  }

  /** {@return what became of every coding} */
  public PCollection<PlacedTranslation> translations() {
    return translations;
  }

  @Override
  public Pipeline getPipeline() {
    return values.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(tag, values, MapCodes.TRANSLATIONS, translations);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
