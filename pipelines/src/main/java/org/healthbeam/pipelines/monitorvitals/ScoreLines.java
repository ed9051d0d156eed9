package org.healthbeam.pipelines.monitorvitals;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.EarlyWarningScore;
import org.healthbeam.core.vital.News2;
import org.healthbeam.core.vital.ScoreParameter;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.io.table.TsvLine;

/** The lines of {@code scores.tsv}. */
final class ScoreLines extends DoFn<EarlyWarningScore, String> {
  private static final long serialVersionUID = 1L;

  static List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "subject",
                "time",
                "score_name",
                "score",
                "risk",
                "revision",
                "missing",
                "min_possible",
                "max_possible"));
    for (VitalKind parameter : News2.PARAMETERS) {
      columns.add(parameter.kindName() + "_points");
      columns.add(parameter.kindName() + "_value");
      columns.add(parameter.kindName() + "_age_s");
    }
    return columns;
  }

  @ProcessElement
  public void process(@Element EarlyWarningScore s, OutputReceiver<String> out) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < s.parameters().size(); i++) {
      if (s.parameters().get(i).isMissing()) {
        missing.add(News2.PARAMETERS.get(i).kindName());
      }
    }
    TsvLine line =
        new TsvLine()
            .add(s.subject())
            .add(s.time())
            .add(s.scoreName())
            .add(s.score())
            .add(s.risk())
            .add(s.revision())
            .add(String.join(",", missing))
            .add(s.minPossible())
            .add(s.maxPossible());
    for (ScoreParameter p : s.parameters()) {
      if (p.hasPoints()) {
        line.add(p.points());
      } else {
        line.addMissing();
      }
      line.add(p.value()).add(p.ageSeconds());
    }
    out.output(line.toString());
  }
}
