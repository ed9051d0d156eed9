package org.healthbeam.transforms.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.count.CodeTally;

/**
 * Counts the distinct codes of a data set with what became of them: the list that somebody who
 * mends maps works through.
 *
 * <p>Input: translations, bounded or windowed. Output: one {@link CodeCount} for each resource
 * type, code and translation that occurs, per window, when the window's trigger fires; in no order.
 * A target that is the source code as it is has no display. The counts add up to the number of
 * translations. Late data is counted as the windowing strategy says. Memory: distinct codes are
 * counted before they are sent, up to a bound in each bundle.
 *
 * <pre>{@code
 * PCollection<CodeCount> codes = placedTranslations.apply("Count codes", Codes.count());
 * }</pre>
 */
public final class CountCodes
    extends PTransform<PCollection<PlacedTranslation>, PCollection<CodeCount>> {
  private static final long serialVersionUID = 1L;

  /** So many distinct codes are held in a bundle before they are sent. */
  public static final int DISTINCT = 20_000;

  CountCodes() {}

  @Override
  public PCollection<CodeCount> expand(PCollection<PlacedTranslation> translations) {
    return translations
        .apply("Count in bundles", ParDo.of(new CountInBundles()))
        .setCoder(CodeCountCoder.of())
        .apply("Add up", new SumCodes());
  }

  static final class CountInBundles extends DoFn<PlacedTranslation, CodeCount> {
    private static final long serialVersionUID = 1L;

    private transient Map<BoundedWindow, CodeTally> tallies;
    private transient int distinct;

    @StartBundle
    public void start() {
      tallies = new HashMap<>();
      distinct = 0;
    }

    @ProcessElement
    public void process(
        @Element PlacedTranslation placed, BoundedWindow window, OutputReceiver<CodeCount> out) {
      CodeTally tally = tallies.computeIfAbsent(window, w -> new CodeTally());
      distinct -= tally.size();
      tally.add(placed.coding().resourceType(), placed.translation());
      distinct += tally.size();
      if (distinct > DISTINCT) {
        tallies.forEach(
            (each, counts) ->
                counts.drainTo(
                    (type, translation, n) ->
                        out.outputWindowedValue(
                            new CodeCount(type, translation, n),
                            each.maxTimestamp(),
                            List.of(each),
                            PaneInfo.NO_FIRING)));
        tallies.clear();
        distinct = 0;
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      tallies.forEach(
          (window, counts) ->
              counts.drainTo(
                  (type, translation, n) ->
                      context.output(
                          new CodeCount(type, translation, n), window.maxTimestamp(), window)));
      tallies = null;
    }
  }
}
