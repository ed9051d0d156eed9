package org.healthbeam.it.probe;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.joda.time.Duration;

/** What windows give. */
final class PaneProbes {
  private static final String PANE = "pane ";
  private static final Duration MINUTE = Duration.standardMinutes(1);

  private PaneProbes() {}

  /**
   * Three elements of one hour, grouped, and taken apart into minutes again at the times that they
   * had. The first grouping holds the watermark back for its earliest element; so no minute is over
   * yet. A runner with one watermark for all steps takes them for late: their minutes were over
   * before the hour was.
   */
  static final class ChainedGrouping implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.CHAINED_GROUPING;
    }

    @Override
    public void build(Feed feed) {
      Script script =
          new Script()
              .say("", "k", "10", 10, 10)
              .say("first 10", "k", "1800", 1800, 1800)
              .say("first 1800", "k", "3000", 3000, 3000);
      feed.read(script)
          .apply("Mark first", ParDo.of(new Mark(feed.run())))
          .apply(
              "Hours",
              Window.<KV<String, String>>into(FixedWindows.of(Duration.standardHours(1)))
                  .withTimestampCombiner(TimestampCombiner.EARLIEST))
          .apply("Group", GroupByKey.create())
          .apply("Take apart", ParDo.of(new TakeApart()))
          .apply("Minutes", Window.into(FixedWindows.of(MINUTE)))
          .apply("Group again", GroupByKey.create())
          .apply("Tell panes", ParDo.of(new Panes(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return Marks.of(run, PANE).stream()
              .sorted()
              .toList()
              .equals(List.of("[10]", "[1800]", "[3000]"))
          ? Answer.YES
          : Answer.LOSES_OUTPUT;
    }

    static final class Mark extends DoFn<KV<String, String>, KV<String, String>> {
      private static final long serialVersionUID = 1L;
      private final String run;

      Mark(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(
          @Element KV<String, String> element, OutputReceiver<KV<String, String>> out) {
        Marks.add(run, "first " + element.getValue());
        out.output(element);
      }
    }

    static final class TakeApart extends DoFn<KV<String, Iterable<String>>, KV<String, String>> {
      private static final long serialVersionUID = 1L;

      @ProcessElement
      public void process(
          @Element KV<String, Iterable<String>> group, OutputReceiver<KV<String, String>> out) {
        for (String second : group.getValue()) {
          out.outputWithTimestamp(
              KV.of("again", second),
              Script.START.plus(Duration.standardSeconds(Long.parseLong(second))));
        }
      }
    }
  }

  /**
   * The watermark rests after the first window's end, within its lateness; from before the end of
   * the second it leaps to after the end of its lateness.
   */
  static final class EmptyPanes implements Probe {
    @Override
    public RunnerNeed need() {
      return RunnerNeed.NO_EMPTY_PANES;
    }

    @Override
    public void build(Feed feed) {
      feed.read(new Script().say("k", "a", 10).say("", "k", "b", 310, 310))
          .apply(
              "Minutes",
              Window.<KV<String, String>>into(FixedWindows.of(MINUTE))
                  .withAllowedLateness(Duration.standardMinutes(5))
                  .discardingFiredPanes())
          .apply("Group", GroupByKey.create())
          .apply("Tell panes", ParDo.of(new Panes(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      List<String> panes = Marks.of(run, PANE);
      if (panes.contains("[]")) {
        return Answer.EMPTY_PANE;
      }
      return panes.stream().sorted().toList().equals(List.of("[a]", "[b]"))
          ? Answer.YES
          : Answer.LOSES_OUTPUT;
    }
  }

  static final class Panes extends DoFn<KV<String, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    Panes(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> pane) {
      List<String> values = new ArrayList<>();
      pane.getValue().forEach(values::add);
      Marks.add(run, PANE + values);
    }
  }
}
