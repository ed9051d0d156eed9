package org.healthbeam.transforms.vital;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.vital.score.SubjectSeries;

/**
 * Collects the readings of one subject that scores use; the result does not depend on the order of
 * adding or merging. An accumulator holds every distinct reading of the window, 16 to 32 bytes
 * each: five parameters at one a second for 15 hours are 270,000 readings or 4.3 to 8.6 MB.
 */
final class CollectSubject extends CombineFn<VitalPoint, SubjectSeries, SubjectSeries> {
  private static final long serialVersionUID = 1L;

  @Override
  public SubjectSeries createAccumulator() {
    return new SubjectSeries();
  }

  @Override
  public SubjectSeries addInput(SubjectSeries accumulator, VitalPoint point) {
    accumulator.add(point.kind(), point.timeMillis(), point.value(), point.version());
    return accumulator;
  }

  @Override
  public SubjectSeries mergeAccumulators(Iterable<SubjectSeries> accumulators) {
    SubjectSeries merged = new SubjectSeries();
    accumulators.forEach(merged::addAll);
    return merged;
  }

  @Override
  public SubjectSeries extractOutput(SubjectSeries accumulator) {
    // A copy: the accumulator may be state of the runner's, which goes on changing while the output
    // is under way.
    return accumulator.frozen();
  }

  @Override
  public Coder<SubjectSeries> getAccumulatorCoder(CoderRegistry registry, Coder<VitalPoint> input) {
    return SubjectSeriesCoder.of();
  }

  @Override
  public Coder<SubjectSeries> getDefaultOutputCoder(
      CoderRegistry registry, Coder<VitalPoint> input) {
    return SubjectSeriesCoder.of();
  }
}
