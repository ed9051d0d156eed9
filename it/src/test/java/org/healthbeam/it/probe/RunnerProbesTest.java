package org.healthbeam.it.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.healthbeam.it.PageTable;
import org.healthbeam.transforms.runner.Engine;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks every runner for everything in the table of {@code docs/runners.md}, and holds the page and
 * {@link RunnerSupport} to what they answer. With {@code -Dhealthbeam.probes.write=true} the page
 * is written anew.
 */
@Tag("slow")
class RunnerProbesTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static final Matrix ANSWERS = new Matrix();

  /** Spark has one stream in a JVM and no more, so each of its streams has one. */
  @BeforeAll
  static void askAll() throws Exception {
    List<RunnerNeed> all = Arrays.asList(RunnerNeed.values());
    List<RunnerNeed> ofBatches =
        all.stream().filter(need -> AskRunner.probe(need).ofBatches()).toList();
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<?>> asked = new ArrayList<>();
    for (RunnerNeed need : all) {
      asked.add(two.submit(() -> ask(Engine.SPARK, true, List.of(need))));
    }
    asked.add(two.submit(() -> ask(Engine.FLINK, true, all)));
    asked.add(two.submit(() -> ask(Engine.DIRECT, true, all)));
    for (Engine engine : Matrix.ENGINES) {
      asked.add(two.submit(() -> ask(engine, false, ofBatches)));
    }
    try {
      for (Future<?> one : asked) {
        one.get();
      }
    } finally {
      two.shutdownNow();
    }
  }

  private static void ask(Engine engine, boolean streaming, List<RunnerNeed> needs) {
    ANSWERS.put(engine, streaming, RunnerProcess.ask(engine, streaming, needs, folder));
  }

  @Test
  void pageSaysWhatTheRunnersAnswer() throws IOException {
    new PageTable("RunnerProbesTest").hold(ANSWERS.lines(), "healthbeam.probes.write");
  }

  @Test
  void runnerSupportHasWhatTheRunnersDoAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    for (Engine engine : Matrix.ENGINES) {
      for (boolean streaming : new boolean[] {false, true}) {
        for (RunnerNeed need : RunnerNeed.values()) {
          Answer answer = ANSWERS.get(engine, streaming, need);
          boolean has = RunnerSupport.has(engine, streaming, need);
          if (answer != null && has != (answer == Answer.YES)) {
            wrong.add(
                "%s %s %s: %s, but RunnerSupport says %s"
                    .formatted(engine, streaming ? "streaming" : "batch", need, answer, has));
          }
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void flinkTellsAnEmptyPaneWhenTheWatermarkLeapsOverAWindow() {
    assertEquals(Answer.EMPTY_PANE, ANSWERS.get(Engine.FLINK, true, RunnerNeed.NO_EMPTY_PANES));
  }

  @Test
  void sparkLosesInStreamsWhatAGroupingGivesToAGrouping() {
    assertEquals(Answer.LOSES_OUTPUT, ANSWERS.get(Engine.SPARK, true, RunnerNeed.CHAINED_GROUPING));
  }

  @Test
  void timersOfAFamilyNeverFireInStreamsOnSpark() {
    assertEquals(Answer.NEVER_FIRES, ANSWERS.get(Engine.SPARK, true, RunnerNeed.TIMER_FAMILIES));
  }
}
