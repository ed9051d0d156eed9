package org.healthbeam.core.vital;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * {@link News2} as a function of event time: one score at each time at which a subject has a
 * reading of any parameter, from the latest value of each parameter in (time - horizon, time].
 *
 * <p>Several values of one parameter at that latest time: the one with the most points counts, of
 * those with as many points the greatest. A Glasgow coma scale of 15 counts as alert, a lower one
 * as not alert; where it and an ACVPU letter stand at the same time, again the one with the most
 * points.
 *
 * <p>On scale 2 a saturation of 93 or more scores by air or oxygen; where that is missing, it has
 * no points of its own and widens the range of the possible: from those on air to those on oxygen,
 * each of the value that has the most there.
 */
public final class News2Timeline {
  private final Horizons horizons;

  public News2Timeline(Horizons horizons) {
    this.horizons = horizons;
  }

  /**
   * Tells the scores at the observation times in a range, in ascending order.
   *
   * @param series must hold all readings from the longest horizon before {@code from} on
   * @param from the first observation time that is told
   * @param until the first one that is not
   */
  public void scores(
      String subject,
      SubjectSeries series,
      boolean scale2,
      Instant from,
      Instant until,
      long revision,
      boolean isFinal,
      Consumer<EarlyWarningScore> to) {
    long[] times = observationTimes(series, from.toEpochMilli(), until.toEpochMilli());
    Cursor[] cursors = new Cursor[VitalKind.count()];
    for (VitalKind kind : SubjectSeries.KINDS) {
      cursors[kind.index()] = new Cursor(series.of(kind), horizons.of(kind).toMillis());
    }
    for (long time : times) {
      for (Cursor cursor : cursors) {
        if (cursor != null) {
          cursor.moveTo(time);
        }
      }
      to.accept(score(subject, cursors, scale2, time, revision, isFinal));
    }
  }

  private static long[] observationTimes(SubjectSeries series, long from, long until) {
    long[] times = new long[16];
    int n = 0;
    for (VitalKind kind : SubjectSeries.KINDS) {
      if (!series.has(kind)) {
        continue;
      }
      ReadingSeries readings = series.of(kind);
      for (int i = 0; i < readings.size(); i++) {
        long time = readings.timeAt(i);
        if (time >= from && time < until) {
          if (n == times.length) {
            times = Arrays.copyOf(times, 2 * n);
          }
          times[n++] = time;
        }
      }
    }
    return Arrays.stream(times, 0, n).sorted().distinct().toArray();
  }

  private static EarlyWarningScore score(
      String subject, Cursor[] cursors, boolean scale2, long time, long revision, boolean isFinal) {
    ScoreParameter oxygen =
        parameter(
            VitalKind.INSPIRED_OXYGEN,
            cursors,
            time,
            v -> News2.inspiredOxygen(OxygenSupply.of(v)));
    Saturation saturation = new Saturation(scale2, oxygen);
    ScoreParameter[] parameters = {
      parameter(VitalKind.RESPIRATORY_RATE, cursors, time, v -> News2.respiratoryRate(v)),
      saturation.parameter(cursors, time),
      oxygen,
      parameter(VitalKind.SYSTOLIC_BP, cursors, time, v -> News2.systolicPressure(v)),
      parameter(VitalKind.HEART_RATE, cursors, time, v -> News2.pulse(v)),
      consciousness(cursors, time),
      parameter(VitalKind.TEMPERATURE, cursors, time, v -> News2.temperature(v))
    };
    int sum = 0;
    int least = 0;
    int open = 0;
    boolean three = false;
    for (int i = 0; i < parameters.length; i++) {
      ScoreParameter p = parameters[i];
      if (p.hasPoints()) {
        sum += p.points();
        three |= p.points() == 3;
      } else if (p.isMissing()) {
        open += News2.mostPoints(News2.PARAMETERS.get(i));
      } else {
        least = saturation.leastPoints();
        open += saturation.mostPoints();
      }
    }
    return new EarlyWarningScore(
        subject,
        Instant.ofEpochMilli(time),
        News2.NAME,
        sum,
        News2.risk(sum, three),
        revision,
        isFinal,
        sum + least,
        sum + open,
        List.of(parameters));
  }

  /** The saturation's points, which on scale 2 hang on air or oxygen. */
  private static final class Saturation {
    private final boolean scale2;
    private final ScoreParameter oxygen;
    private int least;
    private int most;

    Saturation(boolean scale2, ScoreParameter oxygen) {
      this.scale2 = scale2;
      this.oxygen = oxygen;
    }

    ScoreParameter parameter(Cursor[] cursors, long time) {
      if (!scale2) {
        return News2Timeline.parameter(VitalKind.SPO2, cursors, time, v -> News2.spo2Scale1(v));
      }
      if (!oxygen.isMissing()) {
        OxygenSupply supply = oxygen.points() == 0 ? OxygenSupply.AIR : OxygenSupply.OXYGEN;
        return News2Timeline.parameter(
            VitalKind.SPO2, cursors, time, v -> News2.spo2Scale2(v, supply));
      }
      ScoreParameter onOxygen =
          News2Timeline.parameter(
              VitalKind.SPO2, cursors, time, v -> News2.spo2Scale2(v, OxygenSupply.OXYGEN));
      ScoreParameter onAir =
          News2Timeline.parameter(
              VitalKind.SPO2, cursors, time, v -> News2.spo2Scale2(v, OxygenSupply.AIR));
      if (onOxygen.isMissing() || onOxygen.points() == onAir.points()) {
        return onOxygen;
      }
      // On air it has no more points than on oxygen, and the oxygen none: that is the least.
      least = onAir.points();
      most = onOxygen.points();
      return new ScoreParameter(-1, onOxygen.value(), onOxygen.ageSeconds());
    }

    int leastPoints() {
      return least;
    }

    int mostPoints() {
      return most;
    }
  }

  private static ScoreParameter consciousness(Cursor[] cursors, long time) {
    Cursor letters = cursors[VitalKind.CONSCIOUSNESS.index()];
    Cursor coma = cursors[VitalKind.GLASGOW_COMA_SCALE.index()];
    ScoreParameter byLetter =
        parameter(
            VitalKind.CONSCIOUSNESS,
            cursors,
            time,
            v -> News2.consciousness(ConsciousnessLevel.of(v)));
    ScoreParameter byComa =
        parameter(VitalKind.GLASGOW_COMA_SCALE, cursors, time, v -> v >= 15 ? 0 : 3);
    if (byComa.isMissing()) {
      return byLetter;
    }
    ScoreParameter named =
        new ScoreParameter(byComa.points(), "GCS " + byComa.value(), byComa.ageSeconds());
    if (byLetter.isMissing() || coma.time() > letters.time()) {
      return named;
    }
    boolean comaWins = coma.time() == letters.time() && byComa.points() > byLetter.points();
    return comaWins ? named : byLetter;
  }

  /** Points of a value. */
  private interface Points extends ToIntFunction<Double> {}

  private static ScoreParameter parameter(
      VitalKind kind, Cursor[] cursors, long time, Points points) {
    Cursor cursor = cursors[kind.index()];
    if (!cursor.hasValue()) {
      return ScoreParameter.MISSING;
    }
    int most = -1;
    double value = 0;
    for (double candidate : cursor.candidates()) {
      int p = points.applyAsInt(candidate);
      if (p >= most) {
        most = p;
        value = candidate;
      }
    }
    return new ScoreParameter(most, kind.display(value), (time - cursor.time()) / 1000.0);
  }

  /** Moves along one kind's readings with the observation time. */
  private static final class Cursor {
    private final ReadingSeries series;
    private final int size;
    private final long horizon;
    private int next;
    private boolean valid;

    Cursor(ReadingSeries series, long horizon) {
      this.series = series;
      this.size = series.size();
      this.horizon = horizon;
    }

    void moveTo(long time) {
      while (next < size && series.timeAt(next) <= time) {
        next++;
      }
      valid = next > 0 && series.timeAt(next - 1) > time - horizon;
    }

    boolean hasValue() {
      return valid;
    }

    /** The time of the latest reading. */
    long time() {
      return series.timeAt(next - 1);
    }

    /** The values at that time, ascending. */
    List<Double> candidates() {
      int first = next - 1;
      while (first > 0 && series.timeAt(first - 1) == time()) {
        first--;
      }
      List<Double> values = new ArrayList<>(next - first);
      for (int i = first; i < next; i++) {
        values.add(series.valueAt(i));
      }
      return values;
    }
  }
}
