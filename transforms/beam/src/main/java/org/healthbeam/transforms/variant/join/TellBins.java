package org.healthbeam.transforms.variant.join;

import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.GenomeBin;

/**
 * Tells every bin which samples have come and gone, since that changes how many are missing there;
 * a new bin learns of all that was before. Its one key has the bins and the samples as state.
 */
final class TellBins
    extends DoFn<KV<Integer, KV<GenomeBin, CohortEvent>>, KV<GenomeBin, CohortEvent>> {
  private static final long serialVersionUID = 1L;

  @StateId("bins")
  private final StateSpec<BagState<GenomeBin>> binsSpec = StateSpecs.bag(GenomeBinCoder.of());

  @StateId("arrived")
  private final StateSpec<MapState<String, Long>> arrivedSpec =
      StateSpecs.map(StringUtf8Coder.of(), VarLongCoder.of());

  @StateId("withdrawn")
  private final StateSpec<MapState<String, Long>> withdrawnSpec =
      StateSpecs.map(StringUtf8Coder.of(), VarLongCoder.of());

  /** What all bins of a sequence learn, with one of them. */
  @StateId("ofSequences")
  private final StateSpec<BagState<KV<GenomeBin, CohortEvent>>> ofSequencesSpec =
      StateSpecs.bag(KvCoder.of(GenomeBinCoder.of(), CohortEventCoder.of()));

  @ProcessElement
  public void process(
      @Element KV<Integer, KV<GenomeBin, CohortEvent>> element,
      @StateId("bins") BagState<GenomeBin> bins,
      @StateId("arrived") MapState<String, Long> arrived,
      @StateId("withdrawn") MapState<String, Long> withdrawn,
      @StateId("ofSequences") BagState<KV<GenomeBin, CohortEvent>> ofSequences,
      OutputReceiver<KV<GenomeBin, CohortEvent>> out) {
    CohortEvent event = element.getValue().getValue();
    if (event == null) {
      GenomeBin bin = element.getValue().getKey();
      bins.add(bin);
      for (Map.Entry<String, Long> entry : arrived.entries().read()) {
        out.output(KV.of(bin, CohortEvent.arrival(entry.getKey(), entry.getValue())));
      }
      for (Map.Entry<String, Long> entry : withdrawn.entries().read()) {
        out.output(KV.of(bin, CohortEvent.withdrawal(entry.getKey(), entry.getValue())));
      }
      for (KV<GenomeBin, CohortEvent> each : ofSequences.read()) {
        if (each.getKey().contig().equals(bin.contig())) {
          out.output(KV.of(bin, each.getValue()));
        }
      }
    } else if (element.getValue().getKey() != null) {
      ofSequences.add(element.getValue());
      String sequence = element.getValue().getKey().contig();
      for (GenomeBin bin : bins.read()) {
        if (bin.contig().equals(sequence)) {
          out.output(KV.of(bin, event));
        }
      }
    } else if (isNew(event, event.withdrawal() ? withdrawn : arrived)) {
      for (GenomeBin bin : bins.read()) {
        out.output(KV.of(bin, event));
      }
    }
  }

  private static boolean isNew(CohortEvent event, MapState<String, Long> times) {
    Long before = read(times, event.sample());
    if (before != null && before >= event.time()) {
      return false;
    }
    times.put(event.sample(), event.time());
    return true;
  }

  @Nullable
  private static Long read(MapState<String, Long> times, String sample) {
    return times.get(sample).read();
  }
}
