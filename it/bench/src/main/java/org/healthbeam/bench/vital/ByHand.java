package org.healthbeam.bench.vital;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.window.VitalSummaries;

/**
 * The jobs of summaries and of alerts written by hand in Flink's DataStream API: the same rules of
 * {@code core}, the same windows, lateness and rows; keyed by subject and kind, as one would write
 * it.
 */
final class ByHand {
  private static final OutputTag<Point> LATE = new OutputTag<>("late", OwnType.POINT);

  private ByHand() {}

  /**
   * Builds it.
   *
   * @param listed whether a window keeps a list of readings rather than one accumulator: a state
   *     that is on disk appends to a list, but rewrites an accumulator for each reading
   */
  static void build(
      StreamExecutionEnvironment flink, Form form, Arrivals arrivals, Load load, boolean listed) {
    SingleOutputStreamOperator<Point> points = points(flink, form, arrivals);
    if (load == Load.ALERTS) {
      points
          .filter(point -> point.plausible() && point.series().kind() == VitalKind.HEART_RATE)
          .keyBy(Point::series, OwnType.SERIES)
          .process(new RaiseByHand())
          .returns(Types.VOID)
          .sinkTo(new DiscardingSink<>());
    } else {
      summarize(points, listed);
    }
  }

  private static SingleOutputStreamOperator<Point> points(
      StreamExecutionEnvironment flink, Form form, Arrivals arrivals) {
    int splits = flink.getParallelism();
    DataStream<Long> numbers =
        flink.fromSource(
            new NumberSequenceSource(0, arrivals.count() - 1),
            WatermarkStrategy.<Long>forGenerator(c -> new Progress(arrivals, splits))
                .withTimestampAssigner(new Times(arrivals, splits)),
            "Arrive");
    return numbers.process(new ParseByHand(form, arrivals, splits)).returns(OwnType.POINT);
  }

  private static void summarize(SingleOutputStreamOperator<Point> points, boolean listed) {
    WindowedStream<Point, Point.Series, TimeWindow> windows =
        points
            .keyBy(Point::series, OwnType.SERIES)
            .window(TumblingEventTimeWindows.of(Duration.ofMillis(Arrivals.WINDOW_MS)))
            .allowedLateness(Duration.ofMillis(Arrivals.LATENESS_MS))
            .trigger(new EndLateAndFinal(Arrivals.LATENESS_MS))
            .sideOutputLateData(LATE);
    SingleOutputStreamOperator<Void> told =
        listed
            ? windows.process(new TellList(), Types.VOID)
            : windows.aggregate(
                new Collect(), new Tell(), OwnType.READINGS, OwnType.READINGS, Types.VOID);
    told.getSideOutput(LATE).process(new ParseByHand.Refuse()).returns(Types.VOID);
    told.sinkTo(new DiscardingSink<>());
  }

  /** The n-th number of the source's i-th part is the n-th arrival of the i-th split. */
  static long arrival(long number, Arrivals arrivals, int splits) {
    long part = arrivals.count() / splits;
    return number % part * splits + number / part;
  }

  private record Times(Arrivals arrivals, int splits)
      implements SerializableTimestampAssigner<Long> {
    @Override
    public long extractTimestamp(Long number, long none) {
      return arrivals.eventTime(arrival(number, arrivals, splits));
    }
  }

  private static final class Progress implements WatermarkGenerator<Long> {
    private final Arrivals arrivals;
    private final int splits;
    private long last = -1;

    Progress(Arrivals arrivals, int splits) {
      this.arrivals = arrivals;
      this.splits = splits;
    }

    @Override
    public void onEvent(Long number, long time, WatermarkOutput out) {
      last = number;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput out) {
      if (last >= 0) {
        out.emitWatermark(new Watermark(arrivals.watermark(arrival(last, arrivals, splits))));
      }
    }
  }

  private static final class Collect
      implements AggregateFunction<Point, ReadingSeries, ReadingSeries> {
    private static final long serialVersionUID = 1L;

    @Override
    public ReadingSeries createAccumulator() {
      return new ReadingSeries();
    }

    @Override
    public ReadingSeries add(Point point, ReadingSeries series) {
      if (point.plausible()) {
        series.add(point.time(), point.value());
      } else {
        series.addImplausible(1);
      }
      return series;
    }

    @Override
    public ReadingSeries getResult(ReadingSeries series) {
      return series;
    }

    @Override
    public ReadingSeries merge(ReadingSeries a, ReadingSeries b) {
      a.addAll(b);
      return a;
    }
  }

  private abstract static class Telling<T>
      extends ProcessWindowFunction<T, Void, Point.Series, TimeWindow> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> TOLD =
        new ValueStateDescriptor<>("told", Types.LONG);

    void tell(Point.Series key, Context context, ReadingSeries series) throws Exception {
      if (series.size() == 0) {
        return;
      }
      ValueState<Long> told = context.windowState().getState(TOLD);
      Long before = told.value();
      long revision = before == null ? 0 : before;
      TimeWindow window = context.window();
      boolean last = context.currentWatermark() >= window.maxTimestamp() + Arrivals.LATENESS_MS;
      if (!last) {
        told.update(revision + 1);
      }
      Tally.told(
          VitalSummaries.of(
              key.subject(),
              key.kind(),
              Instant.ofEpochMilli(window.getStart()),
              Instant.ofEpochMilli(window.getEnd()),
              revision,
              last,
              series,
              Duration.ofMinutes(1)));
    }

    @Override
    public void clear(Context context) throws Exception {
      context.windowState().getState(TOLD).clear();
    }
  }

  private static final class Tell extends Telling<ReadingSeries> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        Point.Series key, Context context, Iterable<ReadingSeries> one, Collector<Void> out)
        throws Exception {
      tell(key, context, one.iterator().next());
    }
  }

  private static final class TellList extends Telling<Point> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        Point.Series key, Context context, Iterable<Point> points, Collector<Void> out)
        throws Exception {
      Collect collect = new Collect();
      ReadingSeries series = new ReadingSeries();
      for (Point point : points) {
        collect.add(point, series);
      }
      tell(key, context, series);
    }
  }
}
