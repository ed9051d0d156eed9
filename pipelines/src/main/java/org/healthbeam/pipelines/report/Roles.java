package org.healthbeam.pipelines.report;

/** What an outcome means to the reader; the script gives each role its colour and pattern. */
final class Roles {
  private static final String REJECTED = "rejected";

  private Roles() {}

  /** Returns the role of an outcome of a stage or of a coding. */
  static String of(String outcome) {
    return switch (outcome) {
      case "passed", "mapped" -> "good";
      case "ambiguous" -> "warn";
      case "unmapped" -> "bad";
      case "invalid" -> REJECTED;
      default -> outcome.startsWith(REJECTED) ? REJECTED : "other";
    };
  }
}
