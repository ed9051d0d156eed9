package org.healthbeam.core.vital.alert;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.healthbeam.core.vital.alert.AlertLog.Told;

/**
 * Follows the alerts of subjects, whatever the order in which their inputs come, and tells each at
 * once.
 *
 * <p>What it tells is what the machine says of the inputs known so far, up to the latest time that
 * is known to have passed; see {@link AlertRule} and docs/vitals.md for the machine. An input that
 * comes late has the machine run again from what is final, and what that changes is told: new
 * alerts, changed ones with a higher revision, and those that did not happen as withdrawn. What
 * lies before {@link #fold}'s time is told a last time, as final. So the final alerts are a
 * function of the set of inputs.
 *
 * <p>In order, an input costs two steps of the machine, whatever came before. Out of order it costs
 * one for each time that is not final. It is for one thread.
 */
public final class AlertFollower {
  private final List<AlertRule> rules;
  private final AlertEngine engine;

  /**
   * Follows by a plan.
   *
   * @param plan rules and the scores that they look at
   */
  public AlertFollower(AlertPlan plan) {
    this.rules = plan.rules();
    this.engine = new AlertEngine(plan);
  }

  /**
   * {@return whether an input is too late: what it would change is final}
   *
   * @param log of the subject
   * @param input of the subject
   */
  public boolean isTooLate(AlertLog log, AlertInput input) {
    return input.time() < log.folded;
  }

  /**
   * Takes an input.
   *
   * @param subject whose input it is
   * @param log of the subject; is changed
   * @param input one that is not {@linkplain #isTooLate too late}
   * @param pending all inputs that are not final, this one among them; asked only where this one is
   *     out of order
   * @param to takes what is told
   */
  public void add(
      String subject,
      AlertLog log,
      AlertInput input,
      Supplier<? extends Iterable<AlertInput>> pending,
      Consumer<Alert> to) {
    log.fingerprint = engine.fingerprint();
    Collector expected = new Collector();
    long from = log.headDone;
    if (input.time() > log.headTime) {
      if (log.headTime != Long.MIN_VALUE) {
        engine.step(log.head, log.headTime, log.group, expected);
        log.headDone = log.headTime;
      }
      log.headTime = input.time();
      log.group = new ArrayList<>(List.of(input));
    } else if (input.time() == log.headTime) {
      if (log.group.contains(input)) {
        return;
      }
      log.group.add(input);
    } else {
      rebuild(log, sorted(pending.get()), expected);
      from = log.folded == Long.MIN_VALUE ? Long.MIN_VALUE : log.folded - 1;
    }
    log.reached = Math.max(log.reached, log.headTime);
    provisional(log, expected);
    tellChanges(subject, log, from, expected.transitions, to);
  }

  /**
   * Makes a log fit where it is of other rules, as after a restart with a changed file of them:
   * what is not final is told anew by these rules, and what only the others said is withdrawn. What
   * they knew of times that are final is forgotten, and what they told of those stays.
   *
   * @param subject whose log it is
   * @param log of the subject; is changed
   * @param pending all inputs that are not final
   * @param to takes what is told
   */
  public void adapt(
      String subject,
      AlertLog log,
      Supplier<? extends Iterable<AlertInput>> pending,
      Consumer<Alert> to) {
    int other = log.fingerprint;
    log.fingerprint = engine.fingerprint();
    if (other == 0 || other == log.fingerprint) {
      return;
    }
    for (Told known : log.told) {
      if (!known.withdrawn) {
        to.accept(withdrawn(subject, known));
      }
    }
    log.told = new ArrayList<>();
    log.base = new AlertMemory();
    log.nextDue = AlertMemory.NEVER;
    Collector expected = new Collector();
    if (log.headTime == Long.MIN_VALUE) {
      log.head = new AlertMemory();
      return;
    }
    rebuild(log, sorted(pending.get()), expected);
    provisional(log, expected);
    tellChanges(subject, log, Long.MIN_VALUE, expected.transitions, to);
  }

  private Alert withdrawn(String subject, Told known) {
    return alert(subject, known.rule, known.transition, known.revision + 1, false, true);
  }

  /**
   * Lets time pass: tells what is due up to a time, that time included.
   *
   * @param subject whose log it is
   * @param log of the subject; is changed
   * @param time in milliseconds since 1970; one that has passed already does nothing
   * @param to takes what is told
   */
  public void advance(String subject, AlertLog log, long time, Consumer<Alert> to) {
    if (time <= log.reached) {
      return;
    }
    log.reached = time;
    Collector expected = new Collector();
    provisional(log, expected);
    tellChanges(subject, log, log.headDone, expected.transitions, to);
  }

  /**
   * Makes final what lies before a time.
   *
   * @param subject whose log it is
   * @param log of the subject; is changed
   * @param time in milliseconds since 1970, excluded
   * @param pending all inputs that are not final
   * @param alerts takes those that are final now
   * @param burden takes the days that are over
   * @return those that still are not
   */
  public List<AlertInput> fold(
      String subject,
      AlertLog log,
      long time,
      Iterable<AlertInput> pending,
      Consumer<Alert> alerts,
      Consumer<AlertBurden> burden) {
    if (time <= log.folded) {
      return sorted(pending);
    }
    List<AlertInput> left = new ArrayList<>();
    List<AlertInput> settled = new ArrayList<>();
    for (AlertInput input : sorted(pending)) {
      (input.time() < time ? settled : left).add(input);
    }
    Collector expected = new Collector(subject, burden);
    int next = 0;
    while (next < settled.size()) {
      next = stepOne(log.base, settled, next, expected);
    }
    engine.prepare(log.base);
    engine.advance(log.base, time, false, expected);
    for (AlertTransition transition : expected.transitions) {
      Told known = find(log.told, transition);
      long revision = known == null ? 0 : known.revision + 1;
      alerts.accept(alert(subject, transition, revision, true, false));
    }
    log.told.removeIf(one -> one.transition.time() < time);
    log.folded = time;
    log.fingerprint = engine.fingerprint();
    if (log.headDone < time) {
      log.head = log.base.copy();
      log.headDone = time - 1;
      if (log.headTime < time) {
        log.headTime = Long.MIN_VALUE;
        log.group = new ArrayList<>();
      }
      provisional(log, new Collector());
    }
    return left;
  }

  /**
   * Takes an input where all come in the order of time, and tells what is final.
   *
   * @param subject whose input it is
   * @param log of the subject, which has seen nothing but what came in order; is changed
   * @param input no earlier than the one before
   * @param alerts takes those that are final now
   * @param burden takes the days that are over
   * @throws IllegalStateException if one comes out of order
   */
  public void addInOrder(
      String subject,
      AlertLog log,
      AlertInput input,
      Consumer<Alert> alerts,
      Consumer<AlertBurden> burden) {
    if (input.time() < log.headTime) {
      throw new IllegalStateException("inputs of alerts are not sorted by time");
    }
    if (input.time() > log.headTime) {
      settleGroup(subject, log, alerts, burden);
      log.headTime = input.time();
    }
    if (!log.group.contains(input)) {
      log.group.add(input);
    }
  }

  /**
   * Tells what is left after {@link #addInOrder} has taken everything.
   *
   * @param subject whose log it is
   * @param log of the subject, of no use afterwards
   * @param alerts takes those that are left
   * @param burden takes the days that are left
   */
  public void finish(
      String subject, AlertLog log, Consumer<Alert> alerts, Consumer<AlertBurden> burden) {
    settleGroup(subject, log, alerts, burden);
    Collector told = new Collector(subject, burden);
    engine.advance(log.base, Long.MAX_VALUE, false, told);
    told.transitions.forEach(t -> alerts.accept(alert(subject, t, 0, true, false)));
  }

  private void settleGroup(
      String subject, AlertLog log, Consumer<Alert> alerts, Consumer<AlertBurden> burden) {
    if (log.headTime != Long.MIN_VALUE) {
      Collector told = new Collector(subject, burden);
      engine.step(log.base, log.headTime, log.group, told);
      told.transitions.forEach(t -> alerts.accept(alert(subject, t, 0, true, false)));
      log.group.clear();
      log.headTime = Long.MIN_VALUE;
    }
  }

  /**
   * {@return whether a new log would tell the same from now on, so that this one can be forgotten}
   *
   * @param log of any subject
   */
  public boolean isAsNew(AlertLog log) {
    return log.headTime == Long.MIN_VALUE
        && log.told.isEmpty()
        && engine.isAsNew(log.base, log.folded);
  }

  /**
   * {@return from when on {@link #isAsNew} may hold if nothing more comes} In milliseconds since
   * 1970.
   *
   * @param log of any subject
   */
  public long forgettableAt(AlertLog log) {
    long at = engine.forgettableAt(log.head);
    for (Told one : log.told) {
      at = Math.max(at, one.transition.time() + 1);
    }
    return at;
  }

  private void rebuild(AlertLog log, List<AlertInput> inputs, Collector expected) {
    log.head = log.base.copy();
    log.headDone = log.folded == Long.MIN_VALUE ? Long.MIN_VALUE : log.folded - 1;
    int next = 0;
    while (inputs.get(next).time() < log.headTime) {
      log.headDone = inputs.get(next).time();
      next = stepOne(log.head, inputs, next, expected);
    }
  }

  /** Runs the machine over the inputs of one time; returns where those of the next begin. */
  private int stepOne(AlertMemory memory, List<AlertInput> inputs, int from, Collector expected) {
    long time = inputs.get(from).time();
    int until = from + 1;
    while (until < inputs.size() && inputs.get(until).time() == time) {
      until++;
    }
    engine.step(memory, time, inputs.subList(from, until), expected);
    return until;
  }

  private void provisional(AlertLog log, Collector expected) {
    AlertMemory ahead = log.head.copy();
    engine.prepare(ahead);
    if (log.headTime != Long.MIN_VALUE) {
      engine.step(ahead, log.headTime, log.group, expected);
    }
    engine.advance(ahead, log.reached, true, expected);
    log.nextDue = ahead.nextDue;
  }

  private void tellChanges(
      String subject,
      AlertLog log,
      long after,
      List<AlertTransition> expected,
      Consumer<Alert> to) {
    for (AlertTransition transition : expected) {
      Told known = find(log.told, transition);
      if (known == null) {
        log.told.add(new Told(name(transition), transition, 0, false));
        to.accept(alert(subject, transition, 0, false, false));
      } else if (known.withdrawn || !known.transition.isSame(transition)) {
        known.transition = transition;
        known.revision++;
        known.withdrawn = false;
        to.accept(alert(subject, transition, known.revision, false, false));
      }
    }
    for (Told known : log.told) {
      AlertTransition transition = known.transition;
      if (!known.withdrawn && transition.time() > after && !contains(expected, transition)) {
        known.revision++;
        known.withdrawn = true;
        to.accept(alert(subject, transition, known.revision, false, true));
      }
    }
  }

  @Nullable
  private static Told find(List<Told> told, AlertTransition transition) {
    for (int i = told.size() - 1; i >= 0; i--) {
      if (told.get(i).transition.isSameKey(transition)) {
        return told.get(i);
      }
    }
    return null;
  }

  private static boolean contains(List<AlertTransition> all, AlertTransition one) {
    for (AlertTransition transition : all) {
      if (transition.isSameKey(one)) {
        return true;
      }
    }
    return false;
  }

  private static List<AlertInput> sorted(Iterable<AlertInput> inputs) {
    List<AlertInput> result = new ArrayList<>();
    Set<AlertInput> known = new HashSet<>();
    for (AlertInput input : inputs) {
      if (known.add(input)) {
        result.add(input);
      }
    }
    result.sort(Comparator.comparingLong(AlertInput::time));
    return result;
  }

  private String name(AlertTransition t) {
    return t.rule() == AlertTransition.NO_RULE ? "" : rules.get(t.rule()).name();
  }

  private Alert alert(
      String subject, AlertTransition t, long revision, boolean isFinal, boolean withdrawn) {
    return alert(subject, name(t), t, revision, isFinal, withdrawn);
  }

  private Alert alert(
      String subject,
      String name,
      AlertTransition t,
      long revision,
      boolean isFinal,
      boolean withdrawn) {
    AlertPriority priority =
        rules.stream()
            .filter(rule -> rule.name().equals(name))
            .map(AlertRule::priority)
            .findFirst()
            .orElse(AlertPriority.LOW);
    return new Alert(
        subject,
        Instant.ofEpochMilli(t.time()),
        name,
        t.state(),
        priority,
        t.score(),
        t.detail(),
        revision,
        isFinal,
        withdrawn);
  }

  /** Collects what the machine tells. */
  private static final class Collector implements AlertEngine.Sink {
    private final List<AlertTransition> transitions = new ArrayList<>();
    private final String subject;
    private final Consumer<AlertBurden> burden;

    Collector() {
      this("", one -> {});
    }

    Collector(String subject, Consumer<AlertBurden> burden) {
      this.subject = subject;
      this.burden = burden;
    }

    @Override
    public void transition(AlertTransition transition) {
      transitions.add(transition);
    }

    @Override
    public void day(AlertDay day) {
      burden.accept(
          new AlertBurden(
              subject,
              Instant.ofEpochMilli(day.day()).atOffset(ZoneOffset.UTC).toLocalDate(),
              day.raised(),
              day.suppressed(),
              day.delayed(),
              day.activeMillis(),
              day.hysteresisMillis()));
    }
  }
}
