package org.healthbeam.transforms.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.outcome.StageLedger;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class OutcomesTest {
  private static final PayloadHash HASH = PayloadHash.salted();
  private static final List<InputRecord> RECORDS =
      List.of(
          InputRecord.ofText("file", "1", "good"),
          InputRecord.ofText("file", "2", "bad Jane Roe"),
          InputRecord.ofText("file", "3", "again"),
          InputRecord.ofText("file", "4", "good"));

  @Test
  void everyInputEndsInExactlyOneOutcomeAndRejectsCarryTheirPlace(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH);
    PCollection<String> passed = pipeline.apply(create()).apply("Sort", sort("Sort", "", rejects));
    PAssert.that(passed).containsInAnyOrder("good", "good");
    PAssert.that(rejects.all(pipeline)).containsInAnyOrder(rejected("Sort"));

    StageLedger stage = rejects.ledger(run(pipeline).metrics()).stages().get(0);
    Map<String, Long> outcomes = Map.of("passed", 2L, "duplicate", 1L, "rejected:malformed", 1L);
    assertEquals(new StageLedger("Sort", "records", 4, outcomes), stage);
    assertTrue(stage.isConserved());
  }

  @Test
  void whatIsCountedInBundlesIsToldInTheEnd(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH);
    Outcomes outcomes = Outcomes.declare(rejects, "Sort", "records", "");
    pipeline.apply(create()).apply("Sort", ParDo.of(new CountInBundles(outcomes)));
    Map<String, Long> counts = Map.of("passed", 2L, "duplicate", 1L, "bad", 1L);
    assertEquals(
        new StageLedger("Sort", "records", 4, counts),
        rejects.ledger(run(pipeline).metrics()).stages().get(0));
  }

  @Test
  void ofABundleThatFailedNothingIsCountedAndOfALongOneTheRunnerIsToldInBetween() throws Exception {
    Outcomes.Tally tally = Outcomes.declare(Rejects.with(HASH), "Sort", "records", "").tally();
    MetricsContainerImpl metrics = new MetricsContainerImpl("Sort");
    MetricsEnvironment.setCurrentContainer(metrics);
    try {
      tally.in();
      tally.out("duplicate");
      tally.clear();
      for (int i = 0; i < 10 * Outcomes.Tally.AT_ONCE; i++) {
        tally.in();
        tally.out("duplicate");
      }
      assertEquals(9 * Outcomes.Tally.AT_ONCE, counted(metrics, "Sort|in"));
      assertEquals(9 * Outcomes.Tally.AT_ONCE, counted(metrics, "Sort|=duplicate"));
      tally.flush();
      assertEquals(10 * Outcomes.Tally.AT_ONCE, counted(metrics, "Sort|in"));
      assertEquals(10 * Outcomes.Tally.AT_ONCE, counted(metrics, "Sort|=duplicate"));
    } finally {
      MetricsEnvironment.setCurrentContainer(null);
    }
  }

  private static long counted(MetricsContainerImpl metrics, String name) {
    return metrics.getCounter(MetricName.named(Outcomes.NAMESPACE, name)).getCumulative();
  }

  static final class CountInBundles extends DoFn<InputRecord, String> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;
    private transient Outcomes.Tally tally;

    CountInBundles(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @Setup
    public void setUp() {
      tally = outcomes.tally();
    }

    @ProcessElement
    public void process(@Element InputRecord record) {
      tally.in();
      switch (record.text().substring(0, 3)) {
        case "goo" -> tally.out();
        case "bad" -> tally.out("bad");
        default -> tally.out("duplicate");
      }
    }

    @FinishBundle
    public void finishBundle() {
      tally.flush();
      tally.flush();
    }
  }

  @Test
  void whatStagesTellIsTheAccountHoweverOftenTheCountersHaveCountedIt(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH).tellingCounts();
    Outcomes outcomes = Outcomes.declare(rejects, "Sort", "records", "");
    Rejects.collect(
        rejects,
        pipeline
            .apply(create())
            .apply(
                "Sort twice",
                ParDo.of(new Twice(outcomes))
                    .withOutputTags(Outcomes.REJECTED, TupleTagList.of(Outcomes.COUNTED))));
    List<StageCount> expected =
        List.of(
            new StageCount("Sort", StageCount.IN, 4),
            new StageCount("Sort", "passed", 3),
            new StageCount("Sort", "rejected:malformed", 1));
    PAssert.that(rejects.counts(rejects.all(pipeline))).containsInAnyOrder(expected);
    PipelineResult result = run(pipeline);
    assertEquals(8, rejects.ledger(result.metrics()).stages().get(0).in());
    assertEquals(
        new StageLedger("Sort", "records", 4, Map.of("passed", 3L, "rejected:malformed", 1L)),
        rejects.ledger(result.metrics(), expected).stages().get(0));
    // A stage that does not tell what it counted would not add up with one that does.
    assertEquals(8, rejects.ledger(result.metrics(), List.of()).stages().get(0).in());
    assertThrows(IllegalStateException.class, () -> Rejects.with(HASH).counts(null));
  }

  /** In windows a bundle has no place of its own where it could tell what it has counted. */
  @Test
  void aStepTellsAtTheEndOfItsBundlesIfItsInputIsInTheGlobalWindow(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH).tellingCounts();
    PCollection<InputRecord> records = pipeline.apply(create());
    for (String name : List.of("Globally", "By the hour")) {
      PCollection<InputRecord> input =
          name.equals("Globally")
              ? records
              : records.apply(Window.into(FixedWindows.of(Duration.standardHours(1))));
      Outcomes outcomes = Outcomes.declare(rejects, name, "records", "").byBundlesOf(input);
      TupleTag<String> none = new TupleTag<>("none");
      PCollectionTuple outputs =
          input.apply(
              name, ParDo.of(new TellBundles(outcomes)).withOutputTags(none, outcomes.outputs()));
      assertEquals(name.equals("Globally"), outputs.has(Outcomes.COUNTED));
      outputs.get(none).setCoder(StringUtf8Coder.of());
      Rejects.collectCounts(rejects, outputs);
    }
    PAssert.that(rejects.counts(rejects.all(pipeline)))
        .containsInAnyOrder(
            new StageCount("Globally", StageCount.IN, 4), new StageCount("Globally", "passed", 4));
    for (StageLedger stage : rejects.ledger(run(pipeline).metrics()).stages()) {
      assertEquals(4, stage.in(), "the counters have heard of all at the ends of the bundles");
      assertEquals(Map.of("passed", 4L), stage.outcomes());
    }
  }

  static final class TellBundles extends DoFn<InputRecord, String> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    TellBundles(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @ProcessElement
    public void process(@Element InputRecord record) {
      outcomes.in();
      outcomes.out();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      outcomes.tell(context);
    }
  }

  /** Does the work on each element twice, as if the first attempt had failed. */
  static final class Twice extends DoFn<InputRecord, Rejected> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    Twice(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(@Element InputRecord record, MultiOutputReceiver out) {
      outcomes.begin();
      outcomes.in();
      outcomes.out();
      outcomes.begin();
      outcomes.in();
      if (record.text().startsWith("bad")) {
        outcomes.reject(
            out.get(Outcomes.REJECTED),
            new RejectedException(RejectReason.MALFORMED, "not good"),
            record);
      } else {
        outcomes.out();
      }
      outcomes.tell(out.get(Outcomes.COUNTED));
    }
  }

  @Test
  void rejectsOfSeveralStagesAndWindowsComeTogether(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH);
    PCollection<InputRecord> records = pipeline.apply(create());
    records.apply("First", sort("First", "", rejects));
    records
        .apply("Windows", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
        .apply("Second", sort("Second", "", rejects));
    PAssert.that(rejects.all(pipeline)).containsInAnyOrder(rejected("First"), rejected("Second"));
    assertEquals(List.of(), rejects.ledger(run(pipeline).metrics()).violations());
  }

  @Test
  void aPipelineWithoutRejectsHasAnEmptyCollectionOfThem(TestPipeline pipeline) {
    PAssert.that(Rejects.with(HASH).all(pipeline)).empty();
    run(pipeline);
  }

  @Test
  void withoutRejectsTheFirstRejectFailsAndShowsPlaceAndReasonOnly(TestPipeline pipeline) {
    pipeline.apply(create()).apply("Sort", sort("Sort", "", null));
    PipelineExecutionException e =
        assertThrows(PipelineExecutionException.class, () -> run(pipeline));
    assertTrue(e.getCause() instanceof UncollectedRejectException, e.getMessage());
    assertTrue(e.getMessage().contains("Sort rejected file:2 (malformed: not good)"));
    assertFalse(e.getMessage().contains("Roe"));
  }

  @Test
  void aTransformWithoutRejectsAndForeignCountersDoNotDisturbTheLedger(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH);
    PCollection<String> passed = pipeline.apply(create()).apply("Sort", sort("Sort", "", rejects));
    passed.apply("Count", ParDo.of(new Foreign()));
    rejects.all(pipeline);
    assertEquals(1, rejects.ledger(run(pipeline).metrics()).stages().size());
  }

  @Test
  void aStageIsDeclaredOnceAndHasAUsableName() {
    Rejects rejects = Rejects.with(HASH);
    Outcomes.declare(rejects, "Sort", "records", "");
    assertThrows(
        IllegalArgumentException.class, () -> Outcomes.declare(rejects, "Sort", "records", ""));
    assertThrows(
        IllegalArgumentException.class, () -> Outcomes.declare(rejects, "a|b", "records", ""));
    assertThrows(
        IllegalArgumentException.class, () -> Outcomes.declare(rejects, "", "records", ""));
  }

  @Test
  void aRejectCannotBeCountedWithoutBeingEmitted() {
    Outcomes outcomes = Outcomes.declare(Rejects.with(HASH), "Sort", "records", "");
    assertThrows(IllegalArgumentException.class, () -> outcomes.out("rejected:malformed"));
  }

  @Test
  void whatComesAfterAllRejectsWereTakenIsRefusedNotLost(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(HASH);
    PCollection<Rejected> all = rejects.all(pipeline);
    assertThrows(IllegalStateException.class, () -> rejects.add(all));
    assertThrows(IllegalStateException.class, () -> rejects.all(pipeline));
    run(pipeline);
  }

  private static PipelineResult run(TestPipeline pipeline) {
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private static Create.Values<InputRecord> create() {
    return Create.of(RECORDS).withCoder(InputRecordCoder.of());
  }

  private static Rejected rejected(String stage) {
    InputRecord bad = RECORDS.get(1);
    return new Rejected(
        stage,
        RejectReason.MALFORMED,
        "not good",
        "file",
        "2",
        HASH.hash("file", "2", bad.bytes()));
  }

  private static PTransform<PCollection<InputRecord>, PCollection<String>> sort(
      String stage, String after, @Nullable Rejects rejects) {
    return new Sort(stage, after, rejects);
  }

  private static final class Sort
      extends PTransform<PCollection<InputRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;
    private static final TupleTag<String> PASSED =
        new TupleTag<String>("passed") {
          private static final long serialVersionUID = 1L;
        };

    private final String stage;
    private final String after;
    @Nullable private final transient Rejects rejects;

    Sort(String stage, String after, @Nullable Rejects rejects) {
      this.stage = stage;
      this.after = after;
      this.rejects = rejects;
    }

    @Override
    public PCollection<String> expand(PCollection<InputRecord> records) {
      Outcomes outcomes = Outcomes.declare(rejects, stage, "records", after);
      PCollectionTuple tuple =
          records.apply(
              "Sort out",
              ParDo.of(new SortFn(outcomes))
                  .withOutputTags(PASSED, TupleTagList.of(Outcomes.REJECTED)));
      Rejects.collect(rejects, tuple.get(Outcomes.REJECTED));
      return tuple.get(PASSED).setCoder(StringUtf8Coder.of());
    }
  }

  private static final class SortFn extends DoFn<InputRecord, String> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    SortFn(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void sort(@Element InputRecord record, MultiOutputReceiver out) {
      outcomes.in();
      if (record.text().equals("good")) {
        outcomes.out();
        out.get(Sort.PASSED).output(record.text());
      } else if (record.text().equals("again")) {
        outcomes.out("duplicate");
      } else {
        RejectedException why = new RejectedException(RejectReason.MALFORMED, "not good");
        outcomes.reject(out.get(Outcomes.REJECTED), why, record);
      }
    }
  }

  /** Counts in our namespace: by a name that is not ours, and for a stage that is not declared. */
  private static final class Foreign extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final Outcomes undeclared = Outcomes.declare(null, "Undeclared", "records", "");

    @ProcessElement
    public void count(@Element String element, OutputReceiver<String> out) {
      Metrics.counter(Outcomes.NAMESPACE, "elements").inc();
      undeclared.in();
      undeclared.out();
      out.output(element);
    }
  }
}
