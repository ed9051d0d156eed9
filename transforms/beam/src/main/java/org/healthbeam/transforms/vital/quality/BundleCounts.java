package org.healthbeam.transforms.vital.quality;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.quality.QualityItem;
import org.joda.time.Instant;

/**
 * What a DoFn counts within one bundle. Its input is in the global window. At most {@value #MOST}
 * different items are held: units are what somebody wrote.
 */
public final class BundleCounts {
  private static final int MOST = 10_000;

  private final Map<QualityItem, long[]> counts = new HashMap<>();
  private Instant latest = GlobalWindow.TIMESTAMP_MIN_VALUE;

  /**
   * Counts an item of an element of this time.
   *
   * @param item that is counted
   * @param time of the element
   * @param receiver takes counts when there are many
   */
  public void add(
      QualityItem item, Instant time, DoFn.OutputReceiver<KV<QualityItem, Long>> receiver) {
    latest = time.isAfter(latest) ? time : latest;
    long[] count = counts.get(item);
    if (count == null) {
      if (counts.size() == MOST) {
        receiver.output(KV.of(item, 1L));
        return;
      }
      count = new long[1];
      counts.put(item, count);
    }
    count[0]++;
  }

  /**
   * Emits what was counted, at the end of the bundle.
   *
   * @param <I> the type of the step's elements
   * @param <O> the type of the step's results
   * @param context of the bundle that ends
   */
  public <I, O> void flush(DoFn<I, O>.FinishBundleContext context) {
    counts.forEach(
        (item, n) ->
            context.output(Profile.COUNTS, KV.of(item, n[0]), latest, GlobalWindow.INSTANCE));
    counts.clear();
    latest = GlobalWindow.TIMESTAMP_MIN_VALUE;
  }
}
