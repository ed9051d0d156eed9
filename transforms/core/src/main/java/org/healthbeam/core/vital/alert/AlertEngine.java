package org.healthbeam.core.vital.alert;

import static org.healthbeam.core.vital.alert.AlertMemory.ACTIVE;
import static org.healthbeam.core.vital.alert.AlertMemory.CLEARING;
import static org.healthbeam.core.vital.alert.AlertMemory.GONE;
import static org.healthbeam.core.vital.alert.AlertMemory.IDLE;
import static org.healthbeam.core.vital.alert.AlertMemory.NEVER;
import static org.healthbeam.core.vital.alert.AlertMemory.NO_DAY;
import static org.healthbeam.core.vital.alert.AlertMemory.SEEN;
import static org.healthbeam.core.vital.alert.AlertMemory.WAITING;

import java.util.List;

/**
 * The machine of alerts: a function of a subject's readings and acknowledgements in event time.
 *
 * <p>Each rule has a machine of its own. At a time at which its signal is measured:
 *
 * <ul>
 *   <li>idle, and the condition holds: raised at once if there is no on-delay, else it waits;
 *   <li>waiting, and the condition does not hold: {@code delayed}, and idle again;
 *   <li>active, and the condition for clearing holds: {@code cleared} at once if there is no
 *       off-delay, else it waits to be cleared, unless the condition for clearing ends before.
 * </ul>
 *
 * <p>A signal is taken to hold until it is measured again: what waits is raised, or cleared, at the
 * very time at which its delay is over. An active alert whose signal is not measured for the rule's
 * expiry is {@code expired}. An acknowledgement keeps the rule's next alerts {@code suppressed} for
 * the rule's suppression; one that is still active when that is over is raised then.
 *
 * <p>A rule of missing readings is {@code missing} when none came for its time, {@code repeated} as
 * often as it says, {@code reconnected} when one comes, and {@code expired} when none came after
 * the last repetition; a reading after that begins anew. Acknowledged, it is not repeated until the
 * suppression is over; acknowledged before it was missing, it is {@code missing} when that is over.
 *
 * <p>At one time readings come first, then acknowledgements, then delays that are over at that
 * time. Of several values of a kind at one time one that holds the condition counts.
 *
 * <p>An engine is for one thread; what it remembers of a subject is in an {@link AlertMemory}.
 */
final class AlertEngine {
  private static final long DAY = 86_400_000;

  /** Takes what the machine tells. */
  interface Sink {
    void transition(AlertTransition transition);

    /** Takes a day in UTC that is over, by its first millisecond. */
    void day(AlertDay day);
  }

  private final List<AlertRule> rules;
  private final SignalSampler sampler;
  private final AlertWords words;
  private final int fingerprint;
  private final long longestHorizon;
  private final long longestTrend;

  AlertEngine(AlertPlan plan) {
    this.rules = plan.rules();
    this.sampler = new SignalSampler(plan);
    this.words = new AlertWords(rules);
    this.fingerprint = plan.fingerprint();
    this.longestHorizon = plan.longestHorizon();
    this.longestTrend =
        rules.stream()
            .filter(r -> r.signal().isTrend())
            .mapToLong(r -> r.signal().over().toMillis())
            .max()
            .orElse(0);
  }

  /** {@return what differs where the rules or their scores do} */
  int fingerprint() {
    return fingerprint;
  }

  /** Makes the memory fit the rules. */
  void prepare(AlertMemory m) {
    m.fit(rules.size(), sampler.trends(), fingerprint);
  }

  /**
   * Takes all inputs of one time, which must be later than those taken before.
   *
   * @param inputs in any order, with duplicates
   */
  void step(AlertMemory m, long time, List<AlertInput> inputs, Sink sink) {
    prepare(m);
    advance(m, time, false, sink);
    while (m.day != NO_DAY && m.day + DAY <= time) {
      closeDay(m, sink);
    }
    openDay(m, time);
    sampler.take(m, time, inputs);
    for (int rule = 0; rule < rules.size(); rule++) {
      if (rules.get(rule).isOfMissing()) {
        if (sampler.isRead(rule)) {
          seen(m, rule, time, sink);
        }
      } else if (sampler.sample(m, rule, time)) {
        sample(m, rule, time, sink);
      }
    }
    acknowledge(m, time, inputs, sink);
    m.nextDue = nextDue(m);
    advance(m, time, true, sink);
  }

  /** Lets time pass: delays that are over by the limit take effect. */
  void advance(AlertMemory m, long limit, boolean inclusive, Sink sink) {
    while (m.nextDue < limit || (inclusive && m.nextDue == limit && limit != NEVER)) {
      long now = m.nextDue;
      if (m.day != NO_DAY && m.day + DAY == now) {
        closeDay(m, sink);
      } else {
        for (int rule = 0; rule < rules.size(); rule++) {
          if (due(m, rule) == now) {
            fire(m, rule, now, sink);
          }
        }
      }
      m.nextDue = nextDue(m);
    }
  }

  /** {@return whether a memory that is as if new would tell the same from a time on} */
  boolean isAsNew(AlertMemory m, long time) {
    if (m.nextDue != NEVER || m.day != NO_DAY) {
      return false;
    }
    for (int rule = 0; rule < rules.size(); rule++) {
      if (m.phase[rule] != IDLE || m.suppressedUntil[rule] > time) {
        return false;
      }
    }
    return time >= forgettableAt(m);
  }

  /** {@return from when on the values that are held do not matter any more} */
  long forgettableAt(AlertMemory m) {
    long latest = m.latest.latest();
    long at = latest == Long.MIN_VALUE ? latest : latest + Math.max(longestHorizon, longestTrend);
    for (int rule = 0; rule < rules.size(); rule++) {
      at = Math.max(at, m.suppressedUntil[rule]);
    }
    return at;
  }

  private void sample(AlertMemory m, int rule, long time, Sink sink) {
    AlertRule r = rules.get(rule);
    m.lastSample[rule] = time;
    if (m.isActive(rule)) {
      noteHysteresis(m, rule, time);
    }
    switch (m.phase[rule]) {
      case IDLE -> {
        if (sampler.raises()) {
          m.since[rule] = time;
          if (r.onDelay().isZero()) {
            raise(m, rule, time, sink);
          } else {
            m.phase[rule] = WAITING;
          }
        }
      }
      case WAITING -> {
        if (!sampler.raises()) {
          m.phase[rule] = IDLE;
          tell(m, rule, time, AlertState.DELAYED, words.held(rule, time - m.since[rule]), sink);
        }
      }
      case ACTIVE -> {
        if (sampler.clears()) {
          if (r.offDelay().isZero()) {
            end(m, rule, time, AlertState.CLEARED, words.value(rule, m.value[rule]), sink);
          } else {
            m.phase[rule] = CLEARING;
            m.since[rule] = time;
          }
        }
      }
      default -> {
        if (!sampler.clears()) {
          m.phase[rule] = ACTIVE;
        }
      }
    }
  }

  /** Counts the time in which the condition does not hold and the alert is active still. */
  private void noteHysteresis(AlertMemory m, int rule, long time) {
    if (!sampler.raises()) {
      m.endedSince[rule] = Math.min(m.endedSince[rule], time);
    } else if (m.endedSince[rule] != NEVER) {
      m.hysteresisMillis += time - m.endedSince[rule];
      m.endedSince[rule] = NEVER;
    }
  }

  private void seen(AlertMemory m, int rule, long time, Sink sink) {
    if (m.phase[rule] == GONE) {
      String after = words.after(time - m.lastSample[rule]);
      end(m, rule, time, AlertState.RECONNECTED, after, sink);
    }
    m.phase[rule] = SEEN;
    m.lastSample[rule] = time;
  }

  private void acknowledge(AlertMemory m, long time, List<AlertInput> inputs, Sink sink) {
    boolean unmet = false;
    for (AlertInput input : inputs) {
      unmet |= input.kind() == null && !meets(m, input);
    }
    for (int rule = 0; rule < rules.size(); rule++) {
      for (AlertInput input : inputs) {
        if (input.kind() == null && meets(m, rule, input)) {
          long silence = rules.get(rule).suppression().toMillis();
          m.suppressedUntil[rule] = Math.max(m.suppressedUntil[rule], time + silence);
          String detail = words.silence(silence, m.isActive(rule));
          tell(m, rule, time, AlertState.ACKNOWLEDGED, detail, sink);
          break;
        }
      }
    }
    if (unmet) {
      sink.transition(
          new AlertTransition(
              AlertTransition.NO_RULE,
              time,
              AlertState.ACKNOWLEDGED,
              Double.NaN,
              AlertWords.NOTHING_ACTIVE));
    }
  }

  /** {@return whether an acknowledgement is of any rule} */
  private boolean meets(AlertMemory m, AlertInput input) {
    for (int rule = 0; rule < rules.size(); rule++) {
      if (meets(m, rule, input)) {
        return true;
      }
    }
    return false;
  }

  private boolean meets(AlertMemory m, int rule, AlertInput input) {
    return input.rule().isEmpty() ? m.isActive(rule) : input.rule().equals(rules.get(rule).name());
  }

  private long due(AlertMemory m, int rule) {
    AlertRule r = rules.get(rule);
    return switch (m.phase[rule]) {
      case IDLE -> NEVER;
      case WAITING -> m.since[rule] + r.onDelay().toMillis();
      case SEEN -> m.lastSample[rule] + r.signal().over().toMillis();
      case GONE -> {
        long due = m.since[rule] + (m.repeats[rule] + 1) * r.repeatEvery().toMillis();
        yield m.silent[rule] ? Math.min(due, m.suppressedUntil[rule]) : due;
      }
      default -> {
        long due = m.lastSample[rule] + r.expiry().toMillis();
        if (m.phase[rule] == CLEARING) {
          due = Math.min(due, m.since[rule] + r.offDelay().toMillis());
        }
        yield m.silent[rule] ? Math.min(due, m.suppressedUntil[rule]) : due;
      }
    };
  }

  private void fire(AlertMemory m, int rule, long now, Sink sink) {
    AlertRule r = rules.get(rule);
    switch (m.phase[rule]) {
      case WAITING -> raise(m, rule, now, sink);
      case SEEN -> {
        m.since[rule] = now;
        m.repeats[rule] = 0;
        begin(m, rule, now, AlertState.MISSING, words.none(rule, now - m.lastSample[rule]), sink);
        m.phase[rule] = GONE;
      }
      case GONE -> {
        if (now != m.since[rule] + (m.repeats[rule] + 1) * r.repeatEvery().toMillis()) {
          m.silent[rule] = false;
          String none = words.none(rule, now - m.lastSample[rule]);
          tell(m, rule, now, AlertState.MISSING, none, sink);
        } else if (m.repeats[rule] == r.repeats()) {
          end(m, rule, now, AlertState.EXPIRED, words.after(now - m.lastSample[rule]), sink);
        } else {
          m.repeats[rule]++;
          if (now >= m.suppressedUntil[rule]) {
            m.silent[rule] = false;
            tell(m, rule, now, AlertState.REPEATED, words.repeat(rule, m.repeats[rule]), sink);
          }
        }
      }
      default -> {
        if (m.phase[rule] == CLEARING && m.since[rule] + r.offDelay().toMillis() == now) {
          end(m, rule, now, AlertState.CLEARED, words.value(rule, m.value[rule]), sink);
        } else if (m.lastSample[rule] + r.expiry().toMillis() == now) {
          end(m, rule, now, AlertState.EXPIRED, words.after(r.expiry().toMillis()), sink);
        } else {
          m.silent[rule] = false;
          tell(m, rule, now, AlertState.RAISED, words.raised(rule, m.value[rule]), sink);
        }
      }
    }
  }

  private void raise(AlertMemory m, int rule, long time, Sink sink) {
    begin(m, rule, time, AlertState.RAISED, words.raised(rule, m.value[rule]), sink);
    m.phase[rule] = ACTIVE;
  }

  private void begin(
      AlertMemory m, int rule, long time, AlertState state, String detail, Sink sink) {
    m.silent[rule] = time < m.suppressedUntil[rule];
    m.activeMark[rule] = time;
    m.endedSince[rule] = NEVER;
    tell(m, rule, time, m.silent[rule] ? AlertState.SUPPRESSED : state, detail, sink);
  }

  private void end(AlertMemory m, int rule, long time, AlertState state, String detail, Sink sink) {
    openDay(m, time);
    m.activeMillis += time - m.activeMark[rule];
    if (m.endedSince[rule] != NEVER) {
      m.hysteresisMillis += time - m.endedSince[rule];
      m.endedSince[rule] = NEVER;
    }
    m.phase[rule] = IDLE;
    m.silent[rule] = false;
    tell(m, rule, time, state, detail, sink);
  }

  private void tell(
      AlertMemory m, int rule, long time, AlertState state, String detail, Sink sink) {
    openDay(m, time);
    m.raised += state.isHeard() ? 1 : 0;
    m.suppressed += state == AlertState.SUPPRESSED ? 1 : 0;
    m.delayed += state == AlertState.DELAYED ? 1 : 0;
    boolean known = state != AlertState.ACKNOWLEDGED || m.isActive(rule);
    boolean ofScore = rules.get(rule).signal().isOfScore();
    double score = known && ofScore ? m.score[rule] : Double.NaN;
    sink.transition(new AlertTransition(rule, time, state, score, detail));
  }

  private static void openDay(AlertMemory m, long time) {
    if (m.day == NO_DAY) {
      m.day = Math.floorDiv(time, DAY) * DAY;
    }
  }

  private static void closeDay(AlertMemory m, Sink sink) {
    long end = m.day + DAY;
    for (int rule = 0; rule < m.phase.length; rule++) {
      if (m.isActive(rule)) {
        m.activeMillis += end - m.activeMark[rule];
        m.activeMark[rule] = end;
        if (m.endedSince[rule] != NEVER) {
          m.hysteresisMillis += end - m.endedSince[rule];
          m.endedSince[rule] = end;
        }
      }
    }
    sink.day(
        new AlertDay(m.day, m.raised, m.suppressed, m.delayed, m.activeMillis, m.hysteresisMillis));
    m.raised = 0;
    m.suppressed = 0;
    m.delayed = 0;
    m.activeMillis = 0;
    m.hysteresisMillis = 0;
    m.day = m.anyActive() ? end : NO_DAY;
  }

  private long nextDue(AlertMemory m) {
    long due = m.day == NO_DAY ? NEVER : m.day + DAY;
    for (int rule = 0; rule < rules.size(); rule++) {
      due = Math.min(due, due(m, rule));
    }
    return due;
  }
}
