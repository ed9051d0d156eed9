package org.healthbeam.pipelines.mapcodes;

import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.Translation;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.code.PlacedTranslation;

/**
 * The rows of {@code translations.tsv}: one for each answer to a coding, and one with empty target
 * columns for a coding that got none. A target that depends on a property has no relationship: it
 * is not known to have one. Where one coding of a concept was chosen, a last column tells the
 * reason of the outcome: {@code another-coding-chosen} says that none of the coding's targets was
 * taken.
 */
final class TranslationRows
    extends PTransform<PCollection<PlacedTranslation>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  static final List<String> COLUMNS =
      List.of(
          "resource_type",
          "resource_id",
          "path",
          "source_system",
          "source_version",
          "source_code",
          "source_display",
          "outcome",
          "target_system",
          "target_version",
          "target_code",
          "target_display",
          "relationship",
          "map_url",
          "map_version",
          "source",
          "position");

  private final boolean withReason;

  private TranslationRows(boolean withReason) {
    this.withReason = withReason;
  }

  static TranslationRows of(boolean withReason) {
    return new TranslationRows(withReason);
  }

  static List<String> columns(boolean withReason) {
    return withReason ? Stream.concat(COLUMNS.stream(), Stream.of("reason")).toList() : COLUMNS;
  }

  /** Returns what a person reads of a target: of a value set its canonical URL. */
  static String display(Answer answer) {
    return answer.detail().valueSet().isEmpty()
        ? answer.target().display()
        : answer.detail().valueSet();
  }

  @Override
  public PCollection<String> expand(PCollection<PlacedTranslation> translations) {
    return translations
        .apply("Rows", ParDo.of(new ToRows(withReason)))
        .setCoder(StringUtf8Coder.of());
  }

  static final class ToRows extends DoFn<PlacedTranslation, String> {
    private static final long serialVersionUID = 1L;
    private final boolean withReason;

    ToRows(boolean withReason) {
      this.withReason = withReason;
    }

    @ProcessElement
    public void process(@Element PlacedTranslation placed, OutputReceiver<String> out) {
      Translation translation = placed.translation();
      if (translation.answers().isEmpty()) {
        TsvLine line = beginning(placed);
        for (int i = 0; i < 7; i++) {
          line.addMissing();
        }
        out.output(ending(line, placed));
      }
      for (Answer answer : translation.answers()) {
        out.output(
            ending(
                beginning(placed)
                    .add(answer.target().system())
                    .add(answer.target().version())
                    .add(answer.target().code())
                    .add(display(answer))
                    .add(
                        answer.condition() == Condition.UNKNOWN ? "" : answer.relationship().code())
                    .add(answer.map().url())
                    .add(answer.map().version()),
                placed));
      }
    }

    private String ending(TsvLine line, PlacedTranslation placed) {
      line.add(placed.source()).add(placed.position());
      return withReason
          ? line.add(placed.translation().reason().code()).toString()
          : line.toString();
    }

    private static TsvLine beginning(PlacedTranslation placed) {
      Translation translation = placed.translation();
      return new TsvLine()
          .add(placed.coding().resourceType())
          .add(placed.coding().resourceId())
          .add(placed.coding().path())
          .add(translation.source().system())
          .add(translation.source().version())
          .add(translation.source().code())
          .add(translation.source().display())
          .add(translation.outcome().code());
    }
  }
}
