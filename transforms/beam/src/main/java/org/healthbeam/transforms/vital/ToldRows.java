package org.healthbeam.transforms.vital;

import java.time.LocalDate;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertState;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.ScoreParameter;
import org.healthbeam.transforms.row.RowCells;
import org.healthbeam.transforms.row.RowForm;

/** What is told of subjects, as rows: summaries, scores and alerts. */
final class ToldRows {
  private static final double MILLIS = 1000.0;

  static final RowForm<SummaryKey> KEY =
      RowForm.of(SummaryKey.class)
          .text("subject", SummaryKey::subject)
          .text("kind", key -> key.kind().kindName())
          .time("window_start", SummaryKey::windowStart)
          .time("window_end", SummaryKey::windowEnd)
          .from(
              row ->
                  new SummaryKey(
                      row.text("subject"),
                      SignRows.kind(row),
                      row.time("window_start"),
                      row.time("window_end")));

  /** The columns of {@code summaries.tsv}; a coded value is the rank of its code. */
  static final RowForm<VitalSummary> SUMMARY =
      RowForm.of(VitalSummary.class)
          .text("subject", VitalSummary::subject)
          .text("kind", summary -> summary.kind().kindName())
          .text("unit", summary -> summary.kind().unit())
          .time("window_start", VitalSummary::windowStart)
          .time("window_end", VitalSummary::windowEnd)
          .whole("revision", VitalSummary::revision)
          .flag("final", VitalSummary::isFinal)
          .whole("n", VitalSummary::n)
          .number("mean", VitalSummary::mean)
          .number("sd", VitalSummary::sd)
          .number("min", VitalSummary::min)
          .number("max", VitalSummary::max)
          .number("first", VitalSummary::first)
          .number("last", VitalSummary::last)
          .number("twa", VitalSummary::twa)
          .number("slope_per_h", VitalSummary::slopePerHour)
          .number("p05", VitalSummary::p05)
          .number("p50", VitalSummary::p50)
          .number("p95", VitalSummary::p95)
          .number("coverage", VitalSummary::coverage)
          .number("max_gap_s", VitalSummary::maxGapSeconds)
          .whole("n_implausible", VitalSummary::nImplausible)
          .whole("n_duplicate", VitalSummary::nDuplicate)
          .from(ToldRows::summary);

  static final RowForm<ScoreParameter> PARAMETER =
      RowForm.of(ScoreParameter.class)
          .whole("points", ScoreParameter::points)
          .text("value", ScoreParameter::value)
          .number("age_s", ScoreParameter::ageSeconds)
          .from(
              row ->
                  new ScoreParameter(row.count("points"), row.text("value"), row.number("age_s")));

  /** The columns of {@code scores.tsv}, with the parameters in one, by the order of the score. */
  static final RowForm<EarlyWarningScore> SCORE =
      RowForm.of(EarlyWarningScore.class)
          .text("subject", EarlyWarningScore::subject)
          .time("time", EarlyWarningScore::time)
          .text("score_name", EarlyWarningScore::scoreName)
          .number("score", EarlyWarningScore::score)
          .text("risk", EarlyWarningScore::risk)
          .whole("revision", EarlyWarningScore::revision)
          .number("min_possible", EarlyWarningScore::minPossible)
          .number("max_possible", EarlyWarningScore::maxPossible)
          .rows("parameters", PARAMETER, EarlyWarningScore::parameters)
          .flag("final", EarlyWarningScore::isFinal)
          .flag("withdrawn", EarlyWarningScore::withdrawn)
          .from(
              row ->
                  new EarlyWarningScore(
                      row.text("subject"),
                      row.time("time"),
                      row.text("score_name"),
                      row.number("score"),
                      row.text("risk"),
                      row.whole("revision"),
                      row.flag("final"),
                      row.flag("withdrawn"),
                      row.number("min_possible"),
                      row.number("max_possible"),
                      row.rows("parameters", PARAMETER)));

  /** The columns of {@code alerts.tsv}, and those that tell revisions apart. */
  static final RowForm<Alert> ALERT =
      RowForm.of(Alert.class)
          .text("subject", Alert::subject)
          .time("time", Alert::time)
          .text("rule", Alert::rule)
          .text("state", alert -> alert.state().text())
          .text("priority", alert -> alert.priority().text())
          .number("score", Alert::score)
          .text("detail", Alert::detail)
          .whole("revision", Alert::revision)
          .flag("final", Alert::isFinal)
          .flag("withdrawn", Alert::withdrawn)
          .from(
              row ->
                  new Alert(
                      row.text("subject"),
                      row.time("time"),
                      row.text("rule"),
                      AlertState.named(row.text("state")),
                      AlertPriority.named(row.text("priority")),
                      row.number("score"),
                      row.text("detail"),
                      row.whole("revision"),
                      row.flag("final"),
                      row.flag("withdrawn")));

  /** The columns of {@code burden.tsv}. */
  static final RowForm<AlertBurden> BURDEN =
      RowForm.of(AlertBurden.class)
          .text("subject", AlertBurden::subject)
          .text("day", burden -> burden.day().toString())
          .whole("raised", AlertBurden::raised)
          .whole("suppressed", AlertBurden::suppressed)
          .whole("delayed", AlertBurden::delayed)
          .number("active_s", burden -> burden.activeMillis() / MILLIS)
          .number("hysteresis_s", burden -> burden.hysteresisMillis() / MILLIS)
          .from(
              row ->
                  new AlertBurden(
                      row.text("subject"),
                      LocalDate.parse(row.text("day")),
                      row.whole("raised"),
                      row.whole("suppressed"),
                      row.whole("delayed"),
                      Math.round(row.number("active_s") * MILLIS),
                      Math.round(row.number("hysteresis_s") * MILLIS)));

  static final RowForm<Acknowledgement> ACKNOWLEDGEMENT =
      RowForm.of(Acknowledgement.class)
          .text("subject", Acknowledgement::subject)
          .time("time", Acknowledgement::time)
          .text("rule", Acknowledgement::rule)
          .from(
              row -> new Acknowledgement(row.text("subject"), row.time("time"), row.text("rule")));

  private ToldRows() {}

  private static VitalSummary summary(RowCells row) {
    return new VitalSummary(
        row.text("subject"),
        SignRows.kind(row),
        row.time("window_start"),
        row.time("window_end"),
        row.whole("revision"),
        row.flag("final"),
        row.whole("n"),
        row.number("mean"),
        row.number("sd"),
        row.number("min"),
        row.number("max"),
        row.number("first"),
        row.number("last"),
        row.number("twa"),
        row.number("slope_per_h"),
        row.number("p05"),
        row.number("p50"),
        row.number("p95"),
        row.number("coverage"),
        row.number("max_gap_s"),
        row.whole("n_implausible"),
        row.whole("n_duplicate"));
  }
}
