package org.healthbeam.transforms.variant;

import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.variant.SiteTotals;

/** Merges the totals of parts of a region. */
final class MergeSites extends CombineFn<SiteTotals, SiteTotals, SiteTotals> {
  private static final long serialVersionUID = 1L;

  @Override
  public SiteTotals createAccumulator() {
    return new SiteTotals();
  }

  @Override
  public SiteTotals addInput(SiteTotals accumulator, SiteTotals part) {
    accumulator.add(part);
    return accumulator;
  }

  @Override
  public SiteTotals mergeAccumulators(Iterable<SiteTotals> accumulators) {
    SiteTotals merged = new SiteTotals();
    accumulators.forEach(merged::add);
    return merged;
  }

  @Override
  public SiteTotals extractOutput(SiteTotals accumulator) {
    return accumulator;
  }
}
