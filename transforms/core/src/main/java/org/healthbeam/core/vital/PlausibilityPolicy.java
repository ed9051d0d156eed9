package org.healthbeam.core.vital;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Which values a source's users accept as measured: a named table of intervals. Kinds that a policy
 * does not list are not checked.
 */
public final class PlausibilityPolicy implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the MIMIC code repository accepts in its vital-sign concepts: open lower ends. */
  public static final PlausibilityPolicy MIMIC =
      parse(
          "mimic",
          List.of(
              "heart_rate (0, 300)",
              "respiratory_rate (0, 70)",
              "spo2 (0, 100]",
              "systolic_bp (0, 400)",
              "diastolic_bp (0, 300)",
              "mean_bp (0, 300)",
              "temperature (10, 50)"));

  /** What the Common Longitudinal ICU data Format takes for its outlier thresholds: closed ends. */
  public static final PlausibilityPolicy CLIF =
      parse(
          "clif",
          List.of(
              "heart_rate [0, 300]",
              "respiratory_rate [0, 60]",
              "spo2 [50, 100]",
              "systolic_bp [0, 300]",
              "diastolic_bp [0, 200]",
              "mean_bp [0, 250]",
              "temperature [32, 44]"));

  private final String name;
  private final Map<VitalKind, Interval> intervals;

  private PlausibilityPolicy(String name, Map<VitalKind, Interval> intervals) {
    this.name = name;
    this.intervals = intervals;
  }

  /**
   * Reads a policy: on each line a kind and an interval, as in {@code heart_rate (0, 300)}; {@code
   * #} begins a comment.
   *
   * @param name of the policy, which stands in the reasons of rejects
   * @param lines without their ends
   * @return the policy, of the kinds that the lines name
   * @throws IllegalArgumentException with the number of the line that cannot be read
   */
  public static PlausibilityPolicy parse(String name, List<String> lines) {
    Map<VitalKind, Interval> intervals = new EnumMap<>(VitalKind.class);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        String[] parts = line.split("\\s+", 2);
        VitalKind kind = VitalKind.named(parts[0]);
        if (kind.isCoded()) {
          throw new IllegalArgumentException("kind '" + parts[0] + "' has codes, not numbers");
        }
        if (intervals.put(kind, Interval.parse(parts.length == 2 ? parts[1] : "")) != null) {
          throw new IllegalArgumentException("kind '" + parts[0] + "' stands twice");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "plausibility policy '%s', line %d: %s".formatted(name, i + 1, e.getMessage()), e);
      }
    }
    return new PlausibilityPolicy(name, intervals);
  }

  /** {@return the policy's name} */
  public String name() {
    return name;
  }

  /** {@return the intervals by the name of the kind} */
  public Map<String, Interval> intervals() {
    Map<String, Interval> result = new TreeMap<>();
    intervals.forEach((kind, interval) -> result.put(kind.kindName(), interval));
    return result;
  }

  /**
   * {@return the interval of a kind that the policy lists}
   *
   * @param kind one that is listed
   * @throws NullPointerException if the policy does not list it
   */
  public Interval interval(VitalKind kind) {
    return Objects.requireNonNull(intervals.get(kind), kind.kindName());
  }

  /**
   * Checks a value against the policy.
   *
   * @param kind of the value; any value of one that is not listed is accepted
   * @param value in the kind's unit
   * @throws RejectedException if the value lies outside of the kind's interval
   */
  public void check(VitalKind kind, double value) throws RejectedException {
    Interval interval = intervals.get(kind);
    if (interval != null && !interval.contains(value)) {
      throw new RejectedException(
          RejectReason.IMPLAUSIBLE,
          "%s is outside %s of policy %s".formatted(kind.kindName(), interval, name));
    }
  }
}
