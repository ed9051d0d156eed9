package org.healthbeam.transforms.vital.alert;

import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
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
import org.joda.time.Instant;

/** Follows the alerts of subjects in a stream; see {@link AlertFollower}. */
final class FollowAlerts extends DoFn<KV<String, AlertInput>, Alert> {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "log";
  private static final String PENDING = "pending";
  private static final String DUE = "due";
  private static final String FOLD = "fold";

  /** Inputs are made final in groups: each time all that wait are written anew. */
  private static final int FOLDS_PER_LATENESS = 8;

  private static final long SHORTEST_FOLD = 1000;
  private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();

  private final Followers followers;
  private final long lateness;
  private final long foldEvery;
  private final Counter late = Metrics.counter(AlertVitals.class, "late");

  @StateId(STATE)
  private final StateSpec<ValueState<Followed>> spec = StateSpecs.value(FollowedCoder.of());

  @StateId(PENDING)
  private final StateSpec<BagState<AlertInput>> pendingSpec = StateSpecs.bag(AlertInputCoder.of());

  @TimerId(DUE)
  private final TimerSpec dueSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId(FOLD)
  private final TimerSpec foldSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  FollowAlerts(Followers followers, long lateness) {
    this.followers = followers;
    this.lateness = lateness;
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
      @TimerId(DUE) Timer due,
      @TimerId(FOLD) Timer fold,
      MultiOutputReceiver out) {
    String subject = element.getKey();
    AlertInput input = element.getValue();
    AlertFollower follower = followers.of(subject);
    Followed followed = Optional.ofNullable(state.read()).orElseGet(Followed::fresh);
    AlertLog log = followed.log();
    if (follower.isTooLate(log, input)) {
      late.inc();
      return;
    }
    pending.add(input);
    follower.add(subject, log, input, pending::read, out.get(AlertVitals.ALERTS)::output);
    long dueAt = followed.dueAt();
    // A timer that fires too early is set again then: that costs less than to move it each time.
    if (log.nextDue() < dueAt) {
      dueAt = set(due, log.nextDue());
    }
    long foldAt = followed.foldAt();
    if (input.time() + lateness + foldEvery < foldAt) {
      foldAt = set(fold, input.time() + lateness + foldEvery);
    }
    state.write(new Followed(log, dueAt, foldAt));
  }

  @OnTimer(DUE)
  public void onDue(
      OnTimerContext context,
      @Key String subject,
      @StateId(STATE) ValueState<Followed> state,
      @TimerId(DUE) Timer due,
      MultiOutputReceiver out) {
    Followed followed = state.read();
    if (followed == null) {
      return;
    }
    long now = context.fireTimestamp().getMillis();
    AlertLog log = followed.log();
    followers.of(subject).advance(subject, log, now, out.get(AlertVitals.ALERTS)::output);
    state.write(new Followed(log, set(due, log.nextDue()), followed.foldAt()));
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
      state.clear();
      return;
    }
    long next =
        left.isEmpty()
            ? Math.min(log.nextFinalDue(), END_OF_TIME) + 1
            : left.get(0).time() + foldEvery;
    if (next > END_OF_TIME) {
      next = follower.forgettableAt(log);
    }
    state.write(new Followed(log, followed.dueAt(), set(fold, Math.max(now + 1, next + lateness))));
  }

  /** Sets a timer, unless it is never to fire; returns when it will. */
  private static long set(Timer timer, long millis) {
    if (millis == Long.MAX_VALUE) {
      return Followed.NEVER;
    }
    long at = Math.min(millis, END_OF_TIME);
    timer.set(Instant.ofEpochMilli(at));
    return at;
  }
}
