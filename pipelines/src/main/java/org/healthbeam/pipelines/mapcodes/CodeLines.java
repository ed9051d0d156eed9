package org.healthbeam.pipelines.mapcodes;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.Translation;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.code.CodeChange;
import org.healthbeam.transforms.code.CodeCount;

/** The rows of {@code codes.tsv} and {@code changes.tsv}. */
final class CodeLines {
  static final Columns CODES =
      Columns.none()
          .text("resource_type,source_system,source_version,source_code,source_display")
          .text("outcome,reason")
          .whole("n,answer")
          .text("target_system,target_code,target_display,relationship")
          .flag("taken,fallback")
          .text("map_url,map_version,maps");

  static final Columns CHANGES =
      Columns.none()
          .text("resource_type,source_system,source_code,source_display")
          .whole("n")
          .text("outcome_before,targets_before,outcome_after,targets_after")
          .text("when,taken_before,taken_after");

  static final Columns COVERAGE = Columns.none().text("source_system,outcome").whole("n");

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
        for (int i = 9; i < CODES.all().size() - 1; i++) {
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
