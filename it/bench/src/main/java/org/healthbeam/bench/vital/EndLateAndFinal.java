package org.healthbeam.bench.vital;

import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/** Tells a window at its end, with each late reading, and when the lateness is over. */
final class EndLateAndFinal extends Trigger<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;
  private final long lateness;

  EndLateAndFinal(long lateness) {
    this.lateness = lateness;
  }

  @Override
  public TriggerResult onElement(Object e, long time, TimeWindow window, TriggerContext context) {
    if (window.maxTimestamp() <= context.getCurrentWatermark()) {
      context.registerEventTimeTimer(window.maxTimestamp() + lateness);
      return TriggerResult.FIRE;
    }
    context.registerEventTimeTimer(window.maxTimestamp());
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
    if (time == window.maxTimestamp()) {
      if (context.getCurrentWatermark() >= time + lateness) {
        return TriggerResult.FIRE_AND_PURGE;
      }
      context.registerEventTimeTimer(time + lateness);
      return TriggerResult.FIRE;
    }
    return time == window.maxTimestamp() + lateness ? TriggerResult.FIRE : TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(TimeWindow window, TriggerContext context) {
    context.deleteEventTimeTimer(window.maxTimestamp());
    context.deleteEventTimeTimer(window.maxTimestamp() + lateness);
  }
}
