package org.healthbeam.transforms.vital.block;

import java.time.Duration;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.window.VitalWindows.Rung;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.vital.ExpectedIntervals;
import org.healthbeam.transforms.vital.VitalSummaryCoder;

/**
 * Summarizes unbounded vital signs in fixed windows with one shuffle of blocks: what {@code
 * SummarizeVitals} does on runners that have timers of event time, with the same final rows.
 *
 * <p>Input: plausible vital signs, in any windows. Output: summaries in the global window, each at
 * the last instant of its window: a row of each series when the watermark passes the window's end,
 * of those that late readings are of with each block of them, and a last one of each, final, when
 * the allowed lateness is over. Later readings are lost.
 *
 * <p>State for each open window: 5 to 12 bytes a reading and the subject's name once for each block
 * until its end, after it 3 to 12 bytes a reading. To tell a window takes the memory of one shard's
 * readings at a time, 1/64 of all, 16 to 32 bytes each.
 */
public final class SummarizeInBlocks
    extends PTransform<PCollection<VitalSign>, PCollection<VitalSummary>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<VitalSign> IMPLAUSIBLE =
      new TupleTag<VitalSign>("implausible") {
        private static final long serialVersionUID = 1L;
      };

  private final Rung slot;
  private final Duration allowedLateness;
  private final ExpectedIntervals expected;
  private final Outcomes outcomes;
  @Nullable private final transient PCollection<VitalSign> implausible;

  /**
   * Makes it.
   *
   * @param slot the windows, each as long as the other
   * @param allowedLateness in event time
   * @param expected by kind
   * @param outcomes counts what becomes of the readings, when they are told the last time
   * @param implausible counted by window, or null
   */
  public SummarizeInBlocks(
      Rung slot,
      Duration allowedLateness,
      ExpectedIntervals expected,
      Outcomes outcomes,
      @Nullable PCollection<VitalSign> implausible) {
    this.slot = slot;
    this.allowedLateness = allowedLateness;
    this.expected = expected;
    this.outcomes = outcomes;
    this.implausible = implausible;
  }

  @Override
  public Map<TupleTag<?>, PValue> getAdditionalInputs() {
    return implausible == null ? Map.of() : Map.of(IMPLAUSIBLE, implausible);
  }

  @Override
  public PCollection<VitalSummary> expand(PCollection<VitalSign> signs) {
    PCollection<KV<ShardWindow, byte[]>> blocks = pack(signs, "", true);
    if (implausible != null) {
      blocks =
          PCollectionList.of(blocks)
              .and(pack(implausible, " of implausible ones", false))
              .apply("All blocks", Flatten.pCollections());
    }
    return blocks
        .apply(
            "Tell shards",
            ParDo.of(new TellShards(outcomes, expected, slot.length(), allowedLateness.toMillis())))
        .setCoder(VitalSummaryCoder.of());
  }

  private PCollection<KV<ShardWindow, byte[]>> pack(
      PCollection<VitalSign> signs, String which, boolean plausible) {
    return inGlobalWindow(signs, which)
        .apply("Pack" + which, ParDo.of(new PackSigns(slot, plausible, false, allowedLateness)))
        .setCoder(PackSigns.coder());
  }

  /** A step for each reading is not taken where it would change nothing. */
  static PCollection<VitalSign> inGlobalWindow(PCollection<VitalSign> signs, String which) {
    return signs.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        ? signs
        : signs.apply("Global window" + which, Window.into(new GlobalWindows()));
  }
}
