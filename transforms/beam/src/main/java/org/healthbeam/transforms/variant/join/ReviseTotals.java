package org.healthbeam.transforms.variant.join;

import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.join.ArrivingTotals;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.TotalsChange;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.joda.time.Duration;

/**
 * Adds up what changes in the bins; some time after something has, and at the end of the input,
 * emits the totals. Its one key has them as state.
 */
final class ReviseTotals extends DoFn<KV<Integer, KV<CohortEvent, TotalsChange>>, TotalsRevision> {
  private static final long serialVersionUID = 1L;

  private static final KvCoder<CohortEvent, TotalsChange> NEWS =
      KvCoder.of(NullableCoder.of(CohortEventCoder.of()), NullableCoder.of(TotalsChangeCoder.of()));

  /** One key, and either a sample that has come or gone, or a change. */
  static final KvCoder<Integer, KV<CohortEvent, TotalsChange>> INPUT =
      KvCoder.of(VarIntCoder.of(), NEWS);

  @StateId("settled")
  private final StateSpec<ValueState<ArrivingTotals>> settledSpec =
      StateSpecs.value(ArrivingTotalsCoder.of());

  @StateId("pending")
  private final StateSpec<BagState<KV<CohortEvent, TotalsChange>>> pendingSpec =
      StateSpecs.bag(NEWS);

  @StateId("waiting")
  private final StateSpec<ValueState<Boolean>> waitingSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("soon")
  private final TimerSpec soonSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final Duration delay;

  ReviseTotals(Duration delay) {
    this.delay = delay;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, KV<CohortEvent, TotalsChange>> element,
      BoundedWindow window,
      @AlwaysFetched @StateId("waiting") ValueState<Boolean> waiting,
      @StateId("pending") BagState<KV<CohortEvent, TotalsChange>> pending,
      @TimerId("soon") Timer soon,
      @TimerId("end") Timer end) {
    pending.add(element.getValue());
    if (!isTrue(waiting.read())) {
      waiting.write(true);
      soon.offset(delay).setRelative();
      end.set(window.maxTimestamp());
    }
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  @OnTimer("soon")
  public void onSoon(
      @StateId("waiting") ValueState<Boolean> waiting,
      @StateId("settled") ValueState<ArrivingTotals> settled,
      @StateId("pending") BagState<KV<CohortEvent, TotalsChange>> pending,
      OutputReceiver<TotalsRevision> out) {
    revise(waiting, settled, pending, out);
  }

  @OnTimer("end")
  public void onEnd(
      @StateId("waiting") ValueState<Boolean> waiting,
      @StateId("settled") ValueState<ArrivingTotals> settled,
      @StateId("pending") BagState<KV<CohortEvent, TotalsChange>> pending,
      OutputReceiver<TotalsRevision> out) {
    revise(waiting, settled, pending, out);
  }

  private static void revise(
      ValueState<Boolean> waiting,
      ValueState<ArrivingTotals> settled,
      BagState<KV<CohortEvent, TotalsChange>> pending,
      OutputReceiver<TotalsRevision> out) {
    if (!isTrue(waiting.read())) {
      return;
    }
    ArrivingTotals state = settled.read();
    ArrivingTotals before = state == null ? ArrivingTotals.begin() : state;
    ArrivingTotals after = before.copy();
    for (KV<CohortEvent, TotalsChange> news : pending.read()) {
      if (news.getKey() != null) {
        after.add(news.getKey());
      } else {
        after.add(news.getValue());
      }
    }
    after.since(before).ifPresent(out::output);
    settled.write(after);
    pending.clear();
    waiting.write(false);
  }
}
