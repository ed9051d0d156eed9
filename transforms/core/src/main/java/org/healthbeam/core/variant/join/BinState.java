package org.healthbeam.core.variant.join;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the samples of a cohort in one bin; the same whatever the order in which it was
 * learnt.
 *
 * <p>A withdrawal takes out all that came up to its time, and forgets it; what comes later with a
 * later time counts. Its size is the packed calls of the samples that are in, and two numbers for
 * each sample that ever was.
 */
public final class BinState {
  private final Attendance attendance;
  private final List<CohortEvent> calls;

  /** Begins without a sample. */
  public BinState() {
    this(new Attendance(), List.of());
  }

  private BinState(Attendance attendance, List<CohortEvent> calls) {
    this.attendance = attendance;
    this.calls = new ArrayList<>(calls);
  }

  /** Learns of one event. */
  public void add(CohortEvent event) {
    if (event.calls() == null) {
      attendance.add(event);
      if (event.withdrawal()) {
        calls.removeIf(some -> some.sample().equals(event.sample()) && isOut(some));
      }
    } else if (!isOut(event)) {
      calls.add(event);
    }
  }

  private boolean isOut(CohortEvent event) {
    return attendance.isOut(event.sample(), event.time());
  }

  /** Returns the samples that have come and were not taken out since. */
  public Roster roster() {
    return attendance.roster();
  }

  /** Returns the calls that were not taken out. */
  public List<SampleCalls> calls() {
    return calls.stream().map(CohortEvent::calls).toList();
  }

  /** Returns events that come to the same, without what was taken out. */
  public List<CohortEvent> events() {
    List<CohortEvent> result = attendance.events();
    result.addAll(calls);
    return result;
  }

  /** Returns a copy, which learns on its own. */
  public BinState copy() {
    return new BinState(attendance.copy(), calls);
  }
}
