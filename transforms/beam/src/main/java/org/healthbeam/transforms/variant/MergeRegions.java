package org.healthbeam.transforms.variant;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.transforms.runner.NonEmptyPanes;

/**
 * Merges the parts of each region.
 *
 * <p>Input: any number of parts of each region. Output: one element a region and pane. Of bounded
 * input regions are merged many together: a runner does some work for each key, the direct one some
 * tens of milliseconds, and a list of genes has 60,000. A stream tells again only those regions of
 * which a part has come.
 */
final class MergeRegions
    extends PTransform<PCollection<KV<Region, SiteTotals>>, PCollection<KV<Region, SiteTotals>>> {
  private static final long serialVersionUID = 1L;

  /** So many are merged side by side; with 3 million windows each has 20 MB of them. */
  private static final int SHARDS = 64;

  static final KvCoder<Region, SiteTotals> REGION =
      KvCoder.of(RegionCoder.of(), SiteTotalsCoder.of());

  private static final MapCoder<Region, SiteTotals> REGIONS =
      MapCoder.of(RegionCoder.of(), SiteTotalsCoder.of());

  @Override
  public PCollection<KV<Region, SiteTotals>> expand(PCollection<KV<Region, SiteTotals>> parts) {
    PCollection<KV<Region, SiteTotals>> panes = NonEmptyPanes.of("regions", parts);
    if (parts.isBounded() == IsBounded.UNBOUNDED) {
      return panes.apply("Merge", Combine.perKey(new MergeSites())).setCoder(REGION);
    }
    return panes
        .apply("Shards", ParDo.of(new ByShard()))
        .setCoder(KvCoder.of(VarIntCoder.of(), REGION))
        .apply("Merge", Combine.perKey(new Merge()))
        .setCoder(KvCoder.of(VarIntCoder.of(), REGIONS))
        .apply("Each", ParDo.of(new Each()))
        .setCoder(REGION);
  }

  private static final class ByShard
      extends DoFn<KV<Region, SiteTotals>, KV<Integer, KV<Region, SiteTotals>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Region, SiteTotals> part,
        OutputReceiver<KV<Integer, KV<Region, SiteTotals>>> receiver) {
      Region region = part.getKey();
      // Not the record's own hash, of which nobody says that all JVMs have the same.
      int hash = Objects.hash(region.contig(), region.start(), region.end(), region.name());
      receiver.output(KV.of(Math.floorMod(hash, SHARDS), part));
    }
  }

  private static final class Merge
      extends CombineFn<KV<Region, SiteTotals>, Map<Region, SiteTotals>, Map<Region, SiteTotals>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Map<Region, SiteTotals> createAccumulator() {
      return new HashMap<>();
    }

    @Override
    public Map<Region, SiteTotals> addInput(
        Map<Region, SiteTotals> accumulator, KV<Region, SiteTotals> part) {
      add(accumulator, part.getKey(), part.getValue());
      return accumulator;
    }

    @Override
    public Map<Region, SiteTotals> mergeAccumulators(
        Iterable<Map<Region, SiteTotals>> accumulators) {
      Map<Region, SiteTotals> merged = new HashMap<>();
      for (Map<Region, SiteTotals> accumulator : accumulators) {
        accumulator.forEach((region, sites) -> add(merged, region, sites));
      }
      return merged;
    }

    private static void add(Map<Region, SiteTotals> to, Region region, SiteTotals part) {
      to.computeIfAbsent(region, r -> new SiteTotals()).add(part);
    }

    @Override
    public Map<Region, SiteTotals> extractOutput(Map<Region, SiteTotals> accumulator) {
      return accumulator;
    }

    @Override
    public Coder<Map<Region, SiteTotals>> getAccumulatorCoder(
        CoderRegistry registry, Coder<KV<Region, SiteTotals>> input) {
      return REGIONS;
    }
  }

  private static final class Each
      extends DoFn<KV<Integer, Map<Region, SiteTotals>>, KV<Region, SiteTotals>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Region, SiteTotals>> shard,
        OutputReceiver<KV<Region, SiteTotals>> receiver) {
      shard.getValue().forEach((region, sites) -> receiver.output(KV.of(region, sites)));
    }
  }
}
