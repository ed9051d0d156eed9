package org.healthbeam.transforms.vital;

import java.time.Duration;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.PlausibilityPolicy;

/** The transforms of vital signs, by name; each returned transform is immutable. */
public final class Vitals {
  private Vitals() {}

  /** Parses FHIR Observations and rows of tables into readings. */
  public static ParseVitals parse() {
    return ParseVitals.create();
  }

  /** Replaces subjects by pseudonyms. */
  public static PseudonymizeSubjects pseudonymize(PayloadHash hash) {
    return new PseudonymizeSubjects(hash);
  }

  /** Converts readings to the canonical unit of their kind. */
  public static ConvertUnits convertUnits() {
    return ConvertUnits.create();
  }

  /** Parts vital signs by what a policy accepts. */
  public static CheckPlausibility checkPlausibility(PlausibilityPolicy policy) {
    return CheckPlausibility.with(policy);
  }

  /** Rejects what comes after its window and the allowed lateness are over. */
  public static RefuseLate refuseLate(Duration window, Duration allowedLateness) {
    return RefuseLate.of(window, allowedLateness);
  }

  /** Summarizes vital signs in fixed windows. */
  public static SummarizeVitals summarize(Duration window) {
    return SummarizeVitals.inWindowsOf(window);
  }

  /** Scores vital signs by NEWS2, with horizons of twelve hours. */
  public static ScoreVitals news2() {
    return ScoreVitals.news2();
  }
}
