package org.healthbeam.transforms.vital.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.quality.ReadingHours;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;

/**
 * Finds where readings are absent, by subject and kind.
 *
 * <p>Input: vital signs, bounded or not; takings back are passed over, and what they took back
 * counts, since it was received. Output: for each subject and kind its {@link ReadingGaps}, to the
 * minute, in the global window; of unbounded input when it has ended.
 *
 * <p>It holds 16 bytes for each hour in which a series has a reading. Of unbounded input with
 * {@link #withLateness}, on runners that have timers of event time, it lets hours go that are over
 * for so long: then a series takes 40 bytes and 16 for each hour within that time or ahead of the
 * watermark, however long the stream.
 */
public final class FindGaps extends PTransform<PCollection<VitalSign>, PCollection<ReadingGaps>> {
  private static final long serialVersionUID = 1L;

  @Nullable private final Duration lateness;

  private FindGaps(@Nullable Duration lateness) {
    this.lateness = lateness;
  }

  /** {@return the transform} */
  public static FindGaps create() {
    return new FindGaps(null);
  }

  /**
   * {@return a copy that says how long after its time a reading of unbounded input may come; what
   * comes later must have been refused, as by {@code RefuseLate}, or is passed over} For windows
   * that is their {@code grain} and the allowed lateness.
   *
   * @param howLong in event time
   */
  public FindGaps withLateness(Duration howLong) {
    if (howLong.isNegative()) {
      throw new IllegalArgumentException("lateness " + howLong + " is negative");
    }
    return new FindGaps(howLong);
  }

  @Override
  public PCollection<ReadingGaps> expand(PCollection<VitalSign> signs) {
    boolean letsGo =
        lateness != null
            && signs.isBounded() == IsBounded.UNBOUNDED
            && RunnerSupport.of(signs).has(RunnerNeed.EVENT_TIME_TIMERS);
    PCollection<KV<KV<String, Integer>, Long>> times =
        signs
            .apply("Times by series", ParDo.of(new TimesFn(letsGo ? lateness.toMillis() : 0)))
            .setCoder(
                KvCoder.of(KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of()), VarLongCoder.of()))
            .apply("At the end", Profile.<KV<KV<String, Integer>, Long>>atTheEnd());
    if (letsGo) {
      return times
          .apply("Gaps as they come", ParDo.of(new FollowGaps(lateness)))
          .setCoder(ReadingGapsCoder.of());
    }
    return times
        .apply("Hours of series", Combine.perKey(new HoursFn()))
        .apply("Gaps", ParDo.of(new GapsFn()))
        .setCoder(ReadingGapsCoder.of());
  }

  /**
   * Gives times by series, at their event time or as long after it as they may come: on the direct
   * runner an element behind the watermark does not hold it back, and so may meet the end of time.
   */
  static final class TimesFn extends DoFn<VitalSign, KV<KV<String, Integer>, Long>> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();
    private final long lateness;

    TimesFn(long lateness) {
      this.lateness = lateness;
    }

    /** Any: a reading may have been measured long before it was read. */
    @SuppressWarnings("deprecation")
    @Override
    public org.joda.time.Duration getAllowedTimestampSkew() {
      return org.joda.time.Duration.millis(Long.MAX_VALUE);
    }

    @ProcessElement
    public void process(
        @Element VitalSign sign, OutputReceiver<KV<KV<String, Integer>, Long>> out) {
      if (!sign.version().isWithdrawn()) {
        long time = sign.time().toEpochMilli();
        out.outputWithTimestamp(
            KV.of(KV.of(sign.subject(), sign.kind().index()), time),
            org.joda.time.Instant.ofEpochMilli(Math.min(time + lateness, END_OF_TIME)));
      }
    }
  }

  /** Collects minutes; in any order they come to the same. */
  static final class HoursFn extends Combine.CombineFn<Long, ReadingHours, ReadingHours> {
    private static final long serialVersionUID = 1L;

    @Override
    public ReadingHours createAccumulator() {
      return new ReadingHours();
    }

    @Override
    public ReadingHours addInput(ReadingHours hours, Long time) {
      hours.add(time);
      return hours;
    }

    @Override
    public ReadingHours mergeAccumulators(Iterable<ReadingHours> several) {
      ReadingHours all = new ReadingHours();
      several.forEach(all::addAll);
      return all;
    }

    @Override
    public ReadingHours extractOutput(ReadingHours hours) {
      return hours;
    }

    @Override
    public Coder<ReadingHours> getAccumulatorCoder(CoderRegistry registry, Coder<Long> input) {
      return HoursCoder.INSTANCE;
    }

    @Override
    public Coder<ReadingHours> getDefaultOutputCoder(CoderRegistry registry, Coder<Long> input) {
      return HoursCoder.INSTANCE;
    }
  }

  static final class GapsFn extends DoFn<KV<KV<String, Integer>, ReadingHours>, ReadingGaps> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<KV<String, Integer>, ReadingHours> series, OutputReceiver<ReadingGaps> out) {
      out.output(
          ReadingGaps.of(
              series.getKey().getKey(),
              VitalKind.at(series.getKey().getValue()),
              series.getValue()));
    }
  }

  static final class HoursCoder extends AtomicCoder<ReadingHours> {
    private static final long serialVersionUID = 1L;
    static final HoursCoder INSTANCE = new HoursCoder();

    @Override
    public void encode(ReadingHours value, OutputStream out) throws IOException {
      value.write(new DataOutputStream(out));
    }

    @Override
    public ReadingHours decode(InputStream in) throws IOException {
      return ReadingHours.read(new DataInputStream(in));
    }
  }
}
