package org.healthbeam.core.variant.join;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of the samples of a cohort in one bin; the same whatever the order in which it was
 * learnt.
 *
 * <p>A withdrawal takes out all that came up to its time, and forgets it; what comes later with a
 * later time counts. Its size is the packed calls of the samples that are in, and two numbers for
 * each sample that ever was.
 */
public final class BinState {
  private final SortedMap<String, Long> arrived = new TreeMap<>();
  private final SortedMap<String, Long> withdrawn = new TreeMap<>();
  private List<CohortEvent> calls = new ArrayList<>();

  /** Learns of one event. */
  public void add(CohortEvent event) {
    if (event.withdrawal()) {
      withdrawn.merge(event.sample(), event.time(), Math::max);
      calls.removeIf(some -> some.sample().equals(event.sample()) && isOut(some));
    } else if (event.calls() == null) {
      arrived.merge(event.sample(), event.time(), Math::max);
    } else if (!isOut(event)) {
      calls.add(event);
    }
  }

  private boolean isOut(CohortEvent event) {
    Long out = withdrawn.get(event.sample());
    return out != null && event.time() <= out;
  }

  /** Returns the samples that have come and were not taken out since. */
  public Roster roster() {
    List<String> samples = new ArrayList<>();
    arrived.forEach(
        (sample, time) -> {
          Long out = withdrawn.get(sample);
          if (out == null || time > out) {
            samples.add(sample);
          }
        });
    return new Roster(samples);
  }

  /** Returns the calls that were not taken out. */
  public List<SampleCalls> calls() {
    return calls.stream().map(CohortEvent::calls).toList();
  }

  /** Returns events that come to the same, without what was taken out. */
  public List<CohortEvent> events() {
    List<CohortEvent> result = new ArrayList<>();
    arrived.forEach((sample, time) -> result.add(CohortEvent.arrival(sample, time)));
    withdrawn.forEach((sample, time) -> result.add(CohortEvent.withdrawal(sample, time)));
    result.addAll(calls);
    return result;
  }

  /** Returns a copy, which learns on its own. */
  public BinState copy() {
    BinState copy = new BinState();
    copy.arrived.putAll(arrived);
    copy.withdrawn.putAll(withdrawn);
    copy.calls = new ArrayList<>(calls);
    return copy;
  }
}
