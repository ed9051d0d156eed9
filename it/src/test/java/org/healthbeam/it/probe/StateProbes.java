package org.healthbeam.it.probe;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** What a step keeps of what it has seen. */
final class StateProbes {
  private static final String TOLD = "told ";

  private StateProbes() {}

  private static Script unsorted() {
    return new Script().say("k", "c", 30).say("k", "a", 10).say("k", "b", 20);
  }

  static final class TimeSorted implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.TIME_SORTED_INPUT;
    }

    @Override
    public void build(Feed feed) {
      feed.read(unsorted()).apply("Tell in order", ParDo.of(new Tell(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      List<String> told = Marks.of(run, TOLD);
      if (told.size() < 3) {
        return Answer.LOSES_OUTPUT;
      }
      return told.equals(List.of("a", "b", "c")) ? Answer.YES : Answer.OUT_OF_ORDER;
    }

    static final class Tell extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      @StateId("last")
      private final StateSpec<ValueState<String>> last = StateSpecs.value();

      Tell(String run) {
        this.run = run;
      }

      @ProcessElement
      @RequiresTimeSortedInput
      public void process(
          @Element KV<String, String> element, @StateId("last") ValueState<String> last) {
        last.write(element.getValue());
        Marks.add(run, TOLD + element.getValue());
      }
    }
  }

  /** The fourth element comes when the others are kept, and reads them. */
  static final class OrderedList implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.ORDERED_LIST_STATE;
    }

    @Override
    public void build(Feed feed) {
      feed.read(unsorted().say("kept b", "k", "d", 40, 0))
          .apply("Keep in order", ParDo.of(new Keep(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      List<String> told = Marks.of(run, TOLD);
      if (told.isEmpty()) {
        return Answer.LOSES_OUTPUT;
      }
      return told.get(told.size() - 1).equals("[a, b, c, d]") ? Answer.YES : Answer.OUT_OF_ORDER;
    }

    static final class Keep extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      @StateId("all")
      private final StateSpec<OrderedListState<String>> all =
          StateSpecs.orderedList(StringUtf8Coder.of());

      Keep(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(
          @Element KV<String, String> element,
          @Timestamp Instant time,
          @StateId("all") OrderedListState<String> all) {
        all.add(TimestampedValue.of(element.getValue(), time));
        Marks.add(run, "kept " + element.getValue());
        List<String> kept = new ArrayList<>();
        all.readRange(Script.START, Script.START.plus(Duration.standardHours(1)))
            .forEach(value -> kept.add(value.getValue()));
        if (kept.size() == 4) {
          Marks.add(run, TOLD + kept);
        }
      }
    }
  }

  /** Five elements by twos: the last one comes alone when its window ends. */
  static final class Batches implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.GROUP_INTO_BATCHES;
    }

    @Override
    public void build(Feed feed) {
      Script script = new Script();
      for (int i = 0; i < 5; i++) {
        script.say("k", Integer.toString(i), 10 + i);
      }
      feed.read(script)
          .apply("Minutes", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
          .apply("Batches", GroupIntoBatches.ofSize(2))
          .apply("Tell batches", ParDo.of(new Sizes(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return Marks.of(run, TOLD).stream().sorted().toList().equals(List.of("1", "2", "2"))
          ? Answer.YES
          : Answer.LOSES_OUTPUT;
    }

    static final class Sizes extends DoFn<KV<String, Iterable<String>>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      Sizes(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(@Element KV<String, Iterable<String>> batch) {
        int size = 0;
        for (String ignored : batch.getValue()) {
          size++;
        }
        Marks.add(run, TOLD + size);
      }
    }
  }
}
