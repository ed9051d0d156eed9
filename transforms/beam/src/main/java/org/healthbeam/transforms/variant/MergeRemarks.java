package org.healthbeam.transforms.variant;

import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.variant.vcf.FileRemarks;

/** Merges the remarks on parts of a file; the parts themselves stay as they are. */
final class MergeRemarks extends CombineFn<FileRemarks, FileRemarks, FileRemarks> {
  private static final long serialVersionUID = 1L;

  @Override
  public FileRemarks createAccumulator() {
    return new FileRemarks();
  }

  @Override
  public FileRemarks addInput(FileRemarks accumulator, FileRemarks part) {
    accumulator.add(part.copy());
    return accumulator;
  }

  @Override
  public FileRemarks mergeAccumulators(Iterable<FileRemarks> accumulators) {
    FileRemarks merged = new FileRemarks();
    accumulators.forEach(accumulator -> merged.add(accumulator.copy()));
    return merged;
  }

  @Override
  public FileRemarks extractOutput(FileRemarks accumulator) {
    return accumulator;
  }
}
