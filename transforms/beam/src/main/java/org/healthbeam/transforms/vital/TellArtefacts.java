package org.healthbeam.transforms.vital;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.core.vital.artefact.HampelFilter;
import org.healthbeam.core.vital.artefact.ToldArtefacts;
import org.healthbeam.core.vital.artefact.VitalArtefact;

/**
 * Tells of a stream which readings are artefacts, and of a window that is judged anew only what has
 * changed. State, until the window's lateness is over: {@link ToldArtefacts}, 32 bytes an artefact.
 */
final class TellArtefacts extends DoFn<KV<SeriesKey, KV<Long, List<VitalArtefact>>>, VitalSign> {
  private static final long serialVersionUID = 1L;
  private static final String TOLD = "told";

  @StateId(TOLD)
  private final StateSpec<ValueState<ToldArtefacts>> spec =
      StateSpecs.value(ToldArtefactsCoder.of());

  static KvCoder<SeriesKey, KV<Long, List<VitalArtefact>>> coder() {
    return KvCoder.of(
        SeriesKeyCoder.of(), KvCoder.of(VarLongCoder.of(), ListCoder.of(VitalArtefactCoder.of())));
  }

  @ProcessElement
  public void process(
      @Element KV<SeriesKey, KV<Long, List<VitalArtefact>>> element,
      @StateId(TOLD) ValueState<ToldArtefacts> state,
      MultiOutputReceiver out) {
    SeriesKey key = element.getKey();
    KV<Long, List<VitalArtefact>> judged = element.getValue();
    ToldArtefacts told = Optional.ofNullable(state.read()).orElseGet(ToldArtefacts::new);
    told.tell(key.subject(), key.kind(), judged.getKey(), judged.getValue(), one -> tell(one, out));
    state.write(told);
  }

  private static void tell(VitalArtefact one, MultiOutputReceiver out) {
    ReadingVersion version = ReadingVersion.judged(one.artefact(), one.revision());
    out.get(FilterArtefacts.SIGNS)
        .output(new VitalSign(one.subject(), one.kind(), one.value(), one.time(), "", "", version));
    out.get(FilterArtefacts.ARTEFACTS).output(one);
  }

  /** Tells the artefacts of bounded input, whose windows are judged once. */
  static final class Once extends DoFn<KV<SeriesKey, KV<Long, List<VitalArtefact>>>, VitalSign> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<SeriesKey, KV<Long, List<VitalArtefact>>> element, MultiOutputReceiver out) {
      element.getValue().getValue().forEach(one -> tell(one, out));
    }
  }

  /** Judges the middle half of a window; gives its artefacts, with the number of its pane. */
  static final class Judge
      extends DoFn<KV<SeriesKey, ReadingSeries>, KV<SeriesKey, KV<Long, List<VitalArtefact>>>> {
    private static final long serialVersionUID = 1L;
    private final ArtefactPolicy policy;

    Judge(ArtefactPolicy policy) {
      this.policy = policy;
    }

    @ProcessElement
    public void process(
        @Element KV<SeriesKey, ReadingSeries> element,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<KV<SeriesKey, KV<Long, List<VitalArtefact>>>> out) {
      SeriesKey key = element.getKey();
      long span = policy.span().toMillis();
      List<VitalArtefact> artefacts = new ArrayList<>();
      new HampelFilter(policy)
          .judge(
              key.kind(),
              element.getValue(),
              window.start().getMillis() + span,
              window.end().getMillis() - span,
              (millis, value, artefact, median, limit) -> {
                if (artefact) {
                  artefacts.add(
                      new VitalArtefact(
                          key.subject(),
                          key.kind(),
                          Instant.ofEpochMilli(millis),
                          value,
                          median,
                          limit,
                          pane.getIndex(),
                          true));
                }
              });
      // Of a window that is told the first time there is nothing to take back.
      if (pane.getIndex() > 0 || !artefacts.isEmpty()) {
        out.output(KV.of(key, KV.of(pane.getIndex(), artefacts)));
      }
    }
  }
}
