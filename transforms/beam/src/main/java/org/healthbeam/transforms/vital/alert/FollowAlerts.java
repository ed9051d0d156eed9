package org.healthbeam.transforms.vital.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertFollower;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.core.vital.alert.AlertLog;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Follows the alerts of subjects in a stream; see {@link AlertFollower}.
 *
 * <p>An input that is dated ahead proves nothing of the time between: a reading waits until the
 * watermark is within the tolerance of it, which at the start of a stream is when there is a
 * watermark; an acknowledgement waits until the watermark or a reading has reached its time.
 */
final class FollowAlerts extends DoFn<KV<String, AlertInput>, Alert> {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "log";
  private static final String PENDING = "pending";
  private static final String AHEAD = "ahead";
  private static final String DUE = "due";
  private static final String FOLD = "fold";
  private static final String REACHED = "reached";

  /** Inputs are made final in groups: each time all that wait are written anew. */
  private static final int FOLDS_PER_LATENESS = 8;

  private static final long SHORTEST_FOLD = 1000;
  private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();

  private final Followers followers;
  private final AlertOutcomes outcomes;
  private final long lateness;
  private final long tolerance;
  private final long foldEvery;

  @StateId(STATE)
  private final StateSpec<ValueState<Followed>> spec = StateSpecs.value(FollowedCoder.of());

  @StateId(PENDING)
  private final StateSpec<BagState<AlertInput>> pendingSpec = StateSpecs.bag(AlertInputCoder.of());

  @StateId(AHEAD)
  private final StateSpec<BagState<AlertInput>> aheadSpec = StateSpecs.bag(AlertInputCoder.of());

  @TimerId(DUE)
  private final TimerSpec dueSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId(FOLD)
  private final TimerSpec foldSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId(REACHED)
  private final TimerSpec reachedSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  FollowAlerts(Followers followers, AlertOutcomes outcomes, long lateness, long tolerance) {
    this.followers = followers;
    this.outcomes = outcomes;
    this.lateness = lateness;
    this.tolerance = tolerance;
    this.foldEvery = Math.max(SHORTEST_FOLD, lateness / FOLDS_PER_LATENESS);
  }

  @Setup
  public void setUp() {
    followers.start();
  }

  @ProcessElement
  public void process(
      @Element KV<String, AlertInput> element,
      @StateId(STATE) ValueState<Followed> state,
      @StateId(PENDING) BagState<AlertInput> pending,
      @StateId(AHEAD) BagState<AlertInput> ahead,
      @TimerId(DUE) Timer due,
      @TimerId(FOLD) Timer fold,
      @TimerId(REACHED) Timer reached,
      MultiOutputReceiver out) {
    String subject = element.getKey();
    AlertInput input = element.getValue();
    long watermark = due.getCurrentRelativeTime().getMillis();
    Followed known = state.read();
    Followed followed = known == null ? Followed.fresh() : known;
    AlertLog log = followed.log();
    // Where the state was forgotten, what is final is forgotten with it. The direct runner goes to
    // the end of time before the last elements of a source, which are in time.
    boolean over =
        known == null && watermark < END_OF_TIME && input.time() + lateness + foldEvery < watermark;
    if (over || followers.of(subject).isTooLate(log, input)) {
      outcomes.late(input);
      return;
    }
    outcomes.passed(input);
    Consumer<Alert> tell =
        alert -> out.get(AlertVitals.ALERTS).outputWithTimestamp(alert, at(input));
    followers.of(subject).adapt(subject, log, pending::read, tell);
    if (isAhead(input, watermark, log)) {
      ahead.add(input);
      long at = followed.reachedAt();
      if (enters(input) < at) {
        at = set(reached, enters(input), Long.MIN_VALUE);
      }
      state.write(new Followed(log, followed.dueAt(), followed.foldAt(), at));
      return;
    }
    followed = take(subject, followed, input, pending, due, fold, input.time(), tell);
    if (followed.reachedAt() <= log.latest()) {
      followed = enter(subject, followed, watermark, pending, ahead, due, fold, reached, tell);
    }
    state.write(followed);
  }

  /** Any: an input comes with the time until which it may come; see {@link ToAlertInputs}. */
  @SuppressWarnings("deprecation")
  @Override
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private static Instant at(AlertInput input) {
    return Instant.ofEpochMilli(input.time());
  }

  private boolean isAhead(AlertInput input, long watermark, AlertLog log) {
    return input.kind() == null
        ? input.time() > Math.max(watermark, log.latest())
        : input.time() - tolerance > watermark;
  }

  /** {@return the watermark at which an input that is dated ahead waits no more} */
  private long enters(AlertInput input) {
    return input.kind() == null ? input.time() : input.time() - tolerance;
  }

  /** Lets the follower know an input; returns the state after it. */
  private Followed take(
      String subject,
      Followed followed,
      AlertInput input,
      BagState<AlertInput> pending,
      Timer due,
      Timer fold,
      long now,
      Consumer<Alert> tell) {
    AlertLog log = followed.log();
    pending.add(input);
    followers.of(subject).add(subject, log, input, pending::read, tell);
    long dueAt = followed.dueAt();
    // A timer that fires too early is set again then: that costs less than to move it each time.
    if (log.nextDue() < dueAt) {
      dueAt = set(due, log.nextDue(), now);
    }
    long foldAt = followed.foldAt();
    if (input.time() + lateness + foldEvery < foldAt) {
      foldAt = set(fold, input.time() + lateness + foldEvery, now);
    }
    return new Followed(log, dueAt, foldAt, followed.reachedAt());
  }

  /** Takes the inputs that waited and are not ahead of this watermark any more. */
  private Followed enter(
      String subject,
      Followed before,
      long watermark,
      BagState<AlertInput> pending,
      BagState<AlertInput> ahead,
      Timer due,
      Timer fold,
      Timer reached,
      Consumer<Alert> tell) {
    List<AlertInput> waiting = new ArrayList<>();
    ahead.read().forEach(waiting::add);
    waiting.sort(Comparator.comparingLong(AlertInput::time));
    ahead.clear();
    Followed followed = before;
    long next = Followed.NEVER;
    for (AlertInput input : waiting) {
      if (isAhead(input, watermark, followed.log())) {
        ahead.add(input);
        next = Math.min(next, enters(input));
      } else {
        followed = take(subject, followed, input, pending, due, fold, input.time(), tell);
      }
    }
    long at = next == Followed.NEVER ? next : set(reached, next, watermark);
    return new Followed(followed.log(), followed.dueAt(), followed.foldAt(), at);
  }

  @OnTimer(REACHED)
  public void onReached(
      OnTimerContext context,
      @Key String subject,
      @StateId(STATE) ValueState<Followed> state,
      @StateId(PENDING) BagState<AlertInput> pending,
      @StateId(AHEAD) BagState<AlertInput> ahead,
      @TimerId(DUE) Timer due,
      @TimerId(FOLD) Timer fold,
      @TimerId(REACHED) Timer reached,
      MultiOutputReceiver out) {
    Followed followed = Optional.ofNullable(state.read()).orElseGet(Followed::fresh);
    adapt(subject, followed, pending, out);
    // Not the watermark, which may be at the end of time: timers of what comes in are to fire yet.
    long now = context.fireTimestamp().getMillis();
    Consumer<Alert> tell = out.get(AlertVitals.ALERTS)::output;
    state.write(enter(subject, followed, now, pending, ahead, due, fold, reached, tell));
  }

  @OnTimer(DUE)
  public void onDue(
      OnTimerContext context,
      @Key String subject,
      @StateId(STATE) ValueState<Followed> state,
      @StateId(PENDING) BagState<AlertInput> pending,
      @TimerId(DUE) Timer due,
      MultiOutputReceiver out) {
    Followed followed = state.read();
    if (followed == null) {
      return;
    }
    adapt(subject, followed, pending, out);
    long now = context.fireTimestamp().getMillis();
    AlertLog log = followed.log();
    followers.of(subject).advance(subject, log, now, out.get(AlertVitals.ALERTS)::output);
    state.write(
        new Followed(log, set(due, log.nextDue(), now), followed.foldAt(), followed.reachedAt()));
  }

  @OnTimer(FOLD)
  public void onFold(
      OnTimerContext context,
      @Key String subject,
      @StateId(STATE) ValueState<Followed> state,
      @StateId(PENDING) BagState<AlertInput> pending,
      @TimerId(FOLD) Timer fold,
      MultiOutputReceiver out) {
    Followed followed = state.read();
    if (followed == null) {
      return;
    }
    adapt(subject, followed, pending, out);
    long now = context.fireTimestamp().getMillis();
    AlertLog log = followed.log();
    AlertFollower follower = followers.of(subject);
    List<AlertInput> left =
        follower.fold(
            subject,
            log,
            now - lateness,
            pending.read(),
            out.get(AlertVitals.ALERTS)::output,
            out.get(AlertVitals.BURDEN)::output);
    pending.clear();
    left.forEach(pending::add);
    if (left.isEmpty() && follower.isAsNew(log)) {
      if (followed.reachedAt() == Followed.NEVER) {
        state.clear();
      } else {
        // Nothing is to be done before what is dated ahead comes in, which sets the timer.
        state.write(new Followed(log, followed.dueAt(), Followed.NEVER, followed.reachedAt()));
      }
      return;
    }
    long next =
        left.isEmpty()
            ? Math.min(log.nextFinalDue(), END_OF_TIME) + 1
            : left.get(0).time() + foldEvery;
    if (next > END_OF_TIME) {
      next = follower.forgettableAt(log);
    }
    state.write(
        new Followed(
            log,
            followed.dueAt(),
            set(fold, Math.max(now + 1, next + lateness), now),
            followed.reachedAt()));
  }

  private void adapt(
      String subject, Followed followed, BagState<AlertInput> pending, MultiOutputReceiver out) {
    followers
        .of(subject)
        .adapt(subject, followed.log(), pending::read, out.get(AlertVitals.ALERTS)::output);
  }

  /**
   * Sets a timer, unless it is never to fire, or time ends before that; returns when it will.
   *
   * @param now the time that is reached; at the end of time no more is set, since it would fire for
   *     ever
   */
  private static long set(Timer timer, long millis, long now) {
    if (millis == Long.MAX_VALUE || now >= END_OF_TIME) {
      return Followed.NEVER;
    }
    long at = Math.min(millis, END_OF_TIME);
    timer.set(Instant.ofEpochMilli(at));
    return at;
  }
}
