package org.healthbeam.transforms.variant;

import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.variant.compat.CompatTotals;

/** Merges what other tools count of parts of a cohort. */
final class MergeCompat extends CombineFn<CompatTotals, CompatTotals, CompatTotals> {
  private static final long serialVersionUID = 1L;

  @Override
  public CompatTotals createAccumulator() {
    return new CompatTotals();
  }

  @Override
  public CompatTotals addInput(CompatTotals accumulator, CompatTotals part) {
    accumulator.add(part);
    return accumulator;
  }

  @Override
  public CompatTotals mergeAccumulators(Iterable<CompatTotals> accumulators) {
    CompatTotals merged = new CompatTotals();
    accumulators.forEach(merged::add);
    return merged;
  }

  @Override
  public CompatTotals extractOutput(CompatTotals accumulator) {
    return accumulator;
  }
}
