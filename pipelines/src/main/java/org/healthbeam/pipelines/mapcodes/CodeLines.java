package org.healthbeam.pipelines.mapcodes;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.Translation;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.code.CodeChange;
import org.healthbeam.transforms.code.CodeCount;

/** The rows of {@code codes.tsv} and {@code changes.tsv}. */
final class CodeLines {
  static final List<String> CODES =
      List.of(
          "resource_type",
          "source_system",
          "source_version",
          "source_code",
          "source_display",
          "outcome",
          "reason",
          "n",
          "answer",
          "target_system",
          "target_code",
          "target_display",
          "relationship",
          "taken",
          "fallback",
          "map_url",
          "map_version",
          "maps");

  static final List<String> CHANGES =
      List.of(
          "resource_type",
          "source_system",
          "source_code",
          "source_display",
          "n",
          "outcome_before",
          "targets_before",
          "outcome_after",
          "targets_after",
          "when",
          "taken_before",
          "taken_after");

  /** So many targets are named; of the rest the number. */
  private static final int NAMED = 10;

  private CodeLines() {}

  /** One row for each answer to a code, and one without target for a code that got none. */
  static final class Codes extends DoFn<CodeCount, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element CodeCount count, OutputReceiver<String> out) {
      Translation translation = count.translation();
      if (translation.answers().isEmpty()) {
        TsvLine line = beginning(count).add(0L);
        for (int i = 9; i < CODES.size() - 1; i++) {
          line.addMissing();
        }
        out.output(line.add(translation.maps()).toString());
      }
      int n = 0;
      for (Answer answer : translation.answers()) {
        boolean unknown = answer.condition() == Condition.UNKNOWN;
        out.output(
            beginning(count)
                .add((long) ++n)
                .add(answer.target().system())
                .add(answer.target().code())
                .add(TranslationRows.display(answer))
                .add(unknown ? "" : answer.relationship().code())
                .add(n <= translation.accepted())
                .add(answer.fallback())
                .add(answer.map().url())
                .add(answer.map().version())
                .addMissing()
                .toString());
      }
    }

    private static TsvLine beginning(CodeCount count) {
      Translation translation = count.translation();
      return new TsvLine()
          .add(count.resourceType())
          .add(translation.system())
          .add(translation.source().version())
          .add(translation.source().code())
          .add(translation.source().display())
          .add(translation.outcome().code())
          .add(translation.reason().code())
          .add(count.n());
    }
  }

  /** One row for each code that other maps would answer otherwise. */
  static final class Changes extends DoFn<CodeChange, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element CodeChange change, OutputReceiver<String> out) {
      out.output(
          new TsvLine()
              .add(change.resourceType())
              .add(change.before().system())
              .add(change.before().source().code())
              .add(change.before().source().display())
              .add(change.n())
              .add(change.before().outcome().code())
              .add(codes(change.before().answers()))
              .add(change.after().outcome().code())
              .add(codes(change.after().answers()))
              .add(change.when().code())
              .add(codes(change.before().acceptedAnswers()))
              .add(codes(change.after().acceptedAnswers()))
              .toString());
    }

    private static String codes(List<Answer> answers) {
      List<String> codes =
          answers.stream()
              .filter(Answer::hasTarget)
              .map(answer -> answer.target().code() + answer.detail().valueSet())
              .distinct()
              .toList();
      return codes.stream().limit(NAMED).collect(Collectors.joining(","))
          + (codes.size() > NAMED ? " and " + (codes.size() - NAMED) + " more" : "");
    }
  }
}
