package org.healthbeam.pipelines.report;

import java.util.List;

/** What an outcome means to the reader; the script gives each role its colour and pattern. */
final class Roles {
  private static final String REJECTED = "rejected";

  private static final List<String> ORDER =
      List.of("good", "other", "warn", "none", "bad", REJECTED);

  private Roles() {}

  /** Returns the role of an outcome of a stage or of a coding. */
  static String of(String outcome) {
    return switch (outcome) {
      case "passed", "mapped", "counted" -> "good";
      case "ambiguous" -> "warn";
      case "unmapped" -> "bad";
      case "not-mappable" -> "none";
      case "invalid" -> REJECTED;
      default -> outcome.startsWith(REJECTED) ? REJECTED : "other";
    };
  }

  /** Compares outcomes: what went well first, rejects last. */
  static int compare(String a, String b) {
    int byRole = Integer.compare(rank(a), rank(b));
    return byRole != 0 ? byRole : a.compareTo(b);
  }

  private static int rank(String outcome) {
    return outcome.equals("passed") ? -1 : ORDER.indexOf(of(outcome));
  }
}
