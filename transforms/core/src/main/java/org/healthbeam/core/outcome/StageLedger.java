package org.healthbeam.core.outcome;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went into one stage and what became of it.
 *
 * @param stage the stage's name
 * @param unit what is counted, in the plural: "records", "codings"
 * @param in how many went in
 * @param outcomes outcome to count; every input is in exactly one. Outcomes that begin with {@link
 *     #REJECTED} are rejects, by reason
 */
public record StageLedger(String stage, String unit, long in, Map<String, Long> outcomes) {
  /** Prefix of the outcomes that are rejects. */
  public static final String REJECTED = "rejected:";

  /**
   * Takes a sorted copy of the outcomes.
   *
   * @param stage the stage's name
   * @param unit what is counted, in the plural: "records", "codings"
   * @param in how many went in
   * @param outcomes outcome to count; every input is in exactly one. Outcomes that begin with
   *     {@link #REJECTED} are rejects, by reason
   */
  public StageLedger {
    outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
  }

  /** {@return how many were rejected, for whatever reason} */
  public long rejected() {
    return outcomes.entrySet().stream()
        .filter(e -> e.getKey().startsWith(REJECTED))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** {@return how many were not rejected} */
  public long out() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum() - rejected();
  }

  /** {@return whether what went in is what came out: {@code in = out + rejected}} */
  public boolean isConserved() {
    return in == out() + rejected();
  }
}
