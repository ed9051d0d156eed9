package org.healthbeam.transforms.vital;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.ScoreTimeline;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.healthbeam.core.vital.score.ToldScores;

/**
 * Tells of the scores of a stream what has changed, by subject and period. State, until a period is
 * final: {@link ToldScores}, 30 bytes a row.
 */
final class TellScores
    extends DoFn<KV<KV<String, Long>, KV<Long, SubjectSeries>>, EarlyWarningScore> {
  private static final long serialVersionUID = 1L;
  private static final String TOLD = "told";

  private final ScoreSet scores;
  private final Horizons horizons;
  private final long period;

  @StateId(TOLD)
  private final StateSpec<ValueState<ToldScores>> spec = StateSpecs.value(ToldScoresCoder.of());

  TellScores(ScoreSet scores, Horizons horizons, long period) {
    this.scores = scores;
    this.horizons = horizons;
    this.period = period;
  }

  static KvCoder<KV<String, Long>, KV<Long, SubjectSeries>> coder() {
    return KvCoder.of(
        KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()),
        KvCoder.of(VarLongCoder.of(), SubjectSeriesCoder.of()));
  }

  @ProcessElement
  public void process(
      @Element KV<KV<String, Long>, KV<Long, SubjectSeries>> element,
      @StateId(TOLD) ValueState<ToldScores> state,
      OutputReceiver<EarlyWarningScore> out) {
    String subject = element.getKey().getKey();
    Instant until = Instant.ofEpochMilli(element.getKey().getValue());
    long pane = element.getValue().getKey();
    boolean isFinal = (pane & 1) != 0;
    List<EarlyWarningScore> now = new ArrayList<>();
    new ScoreTimeline(scores.of(subject), horizons)
        .scores(
            subject,
            element.getValue().getValue(),
            until.minusMillis(period),
            until,
            0,
            isFinal,
            now::add);
    ToldScores told = Optional.ofNullable(state.read()).orElseGet(ToldScores::new);
    told.tell(subject, pane, now, isFinal, out::output);
    if (isFinal) {
      state.clear();
    } else {
      state.write(told);
    }
  }

  /** Makes the subject and the period the key, and says which pane it is and whether the last. */
  static final class ByPeriod
      extends DoFn<KV<String, SubjectSeries>, KV<KV<String, Long>, KV<Long, SubjectSeries>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, SubjectSeries> element,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<KV<KV<String, Long>, KV<Long, SubjectSeries>>> out) {
      long which = 2 * pane.getIndex() + (pane.isLast() ? 1 : 0);
      out.output(
          KV.of(
              KV.of(element.getKey(), window.end().getMillis()), KV.of(which, element.getValue())));
    }
  }
}
