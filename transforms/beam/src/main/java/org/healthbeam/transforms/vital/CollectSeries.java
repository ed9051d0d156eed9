package org.healthbeam.transforms.vital;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.vital.ReadingSeries;

/**
 * Collects the readings of one subject and kind; the result does not depend on the order of adding
 * or merging. An accumulator holds every distinct reading of the window, 16 to 32 bytes each: one a
 * second for seven days, the longest window of the pipeline, is 604,800 readings or 9.7 to 19.4 MB.
 */
final class CollectSeries extends CombineFn<VitalPoint, ReadingSeries, ReadingSeries> {
  private static final long serialVersionUID = 1L;

  @Override
  public ReadingSeries createAccumulator() {
    return new ReadingSeries();
  }

  @Override
  public ReadingSeries addInput(ReadingSeries accumulator, VitalPoint point) {
    if (point.plausible()) {
      accumulator.add(point.timeMillis(), point.value(), point.version());
    } else {
      accumulator.addImplausible(1);
    }
    return accumulator;
  }

  @Override
  public ReadingSeries mergeAccumulators(Iterable<ReadingSeries> accumulators) {
    ReadingSeries merged = new ReadingSeries();
    accumulators.forEach(merged::addAll);
    return merged;
  }

  @Override
  public ReadingSeries extractOutput(ReadingSeries accumulator) {
    // A copy: the accumulator may be state of the runner's, which goes on changing while the output
    // is under way.
    return accumulator.frozen();
  }

  @Override
  public Coder<ReadingSeries> getAccumulatorCoder(CoderRegistry registry, Coder<VitalPoint> input) {
    return ReadingSeriesCoder.of();
  }

  @Override
  public Coder<ReadingSeries> getDefaultOutputCoder(
      CoderRegistry registry, Coder<VitalPoint> input) {
    return ReadingSeriesCoder.of();
  }
}
