package org.healthbeam.it.probe;

import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** What calls a step back later. */
final class TimerProbes {
  private static final String FIRED = "fired ";

  private TimerProbes() {}

  static final class EventTime implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.EVENT_TIME_TIMERS;
    }

    @Override
    public void build(Feed feed) {
      feed.read(new Script().say("k", "a", 10)).apply("Set", ParDo.of(new Once(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return Marks.of(run, FIRED).isEmpty() ? Answer.NEVER_FIRES : Answer.YES;
    }

    static final class Once extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      @TimerId("due")
      private final TimerSpec due = TimerSpecs.timer(TimeDomain.EVENT_TIME);

      Once(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(@Timestamp Instant time, @TimerId("due") Timer timer) {
        timer.set(time.plus(Duration.standardMinutes(1)));
      }

      @OnTimer("due")
      public void onDue() {
        Marks.add(run, FIRED);
      }
    }
  }

  static final class Family implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.TIMER_FAMILIES;
    }

    @Override
    public void build(Feed feed) {
      feed.read(new Script().say("k", "a", 10)).apply("Set", ParDo.of(new Two(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return Marks.has(run, FIRED + "one") && Marks.has(run, FIRED + "two")
          ? Answer.YES
          : Answer.NEVER_FIRES;
    }

    static final class Two extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      @StateId("last")
      private final StateSpec<ValueState<String>> last = StateSpecs.value();

      @SuppressWarnings("unused") // read by Beam
      @TimerFamily("dues")
      private final TimerSpec dues = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

      Two(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(
          @Element KV<String, String> element,
          @Timestamp Instant time,
          @StateId("last") ValueState<String> last,
          @TimerFamily("dues") TimerMap timers) {
        last.write(element.getValue());
        timers.set("one", time.plus(Duration.standardMinutes(1)));
        timers.set("two", time.plus(Duration.standardMinutes(2)));
      }

      @OnTimerFamily("dues")
      public void onDue(@TimerId String timer) {
        Marks.add(run, FIRED + timer);
      }
    }
  }

  /**
   * Two elements, at once one after the other, set the same timer; the one of the second holds. A
   * third key's timer is due after both, so once it has fired there is nothing to wait for.
   */
  static final class ProcessingTime implements Probe {
    private static final String LAST = FIRED + "last";

    @Override
    public RunnerNeed need() {
      return RunnerNeed.PROCESSING_TIME_TIMERS;
    }

    @Override
    public void build(Feed feed) {
      feed.read(new Script().say("k", "300", 10).say("k", "600", 11).say("last", "1200", 12))
          .apply("Set again", ParDo.of(new Again(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return switch (Marks.of(run, FIRED + "k").size()) {
        case 0 -> Answer.NEVER_FIRES;
        case 1 -> Marks.has(run, LAST) ? Answer.YES : Answer.NEVER_FIRES;
        // A machine so slow that the first was due before the second was set proves nothing.
        default -> Marks.has(run, "too slow") ? Answer.STANDS_STILL : Answer.FIRES_TWICE;
      };
    }

    @Override
    public boolean settled(String run) {
      return Marks.has(run, LAST) && Probe.super.settled(run);
    }

    static final class Again extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      @StateId("key")
      private final StateSpec<ValueState<String>> key = StateSpecs.value();

      @TimerId("soon")
      private final TimerSpec soon = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

      Again(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(
          @Element KV<String, String> element,
          @StateId("key") ValueState<String> key,
          @TimerId("soon") Timer timer) {
        key.write(element.getKey());
        if (!Marks.of(run, FIRED + "k").isEmpty()) {
          Marks.add(run, "too slow");
        }
        timer.offset(Duration.millis(Long.parseLong(element.getValue()))).setRelative();
      }

      @OnTimer("soon")
      public void onSoon(@StateId("key") ValueState<String> key) {
        Marks.add(run, FIRED + key.read());
      }
    }
  }

  static final class WindowEnd implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.WINDOW_EXPIRATION;
    }

    @Override
    public void build(Feed feed) {
      feed.read(new Script().say("k", "a", 10))
          .apply("Minutes", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
          .apply("Tell the end", ParDo.of(new TellEnd(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return Marks.has(run, FIRED + "a") ? Answer.YES : Answer.NEVER_FIRES;
    }

    static final class TellEnd extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      @StateId("last")
      private final StateSpec<ValueState<String>> last = StateSpecs.value();

      TellEnd(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(
          @Element KV<String, String> element, @StateId("last") ValueState<String> last) {
        last.write(element.getValue());
      }

      @OnWindowExpiration
      public void onEnd(@StateId("last") ValueState<String> last) {
        Marks.add(run, FIRED + last.read());
      }
    }
  }
}
