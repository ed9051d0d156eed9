package org.healthbeam.it.probe;

import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.joda.time.Duration;

/** What comes in without an end. */
final class SourceProbes {
  private static final String SAW = "saw ";

  private SourceProbes() {}

  /** A splittable step counts, and goes on later each time, until it is told to stop. */
  static final class Splittable implements Probe {
    private static final long ENOUGH = 3;

    @Override
    public RunnerNeed need() {
      return RunnerNeed.UNBOUNDED_SPLITTABLE;
    }

    @Override
    public void build(Feed feed) {
      feed.pipeline()
          .apply("Start", Create.of("go"))
          .apply("Count", ParDo.of(new Count(feed.run())))
          .apply("Mark", ParDo.of(new Mark(feed.run())));
    }

    @Override
    public Answer judge(String run) {
      return Marks.of(run, SAW).size() >= ENOUGH ? Answer.YES : Answer.LOSES_OUTPUT;
    }

    @Override
    public boolean settled(String run) {
      return judge(run) == Answer.YES;
    }

    @Override
    public boolean ofBatches() {
      return false;
    }

    @DoFn.UnboundedPerElement
    static final class Count extends DoFn<String, Long> {
      private static final long serialVersionUID = 1L;
      private final String run;

      Count(String run) {
        this.run = run;
      }

      @GetInitialRestriction
      public OffsetRange all() {
        return new OffsetRange(0, Long.MAX_VALUE);
      }

      @ProcessElement
      public ProcessContinuation process(
          RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Long> out) {
        long next = tracker.currentRestriction().getFrom();
        if (!tracker.tryClaim(next)) {
          return ProcessContinuation.stop();
        }
        out.output(next);
        if (Marks.has(run, Script.END)) {
          tracker.tryClaim(Long.MAX_VALUE);
          return ProcessContinuation.stop();
        }
        return ProcessContinuation.resume().withResumeDelay(Duration.millis(20));
      }
    }

    static final class Mark extends DoFn<Long, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;

      Mark(String run) {
        this.run = run;
      }

      @ProcessElement
      public void process(@Element Long number) {
        Marks.add(run, SAW + number);
      }
    }
  }

  /**
   * The first source's elements wait for what the second says, as a side input without a default
   * must be waited for. The second says something new when the first has seen what it said before.
   */
  static final class ChangingSideInput implements Probe {
    /** As many chances to see the new value, one after the other. */
    private static final int CHANCES = 60;

    @Override
    public RunnerNeed need() {
      return RunnerNeed.CHANGING_SIDE_INPUT;
    }

    @Override
    public void build(Feed feed) {
      PCollectionView<String> side =
          feed.readAlone(
                  "Read side",
                  new Script()
                      .say(Script.closed(0), "side", "old", 10, 0)
                      .say(SAW + "old", "side", "new", 20, 20))
              .apply("Side values", Values.create())
              .apply(
                  "Each as it comes",
                  Window.<String>into(new GlobalWindows())
                      .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                      .discardingFiredPanes())
              .apply("Latest", View.asSingleton());
      feed.readWithTicks(new Script(), CHANCES)
          .apply("See", ParDo.of(new See(feed.run(), side)).withSideInputs(side));
    }

    @Override
    public Answer judge(String run) {
      return Marks.has(run, SAW + "old") && Marks.has(run, SAW + "new")
          ? Answer.YES
          : Answer.LOSES_OUTPUT;
    }

    @Override
    public boolean settled(String run) {
      return judge(run) == Answer.YES || Marks.has(run, Script.closed(CHANCES - 1));
    }

    @Override
    public boolean ofBatches() {
      return false;
    }

    static final class See extends DoFn<KV<String, String>, Void> {
      private static final long serialVersionUID = 1L;
      private final String run;
      private final PCollectionView<String> side;

      See(String run, PCollectionView<String> side) {
        this.run = run;
        this.side = side;
      }

      @ProcessElement
      public void process(ProcessContext context) {
        Marks.add(run, SAW + context.sideInput(side));
      }
    }
  }
}
