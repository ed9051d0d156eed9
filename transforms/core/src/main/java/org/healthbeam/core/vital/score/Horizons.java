package org.healthbeam.core.vital.score;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.healthbeam.core.vital.VitalKind;

/**
 * How long a value counts for a score after it was measured, by kind.
 *
 * <p>The default is 12 hours, the longest interval of observation that NEWS2 allows: what is older
 * is out of date by the chart itself.
 */
public final class Horizons implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Twelve hours for every kind. */
  public static final Horizons STANDARD = all(Duration.ofHours(12));

  private final Duration rest;
  private final Map<VitalKind, Duration> byKind;

  private Horizons(Duration rest, Map<VitalKind, Duration> byKind) {
    this.rest = rest;
    this.byKind = byKind;
  }

  /**
   * {@return the same horizon for every kind}
   *
   * @param horizon more than 0
   */
  public static Horizons all(Duration horizon) {
    return new Horizons(positive(horizon), new EnumMap<>(VitalKind.class));
  }

  /**
   * {@return these horizons but for one kind}
   *
   * @param kind that has a horizon of its own
   * @param horizon more than 0
   */
  public Horizons with(VitalKind kind, Duration horizon) {
    Map<VitalKind, Duration> changed = new EnumMap<>(byKind);
    changed.put(kind, positive(horizon));
    return new Horizons(rest, changed);
  }

  /**
   * {@return the horizon of a kind}
   *
   * @param kind any
   */
  public Duration of(VitalKind kind) {
    return byKind.getOrDefault(kind, rest);
  }

  /** {@return the longest horizon of all kinds} */
  public Duration longest() {
    Duration longest = rest;
    for (Map.Entry<VitalKind, Duration> e : byKind.entrySet()) {
      longest = longest.compareTo(e.getValue()) < 0 ? e.getValue() : longest;
    }
    return longest;
  }

  private static Duration positive(Duration horizon) {
    if (horizon.toMillis() < 1) {
      throw new IllegalArgumentException("horizon " + horizon + " is not at least 1 ms");
    }
    return horizon;
  }
}
