package org.healthbeam.core.vital.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreTimeline;
import org.healthbeam.core.vital.score.SubjectSeries;

/**
 * The rules of alerts read from their description, second by second over a whole stay, with all
 * readings at hand: slow and plain, to compare with.
 */
final class TickingAlerts {
  /** A row and a day, as text. */
  final List<String> rows = new ArrayList<>();

  final Map<Long, long[]> days = new TreeMap<>();

  private final TreeMap<Long, TreeMap<VitalKind, TreeSet<Double>>> readings = new TreeMap<>();
  private final TreeMap<Long, TreeSet<String>> acknowledgements = new TreeMap<>();

  /** The acknowledgements that no rule has taken. */
  private final TreeMap<Long, TreeSet<String>> unmet = new TreeMap<>();

  private final Map<String, TreeMap<Long, EarlyWarningScore>> scores = new HashMap<>();
  private final AlertPlan plan;

  TickingAlerts(AlertPlan plan, Collection<AlertInput> inputs, long from, long until) {
    this.plan = plan;
    SubjectSeries series = new SubjectSeries();
    for (AlertInput input : inputs) {
      if (input.kind() == null) {
        acknowledgements.computeIfAbsent(input.time(), t -> new TreeSet<>()).add(input.rule());
        unmet.computeIfAbsent(input.time(), t -> new TreeSet<>()).add(input.rule());
        touch(input.time());
      } else {
        series.add(input.kind(), input.time(), input.value(), input.version());
      }
    }
    for (int k = 0; k < VitalKind.count(); k++) {
      VitalKind kind = VitalKind.at(k);
      for (int i = 0; i < series.of(kind).size(); i++) {
        readings
            .computeIfAbsent(series.of(kind).timeAt(i), t -> new TreeMap<>())
            .computeIfAbsent(kind, t -> new TreeSet<>())
            .add(series.of(kind).valueAt(i));
        touch(series.of(kind).timeAt(i));
      }
    }
    inputs.forEach(input -> touch(input.time()));
    for (ScoreDefinition score : plan.scores()) {
      TreeMap<Long, EarlyWarningScore> all = new TreeMap<>();
      new ScoreTimeline(List.of(score), Horizons.STANDARD)
          .scores(
              "a",
              series,
              Instant.EPOCH,
              Instant.ofEpochSecond(1_000_000_000),
              0,
              true,
              s -> all.put(s.time().toEpochMilli(), s));
      scores.put(score.name(), all);
    }
    for (AlertRule rule : plan.rules()) {
      Ticker ticker =
          rule.signal().type() == AlertSignal.Type.MISSING ? new Gap(rule) : new Limit(rule);
      for (long second = from; second <= until; second++) {
        ticker.tick(1000L * second);
      }
    }
    unmet.forEach(
        (time, names) -> {
          if (!names.isEmpty()) {
            rows.add(time / 1000 + "  acknowledged NaN");
          }
        });
    rows.sort(null);
  }

  private long[] touch(long time) {
    return days.computeIfAbsent(Math.floorDiv(time, 86_400_000L), d -> new long[5]);
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }

  private abstract class Ticker {
    final AlertRule rule;
    boolean on;
    boolean told;

    /** Whether the condition did not hold when it was looked at last. */
    boolean over;

    long quietUntil = Long.MIN_VALUE;

    Ticker(AlertRule rule) {
      this.rule = rule;
    }

    abstract void tick(long now);

    void row(long now, String state, Object score) {
      rows.add(now / 1000 + " " + rule.name() + " " + state + " " + score);
      long[] day = touch(now);
      switch (state) {
        case "raised", "missing", "repeated" -> day[0]++;
        case "suppressed" -> day[1]++;
        case "delayed" -> day[2]++;
        default -> {}
      }
    }

    boolean acknowledgedAt(long now) {
      TreeSet<String> names = acknowledgements.getOrDefault(now, new TreeSet<>());
      boolean byName = names.contains(rule.name());
      boolean asActive = names.contains("") && on;
      TreeSet<String> left = unmet.getOrDefault(now, new TreeSet<>());
      left.removeIf(name -> (byName && name.equals(rule.name())) || (asActive && name.isEmpty()));
      return byName || asActive;
    }

    /** A second of activity counts for the day in which it begins. */
    void countSecond(long now) {
      if (on) {
        touch(now)[3] += 1000;
        touch(now)[4] += over ? 1000 : 0;
      }
    }
  }

  private final class Limit extends Ticker {
    private long badSince = -1;
    private long goodSince = -1;
    private long measured;
    private double score = Double.NaN;

    Limit(AlertRule rule) {
      super(rule);
    }

    @Override
    void tick(long now) {
      List<Double> values = values(now);
      if (!values.isEmpty()) {
        measured = now;
        boolean bad = values.stream().anyMatch(rule::raises);
        boolean good = values.stream().allMatch(rule::clears);
        over = !bad;
        if (!on && bad && badSince < 0) {
          badSince = now;
          raiseIfDue(now);
        } else if (!on && !bad && badSince >= 0) {
          badSince = -1;
          row(now, "delayed", score);
        } else if (on && good && goodSince < 0) {
          goodSince = now;
          if (rule.offDelay().isZero()) {
            end(now, "cleared");
          }
        } else if (on && !good) {
          goodSince = -1;
        }
      }
      if (acknowledgedAt(now)) {
        quietUntil = Math.max(quietUntil, now + millis(rule.suppression()));
        row(now, "acknowledged", on ? score : Double.NaN);
      }
      raiseIfDue(now);
      if (on && goodSince >= 0 && now - goodSince == millis(rule.offDelay())) {
        end(now, "cleared");
      } else if (on && now - measured == millis(rule.expiry())) {
        end(now, "expired");
      } else if (on && !told && now == quietUntil) {
        told = true;
        row(now, "raised", score);
      }
      countSecond(now);
    }

    private void raiseIfDue(long now) {
      if (!on && badSince >= 0 && now - badSince == millis(rule.onDelay())) {
        on = true;
        badSince = -1;
        goodSince = -1;
        told = now >= quietUntil;
        row(now, told ? "raised" : "suppressed", score);
      }
    }

    private void end(long now, String state) {
      on = false;
      badSince = -1;
      goodSince = -1;
      row(now, state, score);
    }

    private List<Double> values(long now) {
      AlertSignal signal = rule.signal();
      if (!signal.score().isEmpty()) {
        EarlyWarningScore s = scores.get(signal.score()).get(now);
        if (s == null) {
          return List.of();
        }
        double value =
            switch (signal.type()) {
              case SCORE -> s.score();
              case RISK -> ScoreDefinition.RISKS.indexOf(s.risk());
              default -> {
                int i =
                    plan.scores().get(0).parameters().stream()
                        .map(p -> p.name())
                        .toList()
                        .indexOf(signal.parameter());
                yield s.parameters().get(i).points();
              }
            };
        if (Double.isNaN(value) || value < 0) {
          return List.of();
        }
        score = s.score();
        return List.of(value);
      }
      TreeSet<Double> here =
          readings.getOrDefault(now, new TreeMap<>()).getOrDefault(signal.kind(), new TreeSet<>());
      if (here.isEmpty() || signal.type() == AlertSignal.Type.VALUE) {
        return List.copyOf(here);
      }
      List<Double> means = new ArrayList<>();
      readings
          .subMap(now - millis(signal.over()), false, now, true)
          .forEach(
              (time, byKind) -> {
                if (byKind.containsKey(signal.kind())) {
                  means.add(
                      byKind.get(signal.kind()).stream()
                          .mapToDouble(v -> v)
                          .average()
                          .getAsDouble());
                }
              });
      if (means.size() < 2) {
        return List.of();
      }
      return List.of(means.get(means.size() - 1) - means.get(0));
    }
  }

  private final class Gap extends Ticker {
    private long last = -1;
    private long goneAt;
    private int repeats;

    Gap(AlertRule rule) {
      super(rule);
    }

    @Override
    void tick(long now) {
      Map<VitalKind, TreeSet<Double>> here = readings.getOrDefault(now, new TreeMap<>());
      boolean seen =
          rule.signal().kind() == null ? !here.isEmpty() : here.containsKey(rule.signal().kind());
      if (seen) {
        if (on) {
          on = false;
          row(now, "reconnected", Double.NaN);
        }
        last = now;
      }
      if (acknowledgedAt(now)) {
        quietUntil = Math.max(quietUntil, now + millis(rule.suppression()));
        row(now, "acknowledged", Double.NaN);
      }
      if (!on && last >= 0 && now - last == millis(rule.signal().over())) {
        on = true;
        goneAt = now;
        repeats = 0;
        told = now >= quietUntil;
        row(now, told ? "missing" : "suppressed", Double.NaN);
      } else if (on && now - goneAt == (repeats + 1) * millis(rule.repeatEvery())) {
        if (repeats == rule.repeats()) {
          on = false;
          last = -1;
          row(now, "expired", Double.NaN);
        } else {
          repeats++;
          if (now >= quietUntil) {
            told = true;
            row(now, "repeated", Double.NaN);
          }
        }
      } else if (on && !told && now == quietUntil) {
        told = true;
        row(now, "missing", Double.NaN);
      }
      countSecond(now);
    }
  }
}
