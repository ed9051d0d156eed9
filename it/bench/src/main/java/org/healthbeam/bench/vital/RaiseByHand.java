package org.healthbeam.bench.vital;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The alert of the job by hand: raised as readings come; late ones correct nothing. */
final class RaiseByHand extends KeyedProcessFunction<Point.Series, Point, Void> {
  private static final long serialVersionUID = 1L;
  private transient ValueState<Boolean> active;

  @Override
  public void open(OpenContext context) {
    active = getRuntimeContext().getState(new ValueStateDescriptor<>("active", Types.BOOLEAN));
  }

  @Override
  public void processElement(Point point, Context context, Collector<Void> out) throws IOException {
    boolean high = point.value() >= BeamJob.HIGH_HEART_RATE;
    boolean was = Boolean.TRUE.equals(active.value());
    if (high && !was) {
      Tally.raised(point.series().subject(), point.time());
    }
    if (high != was) {
      active.update(high);
    }
  }
}
