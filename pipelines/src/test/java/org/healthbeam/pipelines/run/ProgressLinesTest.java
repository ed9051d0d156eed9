package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.healthbeam.pipelines.run.ProgressLines.Moment;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private static final long SECOND = 1_000_000_000;
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();
  private static final List<TaskProgress> NO_TASKS = List.of();
  private static final List<StepProgress> STEPS =
      List.of(
          new StepProgress("Read lines", 5000, 0, UNKNOWN),
          new StepProgress("Parse vital signs", 4000, 12, OptionalDouble.of(0.8)));

  private final ProgressLines lines = new ProgressLines();

  @Test
  void onATerminalEachStepHasABarWithItsCountItsRateAndItsRejects() {
    assertEquals(
        List.of(
            "     4 s   25% read, about 12 s to go  [#####...............]",
            "  Read lines                                        5,000      1,250/s",
            "  Parse vital signs [################....]          4,000      1,000/s  12 rejected"),
        lines.lines(new Moment(4 * SECOND, STEPS, NO_TASKS, OptionalDouble.of(0.25)), 100));
  }

  @Test
  void elsewhereThereIsOneLine() {
    assertEquals(
        "     4 s   25% read, about 12 s to go  Read lines 5,000 (1,250/s)"
            + "  Parse vital signs 4,000 (1,000/s, 12 rejected)",
        lines.line(new Moment(4 * SECOND, STEPS, NO_TASKS, OptionalDouble.of(0.25))));
  }

  @Test
  void aRateIsThatSinceTheLastTime() {
    lines.line(new Moment(4 * SECOND, STEPS, NO_TASKS, UNKNOWN));
    assertEquals(
        "     6 s  Read lines 7,000 (1,000/s)",
        lines.line(
            new Moment(
                6 * SECOND,
                List.of(new StepProgress("Read lines", 7000, 0, UNKNOWN)),
                NO_TASKS,
                UNKNOWN)));
  }

  @Test
  void onATerminalARateIsThatOfTheLastTenSeconds() {
    long[] counted = {0, 3000, 3000, 6000};
    String last = "";
    for (int i = 0; i < counted.length; i++) {
      StepProgress step = new StepProgress("Read lines", counted[i], 0, UNKNOWN);
      Moment now = new Moment((20 + i) * SECOND, List.of(step), NO_TASKS, UNKNOWN);
      last = lines.lines(now, 100).get(1);
    }
    assertEquals(
        "  Read lines                                 6,000      2,000/s",
        last,
        "a runner that tells its counts every two seconds does not stand still between them");
  }

  @Test
  void whatARunnerCutsIntoTasksHasABarOfThem() {
    List<TaskProgress> tasks =
        List.of(
            new TaskProgress("stage 3", "Map codes", 2, 8), new TaskProgress("stage 4", "", 0, 0));
    Moment now =
        new Moment(
            4 * SECOND,
            List.of(new StepProgress("Map codes", 4000, 0, UNKNOWN)),
            tasks,
            OptionalDouble.of(0.25));
    assertEquals(
        List.of(
            "     4 s   25% read, about 12 s to go  [#####...............]",
            "  Map codes                                 4,000      1,000/s",
            "  stage 3   [#####...............] 2 of 8 tasks  Map codes",
            "  stage 4                          0 of 0 tasks  "),
        lines.lines(now, 100));
    assertEquals(
        "     5 s  stage 3 (Map codes) 2 of 8 tasks  stage 4 0 of 0 tasks",
        lines.line(new Moment(5 * SECOND, List.of(), tasks, UNKNOWN)));
  }

  @Test
  void whatIsNotKnownIsNotShown() {
    assertEquals(
        "     2 s  running", lines.line(new Moment(2 * SECOND, List.of(), NO_TASKS, UNKNOWN)));
    assertEquals(
        "     2 s    1% read  running",
        lines.line(new Moment(2 * SECOND, List.of(), NO_TASKS, OptionalDouble.of(0.01))),
        "it is too early to tell how long it will take");
    assertEquals(
        "     9 s  100% read  running",
        lines.line(new Moment(9 * SECOND, List.of(), NO_TASKS, OptionalDouble.of(1))));
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    for (String line :
        lines.lines(new Moment(4 * SECOND, STEPS, NO_TASKS, OptionalDouble.of(0.25)), 60)) {
      assertTrue(line.length() < 60, line);
    }
  }
}
