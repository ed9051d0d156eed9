package org.healthbeam.transforms.runner;

/** What a transform may need that not every runner does in batch and in streaming. */
public enum RunnerNeed {
  /** A timer of event time that fires, or tells the watermark. */
  EVENT_TIME_TIMERS("timers of event time"),
  /** A family of event-time timers ({@code @TimerFamily}) whose timers fire. */
  TIMER_FAMILIES("families of timers that fire"),
  /** A timer of processing time that fires once, also after it was set again. */
  PROCESSING_TIME_TIMERS("timers of processing time that can be set again"),
  /** {@code @OnWindowExpiration}. */
  WINDOW_EXPIRATION("call at the end of a window"),
  /** {@code @RequiresTimeSortedInput}. */
  TIME_SORTED_INPUT("input sorted by time"),
  /** State that is a list ordered by time. */
  ORDERED_LIST_STATE("state ordered by time"),
  /** A grouping of the output of a grouping, without an allowed lateness of its own. */
  CHAINED_GROUPING("grouping of what a grouping gives, unless it allows lateness"),
  /** No pane with nothing in it when the watermark leaps over a window under default triggers. */
  NO_EMPTY_PANES("default trigger that leaves empty windows out"),
  /** A splittable read that never ends, as {@code PeriodicImpulse} and watching files are. */
  UNBOUNDED_SPLITTABLE("splittable reads that never end"),
  /** A side input that changes while the pipeline runs. */
  CHANGING_SIDE_INPUT("side inputs that change"),
  /** {@code GroupIntoBatches}. */
  GROUP_INTO_BATCHES("grouping into batches");

  private final String text;

  RunnerNeed(String text) {
    this.text = text;
  }

  /** {@return what it is, in words that follow "it has no"} */
  public String text() {
    return text;
  }
}
