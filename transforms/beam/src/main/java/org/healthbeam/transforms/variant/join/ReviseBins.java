package org.healthbeam.transforms.variant.join;

import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
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
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.core.variant.join.BinJoin;
import org.healthbeam.core.variant.join.BinRevisions;
import org.healthbeam.core.variant.join.BinState;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.TotalsChange;
import org.healthbeam.core.variant.join.VariantRevision;
import org.joda.time.Duration;

/**
 * Keeps the state of each bin; some time after something has happened in it, and at the end of the
 * input, emits what is other than it was emitted before, and by how much the totals have changed.
 */
final class ReviseBins extends DoFn<KV<GenomeBin, CohortEvent>, VariantRevision> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<VariantRevision> VARIANTS =
      new TupleTag<VariantRevision>("variants") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<TotalsChange> TOTALS =
      new TupleTag<TotalsChange>("totals") {
        private static final long serialVersionUID = 1L;
      };

  @StateId("settled")
  private final StateSpec<BagState<CohortEvent>> settledSpec =
      StateSpecs.bag(CohortEventCoder.of());

  @StateId("pending")
  private final StateSpec<BagState<CohortEvent>> pendingSpec =
      StateSpecs.bag(CohortEventCoder.of());

  @StateId("waiting")
  private final StateSpec<ValueState<Boolean>> waitingSpec = StateSpecs.value(BooleanCoder.of());

  @StateId("revision")
  private final StateSpec<ValueState<Long>> revisionSpec = StateSpecs.value(VarLongCoder.of());

  @TimerId("soon")
  private final TimerSpec soonSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final int width;
  private final AbsentGenotype absent;
  private final ArrivingRegions regions;
  private final Duration delay;

  ReviseBins(int width, AbsentGenotype absent, ArrivingRegions regions, Duration delay) {
    this.width = width;
    this.absent = absent;
    this.regions = regions;
    this.delay = delay;
  }

  @ProcessElement
  public void process(
      @Element KV<GenomeBin, CohortEvent> element,
      BoundedWindow window,
      @AlwaysFetched @StateId("waiting") ValueState<Boolean> waiting,
      @StateId("pending") BagState<CohortEvent> pending,
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
      @Key GenomeBin bin,
      @StateId("waiting") ValueState<Boolean> waiting,
      @StateId("settled") BagState<CohortEvent> settled,
      @StateId("pending") BagState<CohortEvent> pending,
      @StateId("revision") ValueState<Long> revision,
      MultiOutputReceiver out) {
    revise(bin, waiting, settled, pending, revision, out);
  }

  @OnTimer("end")
  public void onEnd(
      @Key GenomeBin bin,
      @StateId("waiting") ValueState<Boolean> waiting,
      @StateId("settled") BagState<CohortEvent> settled,
      @StateId("pending") BagState<CohortEvent> pending,
      @StateId("revision") ValueState<Long> revision,
      MultiOutputReceiver out) {
    revise(bin, waiting, settled, pending, revision, out);
  }

  private void revise(
      GenomeBin bin,
      ValueState<Boolean> waiting,
      BagState<CohortEvent> settled,
      BagState<CohortEvent> pending,
      ValueState<Long> revision,
      MultiOutputReceiver out) {
    if (!isTrue(waiting.read())) {
      return;
    }
    BinState before = new BinState();
    settled.read().forEach(before::add);
    BinState after = before.copy();
    pending.read().forEach(after::add);
    Long last = revision.read();
    long next = last == null ? 1 : last + 1;
    OutputReceiver<VariantRevision> revisions = out.get(VARIANTS);
    TotalsChange change =
        new BinRevisions(new BinJoin(width, absent, regions.regions()))
            .between(bin, before, after, next, revisions::output);
    if (!change.isNothing()) {
      out.get(TOTALS).output(change);
    }
    revision.write(next);
    settled.clear();
    after.events().forEach(settled::add);
    pending.clear();
    waiting.write(false);
  }
}
