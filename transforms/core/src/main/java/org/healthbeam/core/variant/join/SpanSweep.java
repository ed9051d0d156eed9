package org.healthbeam.core.variant.join;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Says which span speaks for each base: of those that have it, the last by their order. */
final class SpanSweep {
  /** Takes a stretch for which one span speaks; stretches come in order and do not overlap. */
  @FunctionalInterface
  interface Stretches {
    void take(long from, long to, SampleSpan span);
  }

  private final Deque<SampleSpan> open = new ArrayDeque<>();
  private final Stretches stretches;
  private long at;

  private SpanSweep(long at, Stretches stretches) {
    this.at = at;
    this.stretches = stretches;
  }

  /** Sweeps over the bases from {@code first} to before {@code end}; sorts the spans. */
  static void sweep(List<SampleSpan> spans, long first, long end, Stretches stretches) {
    spans.sort(SampleSpan.ORDER);
    SpanSweep sweep = new SpanSweep(first, stretches);
    for (SampleSpan span : spans) {
      sweep.moveTo(Math.min(end, Math.max(first, span.start())));
      sweep.open.push(span);
    }
    sweep.moveTo(end);
  }

  private void moveTo(long place) {
    while (at < place && !open.isEmpty()) {
      SampleSpan span = open.peek();
      long to = Math.min(span.end(), place);
      if (to > at) {
        stretches.take(at, to, span);
        at = to;
      }
      if (span.end() <= at) {
        open.pop();
      }
    }
    at = Math.max(at, place);
  }
}
