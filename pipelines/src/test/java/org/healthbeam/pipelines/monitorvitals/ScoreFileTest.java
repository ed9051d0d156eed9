package org.healthbeam.pipelines.monitorvitals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.LatestValues;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreEvaluator;
import org.healthbeam.pipelines.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFileTest {
  private static final String NEWS2 =
      """
      {"name": "mine", "source": "a chart",
       "parameters": [
        {"kind": "respiratory_rate", "bands": [
          {"upTo": 8, "points": 3}, {"upTo": 11, "points": 1}, {"upTo": 20, "points": 0},
          {"upTo": 24, "points": 2}, {"points": 3}]},
        {"kind": "spo2", "given": "inspired_oxygen", "scales": {
          "air": [{"upTo": 83, "points": 3}, {"upTo": 85, "points": 2},
                  {"upTo": 87, "points": 1}, {"points": 0}],
          "oxygen": [{"upTo": 83, "points": 3}, {"upTo": 85, "points": 2},
                  {"upTo": 87, "points": 1}, {"below": 93, "points": 0},
                  {"upTo": 94, "points": 1}, {"upTo": 96, "points": 2}, {"points": 3}]}},
        {"kind": "inspired_oxygen", "codes": {"air": 0, "oxygen": 2}},
        {"kind": "systolic_bp", "bands": [
          {"upTo": 90, "points": 3}, {"upTo": 100, "points": 2}, {"upTo": 110, "points": 1},
          {"upTo": 219, "points": 0}, {"points": 3}]},
        {"kind": "heart_rate", "bands": [
          {"upTo": 40, "points": 3}, {"upTo": 50, "points": 1}, {"upTo": 90, "points": 0},
          {"upTo": 110, "points": 1}, {"upTo": 130, "points": 2}, {"points": 3}]},
        {"kind": "consciousness", "codes": {"A": 0, "C": 3, "V": 3, "P": 3, "U": 3},
         "or": [{"kind": "glasgow_coma_scale", "bands": [
           {"below": 15, "points": 3}, {"points": 0}]}]},
        {"kind": "temperature", "digits": 1, "horizon": "2h", "bands": [
          {"upTo": 35, "points": 3}, {"upTo": 36, "points": 1}, {"upTo": 38, "points": 0},
          {"upTo": 39, "points": 1}, {"points": 2}]}],
       "risks": [{"risk": "high", "score": ">=7"}, {"risk": "medium", "score": ">=5"},
                 {"risk": "low-medium", "any": ">=3"}, {"risk": "low"}]}
      """;

  /** The chart written as a file and the chart that comes along must agree, value by value. */
  @Test
  void chartInAFileScoresAsTheOneThatComesAlong() throws Exception {
    ScoreDefinition mine = ScoreFile.parse("mine.json", NEWS2);
    assertEquals("mine", mine.name());
    assertEquals("a chart", mine.source());
    assertEquals(Duration.ofHours(2), mine.parameters().get(6).horizon().get());
    ScoreEvaluator file = new ScoreEvaluator(mine, Horizons.STANDARD);
    ScoreEvaluator known = new ScoreEvaluator(News2.SCALE_2, Horizons.STANDARD);
    for (VitalKind kind : mine.kinds()) {
      int most = kind.isCoded() ? 1 : 2500;
      for (int oxygen = 0; oxygen < 2; oxygen++) {
        // A Glasgow coma scale is whole; the file compares it as printed.
        int step = kind == VitalKind.GLASGOW_COMA_SCALE ? 10 : 1;
        for (int v = 0; v <= most; v += step) {
          LatestValues latest = new LatestValues();
          latest.add(kind, 0, kind.isCoded() ? v : v / 10.0);
          latest.add(VitalKind.INSPIRED_OXYGEN, 0, oxygen);
          file.evaluate(latest, 0);
          known.evaluate(latest, 0);
          assertEquals(known.score(), file.score(), kind.kindName() + " " + v);
          assertEquals(known.risk(), file.risk());
        }
      }
    }
  }

  @Test
  void formulasInAFileAreRatiosAndWeightedSums() throws Exception {
    ScoreDefinition index =
        ScoreFile.parse(
            "a.json",
            """
            {"name": "index", "parameters": [
              {"kind": "systolic_bp", "role": "least"}, {"kind": "heart_rate", "role": "greatest"}],
             "formula": {"ratio": ["heart_rate", "systolic_bp"]}, "risks": [{"risk": "low"}]}
            """);
    ScoreDefinition mean =
        ScoreFile.parse(
            "b.json",
            """
            {"name": "mean", "parameters": [
              {"kind": "systolic_bp", "role": "least"}, {"kind": "diastolic_bp", "role": "least"},
              {"kind": "mean_bp", "role": "shown"}],
             "formula": {"weights": {"systolic_bp": 1, "diastolic_bp": 2}, "divisor": 3},
             "risks": []}
            """);
    LatestValues latest = new LatestValues();
    latest.add(VitalKind.SYSTOLIC_BP, 0, 120);
    latest.add(VitalKind.DIASTOLIC_BP, 0, 60);
    latest.add(VitalKind.HEART_RATE, 0, 90);
    assertEquals(0.75, score(index, latest));
    assertEquals(80, score(mean, latest));
  }

  private static double score(ScoreDefinition definition, LatestValues latest) {
    ScoreEvaluator evaluator = new ScoreEvaluator(definition, Horizons.STANDARD);
    evaluator.evaluate(latest, 0);
    return evaluator.score();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                        | is no JSON at line",
        "[]                                       | an object with name",
        "{'name':'a','parameters':[],'risks':[]}  | has no parameter",
        "{'name':'a','colour':1}                  | 'colour' is none of name",
        "{'name':'a','parameters':[{'kind':'mood'}],'risks':[]} | kind 'mood' is none of",
        "{'name':'a','parameters':[{'kind':'spo2','bands':[{'upTo':1,'points':1}]}],'risks':[]} "
            + "| the last band must have points only",
        "{'name':'a','parameters':[{'kind':'spo2','bands':[{'points':1}]}],'risks':[{'risk':'x'}]} "
            + "| risk 'x' is none of low",
        "{'name':'a','parameters':[{'kind':'spo2','role':'least'}],'risks':[]} | no formula",
        "{'name':'news2'} | name 'news2' is that of a score that comes along",
        "{'name':'a','name':'b'} | Duplicate field 'name'",
        "{'name':'a','parameters':[{'kind':'spo2','role':'least'}],'formula':{},'risks':[]} "
            + "| a ratio or weights",
        "{'name':'a','parameters':[{'kind':'spo2','role':'least'}],"
            + "'formula':{'ratio':['spo2','spo2'],'weights':{'spo2':1}},'risks':[]} "
            + "| 'weights' does not go with 'ratio'",
        "{'name':'a','parameters':[{'kind':'spo2','role':'least'}],"
            + "'formula':{'weights':{'spo2':1},'divisor':0},'risks':[]} | the divisor is 0",
        "{'name':'a','parameters':[{'kind':'spo2','role':'least','bands':[{'points':1}]}]} "
            + "| 'bands' does not go with 'role'",
        "{'name':'a','parameters':[{'kind':'spo2','bands':[{'upTo':1,'below':2,'points':1}]}]} "
            + "| 'below' does not go with 'upTo'",
        "{'name':'a','parameters':[{'kind':'spo2','bands':[{'upTo':90.5,'points':1}]}]} "
            + "| band end 90.5 has more decimal digits",
        "{'name':'a','parameters':[{'kind':'spo2','scales':{},'bands':[{'points':1}]}]} "
            + "| 'scales' need 'given'",
        "{'name':'a','parameters':[{'kind':'spo2','bands':[{'points':1}]}],"
            + "'risks':[{'risk':'low','score':'>1','any':'>1'}]} | 'any' does not go with 'score'",
        "{'name':'a','parameters':[{'kind':'spo2','bands':[{'points':1}]}],"
            + "'risks':[{'risk':'low'},{'risk':'high','score':'>1'}]} "
            + "| risk 'high' comes after that of all other scores",
      })
  void whatCannotBeReadIsNamedWithItsFile(String text, String message) {
    UsageException e =
        assertThrows(
            UsageException.class, () -> ScoreFile.parse("my.json", text.replace('\'', '"')));
    assertTrue(e.getMessage().startsWith("--scores: my.json"), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void columnsAreTheUnionOfTheParametersOfTheScores() {
    List<String> columns =
        ScoreLines.columns(
                List.of(KnownScores.SHOCK_INDEX, KnownScores.MEAN_ARTERIAL_PRESSURE), false)
            .names();
    assertEquals(
        List.of(
            "heart_rate_points",
            "heart_rate_value",
            "heart_rate_age_s",
            "systolic_bp_points",
            "systolic_bp_value",
            "systolic_bp_age_s",
            "diastolic_bp_points"),
        columns.subList(9, 16));
    assertEquals(9 + 12, columns.size());
  }
}
