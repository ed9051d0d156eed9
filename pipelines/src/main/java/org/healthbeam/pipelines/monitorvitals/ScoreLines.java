package org.healthbeam.pipelines.monitorvitals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.ParameterDefinition;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreParameter;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/**
 * The lines of {@code scores.tsv}; its parameters are the union of the scores'. Those of all
 * revisions have columns that tell these apart.
 */
final class ScoreLines extends DoFn<EarlyWarningScore, String> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ScoreDefinition> scores;
  private final ArrayList<String> parameters;
  private final boolean all;
  private transient Map<String, ScoreDefinition> byName;

  ScoreLines(List<ScoreDefinition> scores, boolean all) {
    this.all = all;
    this.scores = new ArrayList<>(scores);
    this.parameters = new ArrayList<>(parameters(scores));
  }

  private static Set<String> parameters(List<ScoreDefinition> scores) {
    Set<String> names = new LinkedHashSet<>();
    scores.forEach(s -> s.parameters().forEach(p -> names.add(p.name())));
    return names;
  }

  /** The values of parameters may be words. */
  static Columns columns(List<ScoreDefinition> scores, boolean all) {
    Columns columns =
        Columns.none()
            .text("subject")
            .time("time")
            .text("score_name")
            .number("score")
            .text("risk")
            .whole("revision")
            .text("missing")
            .number("min_possible,max_possible");
    for (String name : parameters(scores)) {
      columns = columns.number(name + "_points").text(name + "_value").number(name + "_age_s");
    }
    return all ? columns.flag("final,withdrawn") : columns;
  }

  @Setup
  public void setUp() {
    byName = new HashMap<>();
    scores.forEach(s -> byName.put(s.name(), s));
  }

  @ProcessElement
  public void process(@Element EarlyWarningScore s, OutputReceiver<String> out) {
    List<ParameterDefinition> own = byName.get(s.scoreName()).parameters();
    Map<String, ScoreParameter> values = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ParameterDefinition parameter = own.get(i);
      values.put(parameter.name(), s.parameters().get(i));
      if (s.parameters().get(i).isMissing() && parameter.role() != ParameterDefinition.Role.SHOWN) {
        missing.add(parameter.name());
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
    for (String name : parameters) {
      ScoreParameter p = values.getOrDefault(name, ScoreParameter.MISSING);
      if (p.hasPoints()) {
        line.add(p.points());
      } else {
        line.addMissing();
      }
      line.add(p.value()).add(p.ageSeconds());
    }
    if (all) {
      line.add(s.isFinal()).add(s.withdrawn());
    }
    out.output(line.toString());
  }
}
