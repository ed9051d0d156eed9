package org.healthbeam.transforms.vital.quality;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.quality.QualityItem;
import org.joda.time.Duration;

/**
 * Collects, while a pipeline is built, what its steps count about the quality of readings.
 *
 * <p>Pass the same one to every transform with {@code profiledTo} and take {@link #counts} at the
 * end. Counts are added up within bundles first. Of unbounded input they are told when it has
 * ended. What is no unit is not shown.
 */
public final class Profile {
  /** The output of a step that counts. */
  public static final TupleTag<KV<QualityItem, Long>> COUNTS =
      new TupleTag<KV<QualityItem, Long>>("quality") {
        private static final long serialVersionUID = 1L;
      };

  private final List<PCollection<KV<QualityItem, Long>>> parts = new ArrayList<>();

  private Profile() {}

  /** {@return one that nothing was added to} */
  public static Profile create() {
    return new Profile();
  }

  /**
   * Adds what a step counts, if there is somewhere to add it.
   *
   * @param profile null for none
   * @param counts of one step
   */
  public static void collect(@Nullable Profile profile, PCollection<KV<QualityItem, Long>> counts) {
    PCollection<KV<QualityItem, Long>> coded =
        counts.setCoder(KvCoder.of(QualityItemCoder.of(), VarLongCoder.of()));
    if (profile != null) {
      profile.parts.add(coded);
    }
  }

  /** {@return how often each item was counted; at least one step must have been profiled} */
  public PCollection<KV<QualityItem, Long>> counts() {
    return PCollectionList.of(parts)
        .apply("Counts of quality", Flatten.pCollections())
        .apply("Show units", ParDo.of(new ShowFn()))
        .setCoder(KvCoder.of(QualityItemCoder.of(), VarLongCoder.of()))
        .apply("At the end", Profile.<KV<QualityItem, Long>>atTheEnd())
        .apply("Sum quality", Sum.longsPerKey());
  }

  static final class ShowFn extends DoFn<KV<QualityItem, Long>, KV<QualityItem, Long>> {
    private static final long serialVersionUID = 1L;
    private transient UnitConverter units;

    @Setup
    public void setUp() {
      units = UnitConverter.ucum();
    }

    @ProcessElement
    public void process(
        @Element KV<QualityItem, Long> count, OutputReceiver<KV<QualityItem, Long>> out) {
      out.output(KV.of(count.getKey().shown(units), count.getValue()));
    }
  }

  static <T> Window<T> atTheEnd() {
    return Window.<T>into(new GlobalWindows())
        .triggering(AfterWatermark.pastEndOfWindow())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }
}
