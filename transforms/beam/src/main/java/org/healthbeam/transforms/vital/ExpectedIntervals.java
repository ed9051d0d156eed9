package org.healthbeam.transforms.vital;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.healthbeam.core.vital.VitalKind;

/** How often a reading of a kind is expected; coverage is told against it. */
public final class ExpectedIntervals implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Duration rest;
  private final Map<VitalKind, Duration> byKind;

  private ExpectedIntervals(Duration rest, Map<VitalKind, Duration> byKind) {
    this.rest = rest;
    this.byKind = byKind;
  }

  /**
   * {@return the same interval for every kind}
   *
   * @param interval between two readings
   */
  public static ExpectedIntervals all(Duration interval) {
    return new ExpectedIntervals(positive(interval), new EnumMap<>(VitalKind.class));
  }

  /**
   * {@return these intervals but for one kind}
   *
   * @param kind of vital signs
   * @param interval between two readings
   */
  public ExpectedIntervals with(VitalKind kind, Duration interval) {
    Map<VitalKind, Duration> changed = new EnumMap<>(VitalKind.class);
    changed.putAll(byKind);
    changed.put(kind, positive(interval));
    return new ExpectedIntervals(rest, changed);
  }

  /**
   * {@return the interval of a kind}
   *
   * @param kind of vital signs
   */
  public Duration of(VitalKind kind) {
    return byKind.getOrDefault(kind, rest);
  }

  private static Duration positive(Duration interval) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("expected interval " + interval + " is not at least 1 ms");
    }
    return interval;
  }
}
