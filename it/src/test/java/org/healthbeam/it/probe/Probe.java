package org.healthbeam.it.probe;

import org.healthbeam.transforms.runner.RunnerNeed;

/** A pipeline that needs one thing of its runner, and what its marks say. */
interface Probe {
  RunnerNeed need();

  /** Builds the pipeline. */
  void build(Feed feed);

  /** Says what the marks come to; asked again and again until it is yes or patience ends. */
  Answer judge(String run);

  /** Says whether there will be no other marks: in streams, when all ticks have passed. */
  default boolean settled(String run) {
    return Marks.has(run, Script.closed(Feed.TICKS - 1));
  }

  /** Says whether the question makes sense in a batch. */
  default boolean ofBatches() {
    return true;
  }
}
