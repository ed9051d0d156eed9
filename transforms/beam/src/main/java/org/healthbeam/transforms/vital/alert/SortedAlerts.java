package org.healthbeam.transforms.vital.alert;

import java.util.Optional;
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
import org.healthbeam.core.vital.alert.AlertInput;

/**
 * Tells the final alerts of inputs that are bounded: the runner sorts those of a subject by time
 * (on disk, where it is a cluster's), and the machine goes over them once. What is held of a
 * subject is its machine: a few kilobytes and the values of trends.
 */
final class SortedAlerts {
  private SortedAlerts() {}

  private abstract static class Sorted extends DoFn<KV<String, AlertInput>, Alert> {
    private static final long serialVersionUID = 1L;
    static final String STATE = "machine";
    private final Followers followers;
    private final AlertOutcomes outcomes;

    Sorted(Followers followers, AlertOutcomes outcomes) {
      this.followers = followers;
      this.outcomes = outcomes;
    }

    @Setup
    public void setUp() {
      followers.start();
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      outcomes.tell(context);
    }

    void take(KV<String, AlertInput> element, ValueState<Followed> state, MultiOutputReceiver out) {
      outcomes.passed(element.getValue());
      Followed followed = Optional.ofNullable(state.read()).orElseGet(Followed::fresh);
      followers
          .of(element.getKey())
          .addInOrder(
              element.getKey(),
              followed.log(),
              element.getValue(),
              out.get(AlertVitals.ALERTS)::output,
              out.get(AlertVitals.BURDEN)::output);
      state.write(followed);
    }

    void end(String subject, ValueState<Followed> state, MultiOutputReceiver out) {
      Followed followed = state.read();
      if (followed != null) {
        followers
            .of(subject)
            .finish(
                subject,
                followed.log(),
                out.get(AlertVitals.ALERTS)::output,
                out.get(AlertVitals.BURDEN)::output);
        state.clear();
      }
    }
  }

  /** Where the runner calls at the end of a window. */
  static final class UntilExpiration extends Sorted {
    private static final long serialVersionUID = 1L;

    @StateId(STATE)
    private final StateSpec<ValueState<Followed>> spec = StateSpecs.value(FollowedCoder.of());

    UntilExpiration(Followers followers, AlertOutcomes outcomes) {
      super(followers, outcomes);
    }

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<String, AlertInput> element,
        @StateId(STATE) ValueState<Followed> state,
        MultiOutputReceiver out) {
      take(element, state, out);
    }

    @OnWindowExpiration
    public void onEnd(
        @Key String subject, @StateId(STATE) ValueState<Followed> state, MultiOutputReceiver out) {
      end(subject, state, out);
    }
  }

  /** Where it does not, as on Spark: by a timer at the end of time. */
  static final class UntilTimer extends Sorted {
    private static final long serialVersionUID = 1L;
    private static final String END = "end";

    @StateId(STATE)
    private final StateSpec<ValueState<Followed>> spec = StateSpecs.value(FollowedCoder.of());

    @TimerId(END)
    private final TimerSpec timer = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    UntilTimer(Followers followers, AlertOutcomes outcomes) {
      super(followers, outcomes);
    }

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<String, AlertInput> element,
        @StateId(STATE) ValueState<Followed> state,
        @TimerId(END) Timer end,
        MultiOutputReceiver out) {
      if (state.read() == null) {
        end.set(GlobalWindow.INSTANCE.maxTimestamp());
      }
      take(element, state, out);
    }

    @OnTimer(END)
    public void onEnd(
        @Key String subject, @StateId(STATE) ValueState<Followed> state, MultiOutputReceiver out) {
      end(subject, state, out);
    }
  }
}
