package org.healthbeam.transforms.vital.window;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.healthbeam.core.vital.window.SlotDigest;
import org.healthbeam.core.vital.window.SlotDigests;

/**
 * Collects the digests of a window's slots, each in its newest revision; the result does not depend
 * on the order of adding or merging. An accumulator holds one digest for each slot that has
 * readings, each of the bounded size of {@code core.vital.window.WindowDigest}.
 */
public final class CollectSlots extends CombineFn<SlotDigest, SlotDigests, SlotDigests> {
  private static final long serialVersionUID = 1L;

  @Override
  public SlotDigests createAccumulator() {
    return new SlotDigests();
  }

  @Override
  public SlotDigests addInput(SlotDigests accumulator, SlotDigest slot) {
    accumulator.add(slot);
    return accumulator;
  }

  @Override
  public SlotDigests mergeAccumulators(Iterable<SlotDigests> accumulators) {
    SlotDigests merged = new SlotDigests();
    accumulators.forEach(merged::addAll);
    return merged;
  }

  @Override
  public SlotDigests extractOutput(SlotDigests accumulator) {
    // A copy: the accumulator may be state of the runner's, which goes on changing while the output
    // is under way.
    return accumulator.copy();
  }

  @Override
  public Coder<SlotDigests> getAccumulatorCoder(CoderRegistry registry, Coder<SlotDigest> input) {
    return SlotDigestsCoder.of();
  }

  @Override
  public Coder<SlotDigests> getDefaultOutputCoder(CoderRegistry registry, Coder<SlotDigest> input) {
    return SlotDigestsCoder.of();
  }
}
