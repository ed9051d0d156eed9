package org.healthbeam.transforms.variant.lines;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Gives rejected lines their numbers in the file, once the lines of all its parts are counted: one
 * number a part, as a side input.
 */
final class NumberRejects extends DoFn<UnnumberedReject, Rejected> {
  private static final long serialVersionUID = 1L;

  private final Outcomes outcomes;
  private final OnInvalid policy;
  private final PCollectionView<Map<String, Iterable<KV<Integer, Long>>>> lines;

  /** The lines before each part, of the files of this bundle's rejects. */
  private transient Map<KV<BoundedWindow, String>, Map<Integer, Long>> before;

  NumberRejects(
      Outcomes outcomes,
      OnInvalid policy,
      PCollectionView<Map<String, Iterable<KV<Integer, Long>>>> lines) {
    this.outcomes = outcomes;
    this.policy = policy;
    this.lines = lines;
  }

  @StartBundle
  public void startBundle() {
    before = new HashMap<>();
  }

  @ProcessElement
  public void process(
      ProcessContext context, BoundedWindow window, OutputReceiver<Rejected> receiver) {
    UnnumberedReject reject = context.element();
    Map<Integer, Long> linesBefore =
        before.computeIfAbsent(
            KV.of(window, reject.source()), key -> linesBefore(context, reject.source()));
    Long linesBeforePart = linesBefore.get(reject.part());
    if (linesBeforePart == null) {
      throw new IllegalStateException(
          "The lines of part %d of %s are not counted; all blocks of a file must be in one window"
              .formatted(reject.part(), reject.source()));
    }
    String position =
        LineRejects.position(Long.toString(linesBeforePart + reject.line()), reject.column());
    if (policy == OnInvalid.STRICT) {
      throw new InvalidRecordException(reject.source(), position, reject.why());
    }
    outcomes.reject(
        receiver,
        reject.why().reason(),
        reject.detail(),
        reject.source(),
        position,
        reject.digest());
  }

  private Map<Integer, Long> linesBefore(ProcessContext context, String file) {
    Map<Integer, Long> counts = new TreeMap<>();
    context
        .sideInput(lines)
        .getOrDefault(file, List.of())
        .forEach(part -> counts.put(part.getKey(), part.getValue()));
    long sum = 0;
    int next = 0;
    for (Map.Entry<Integer, Long> part : counts.entrySet()) {
      if (part.getKey() != next++) {
        throw new IllegalStateException("The lines of a part of " + file + " are not counted");
      }
      sum += part.setValue(sum);
    }
    return counts;
  }
}
