package org.healthbeam.transforms.variant;

import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.variant.CohortTotals;

/** Merges the totals of parts of a cohort. */
final class MergeCohort extends CombineFn<CohortTotals, CohortTotals, CohortTotals> {
  private static final long serialVersionUID = 1L;

  @Override
  public CohortTotals createAccumulator() {
    return new CohortTotals();
  }

  @Override
  public CohortTotals addInput(CohortTotals accumulator, CohortTotals part) {
    accumulator.add(part);
    return accumulator;
  }

  @Override
  public CohortTotals mergeAccumulators(Iterable<CohortTotals> accumulators) {
    CohortTotals merged = new CohortTotals();
    accumulators.forEach(merged::add);
    return merged;
  }

  @Override
  public CohortTotals extractOutput(CohortTotals accumulator) {
    return accumulator;
  }
}
