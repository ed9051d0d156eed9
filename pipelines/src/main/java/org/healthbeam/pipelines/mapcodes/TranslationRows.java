package org.healthbeam.pipelines.mapcodes;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.table.TsvLine;

/**
 * The rows of {@code translations.tsv}: one for each answer to a coding, and one with empty target
 * columns for a coding that got none. A target that depends on a property has no relationship: it
 * is not known to have one. Where one coding of a concept was chosen, a last column tells the
 * reason of the outcome: {@code another-coding-chosen} says that none of the coding's targets was
 * taken.
 */
final class TranslationRows implements Serializable {
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

  List<String> columns() {
    return withReason ? Stream.concat(COLUMNS.stream(), Stream.of("reason")).toList() : COLUMNS;
  }

  /** Returns what a person reads of a target: of a value set its canonical URL. */
  static String display(Answer answer) {
    return answer.detail().valueSet().isEmpty()
        ? answer.target().display()
        : answer.detail().valueSet();
  }

  /** Adds the rows of one coding, each with its end. */
  void add(TsvLine lines, InputRecord record, CodingInResource coding) {
    List<Answer> answers = coding.translation().answers();
    if (answers.isEmpty()) {
      begin(lines, coding);
      for (int i = 0; i < 7; i++) {
        lines.addMissing();
      }
      end(lines, record, coding);
    }
    for (Answer answer : answers) {
      begin(lines, coding);
      lines
          .add(answer.target().system())
          .add(answer.target().version())
          .add(answer.target().code())
          .add(display(answer))
          .add(answer.condition() == Condition.UNKNOWN ? "" : answer.relationship().code())
          .add(answer.map().url())
          .add(answer.map().version());
      end(lines, record, coding);
    }
  }

  private static void begin(TsvLine lines, CodingInResource coding) {
    Translation translation = coding.translation();
    lines
        .add(coding.resourceType())
        .add(coding.resourceId())
        .add(coding.path())
        .add(translation.source().system())
        .add(translation.source().version())
        .add(translation.source().code())
        .add(translation.source().display())
        .add(translation.outcome().code());
  }

  private void end(TsvLine lines, InputRecord record, CodingInResource coding) {
    lines.add(record.source()).add(record.position());
    if (withReason) {
      lines.add(coding.translation().reason().code());
    }
    lines.next();
  }
}
