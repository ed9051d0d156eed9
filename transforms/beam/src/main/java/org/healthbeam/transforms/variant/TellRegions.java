package org.healthbeam.transforms.variant;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SiteTotals;

/** What {@link Variants#regions} describes. */
public final class TellRegions
    extends PTransform<PCollection<KV<Region, SiteTotals>>, PCollection<RegionSummary>> {
  private static final long serialVersionUID = 1L;

  private TellRegions() {}

  static TellRegions create() {
    return new TellRegions();
  }

  @Override
  public PCollection<RegionSummary> expand(PCollection<KV<Region, SiteTotals>> regions) {
    return regions.apply("Tell", ParDo.of(new TellFn())).setCoder(RegionSummaryCoder.of());
  }

  private static final class TellFn extends DoFn<KV<Region, SiteTotals>, RegionSummary> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Region, SiteTotals> region, OutputReceiver<RegionSummary> receiver) {
      receiver.output(new RegionSummary(region.getKey(), region.getValue()));
    }
  }
}
