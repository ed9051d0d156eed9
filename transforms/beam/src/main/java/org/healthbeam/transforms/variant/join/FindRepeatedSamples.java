package org.healthbeam.transforms.variant.join;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.MapState;
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
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.FilesOfSample;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.transforms.outcome.Outcomes;
import org.joda.time.Duration;

/**
 * Finds the samples that several files have on one sequence. All such files are told to the bins,
 * each of which lets the first count; those that do not count are rejected, once some time has gone
 * by in which a withdrawal may still come that takes the first one out.
 *
 * <p>It also says by which names files call a sequence, and which of these is gone.
 *
 * <p>Input: by sample, what {@link PackCalls#FILES} has, and withdrawals. Its state is the names of
 * the files of each sample by sequence.
 */
final class FindRepeatedSamples
    extends DoFn<KV<String, SampleFile>, KV<Integer, KV<GenomeBin, CohortEvent>>> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is files. */
  static final String STAGE = "Find repeated samples";

  /** For {@link TellBins}: a bin of the sequence, and the file. */
  static final TupleTag<KV<Integer, KV<GenomeBin, CohortEvent>>> NEWS =
      new TupleTag<KV<Integer, KV<GenomeBin, CohortEvent>>>("news") {
        private static final long serialVersionUID = 1L;
      };

  /** By the key of a sequence, what it is called, and by how many more samples than before. */
  static final TupleTag<KV<String, KV<String, Integer>>> NAMES =
      new TupleTag<KV<String, KV<String, Integer>>>("names") {
        private static final long serialVersionUID = 1L;
      };

  static final Coder<KV<String, KV<String, Integer>>> NAMES_CODER =
      KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of()));

  @StateId("files")
  private final StateSpec<MapState<String, List<SampleFile>>> filesSpec =
      StateSpecs.map(StringUtf8Coder.of(), ListCoder.of(SampleFile.FileCoder.of()));

  @StateId("withdrawn")
  private final StateSpec<ValueState<Long>> withdrawnSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("rejected")
  private final StateSpec<MapState<String, Boolean>> rejectedSpec =
      StateSpecs.map(StringUtf8Coder.of(), BooleanCoder.of());

  @StateId("waiting")
  private final StateSpec<ValueState<Boolean>> waitingSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("soon")
  private final TimerSpec soonSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final Outcomes outcomes;
  private final OnInvalid policy;
  private final Duration delay;

  FindRepeatedSamples(Outcomes outcomes, OnInvalid policy, Duration delay) {
    this.outcomes = outcomes;
    this.policy = policy;
    this.delay = delay;
  }

  @ProcessElement
  public void process(
      @Element KV<String, SampleFile> element,
      BoundedWindow window,
      @StateId("files") MapState<String, List<SampleFile>> files,
      @StateId("withdrawn") ValueState<Long> withdrawn,
      @StateId("waiting") ValueState<Boolean> waiting,
      @TimerId("soon") Timer soon,
      @TimerId("end") Timer end,
      MultiOutputReceiver out) {
    String sample = element.getKey();
    SampleFile news = element.getValue();
    if (news.isWithdrawal()) {
      Long before = withdrawn.read();
      if (!isOut(news, before)) {
        withdrawn.write(news.time());
        forget(files.values().read(), before, news.time(), out.get(NAMES));
      }
      return;
    }
    List<SampleFile> known = files.get(news.sequence()).read();
    if (known != null && known.stream().anyMatch(file -> isSame(file, news))) {
      return;
    }
    if (!isOut(news, withdrawn.read())) {
      out.get(NAMES).output(KV.of(news.sequence(), KV.of(news.contig(), 1)));
    }
    if (known == null) {
      files.put(news.sequence(), List.of(news));
      return;
    }
    List<SampleFile> all = new ArrayList<>(known);
    all.add(news);
    files.put(news.sequence(), all);
    if (known.size() == 1) {
      tell(sample, known.get(0), out);
    }
    tell(sample, news, out);
    if (!isTrue(waiting.read())) {
      waiting.write(true);
      soon.offset(delay).setRelative();
      end.set(window.maxTimestamp());
    }
  }

  private static boolean isOut(SampleFile file, @Nullable Long withdrawn) {
    return withdrawn != null && file.time() <= withdrawn;
  }

  /** Takes back the names by files that were in before and are out now. */
  private static void forget(
      Iterable<List<SampleFile>> files,
      @Nullable Long before,
      Long now,
      OutputReceiver<KV<String, KV<String, Integer>>> names) {
    for (List<SampleFile> sequence : files) {
      for (SampleFile file : sequence) {
        if (!isOut(file, before) && isOut(file, now)) {
          names.output(KV.of(file.sequence(), KV.of(file.contig(), -1)));
        }
      }
    }
  }

  private static boolean isSame(SampleFile one, SampleFile other) {
    return one.file().equals(other.file()) && one.time() == other.time();
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  private static void tell(String sample, SampleFile file, MultiOutputReceiver out) {
    CohortEvent event = CohortEvent.file(sample, file.file(), file.time());
    out.get(NEWS).output(KV.of(0, KV.of(new GenomeBin(file.sequence(), 0), event)));
  }

  @OnTimer("soon")
  public void onSoon(
      @Key String sample,
      @StateId("files") MapState<String, List<SampleFile>> files,
      @StateId("withdrawn") ValueState<Long> withdrawn,
      @StateId("rejected") MapState<String, Boolean> rejected,
      @StateId("waiting") ValueState<Boolean> waiting,
      MultiOutputReceiver out) {
    reject(sample, files, withdrawn, rejected, waiting, out);
  }

  @OnTimer("end")
  public void onEnd(
      @Key String sample,
      @StateId("files") MapState<String, List<SampleFile>> files,
      @StateId("withdrawn") ValueState<Long> withdrawn,
      @StateId("rejected") MapState<String, Boolean> rejected,
      @StateId("waiting") ValueState<Boolean> waiting,
      MultiOutputReceiver out) {
    reject(sample, files, withdrawn, rejected, waiting, out);
  }

  private void reject(
      String sample,
      MapState<String, List<SampleFile>> files,
      ValueState<Long> withdrawn,
      MapState<String, Boolean> rejected,
      ValueState<Boolean> waiting,
      MultiOutputReceiver out) {
    if (!isTrue(waiting.read())) {
      return;
    }
    waiting.write(false);
    Long gone = withdrawn.read();
    Map<String, Long> repeated = new TreeMap<>();
    for (Map.Entry<String, List<SampleFile>> sequence : files.entries().read()) {
      addRepeated(sequence.getValue(), gone, repeated);
    }
    repeated.forEach(
        (file, line) -> {
          if (!isTrue(rejected.get(file).read())) {
            rejected.put(file, true);
            outcomes.in();
            outcomes.reject(
                out.get(Outcomes.REJECTED),
                RejectReason.INVARIANT,
                "a sample of this file is in an earlier file on the same sequence; there the"
                    + " earlier one counts",
                file,
                Long.toString(line),
                sample.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private void addRepeated(
      List<SampleFile> files, @Nullable Long gone, Map<String, Long> repeated) {
    FilesOfSample in = new FilesOfSample();
    Map<String, Long> lines = new HashMap<>();
    for (SampleFile file : files) {
      if (!isOut(file, gone)) {
        in.add(file.file(), file.time());
        lines.put(file.file(), file.line());
      }
    }
    String first = null;
    for (FilesOfSample.File file : in.all()) {
      if (first == null) {
        first = file.name();
      } else if (policy == OnInvalid.STRICT) {
        throw UnjoinableFilesException.sameSample(first, file.name());
      } else {
        repeated.put(file.name(), lines.get(file.name()));
      }
    }
  }
}
