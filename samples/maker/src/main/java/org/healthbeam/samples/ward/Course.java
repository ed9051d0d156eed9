package org.healthbeam.samples.ward;

/** How ill a patient is over a stay, and what that illness does to the vital signs. */
enum Course {
  STABLE(2, 2),
  SEPSIS(0.66, 0.93),
  RESPIRATORY_FAILURE(0.78, 0.97),
  RECOVERING(0.7, 2),
  BLEEDING(0.7, 0.95),
  HYPERCAPNIA(0.9, 2);

  /**
   * What full severity adds to heart rate (/min), respiratory rate (/min), the saturation deficit
   * (%), systolic and diastolic pressure (mm[Hg]) and temperature (Cel).
   */
  record Effect(
      double heartRate,
      double respiratoryRate,
      double desaturation,
      double systolic,
      double diastolic,
      double temperature) {}

  private final double confusedFrom;
  private final double voiceOnlyFrom;

  Course(double confusedFrom, double voiceOnlyFrom) {
    this.confusedFrom = confusedFrom;
    this.voiceOnlyFrom = voiceOnlyFrom;
  }

  Effect effect() {
    return switch (this) {
      case STABLE -> new Effect(0, 0, 0, 0, 0, 0);
      case SEPSIS -> new Effect(44, 13, 6, -50, -28, 2.2);
      case RESPIRATORY_FAILURE -> new Effect(30, 17, 12, 12, 6, 0.6);
      case RECOVERING -> new Effect(34, 10, 7, -28, -15, 1.6);
      case BLEEDING -> new Effect(56, 10, 3, -54, -30, -0.8);
      case HYPERCAPNIA -> new Effect(14, 8, 5, 8, 4, 0.3);
    };
  }

  /** Returns how ill the patient is, 0 to 1, at this fraction of the stay. */
  double severity(double fraction) {
    switch (this) {
      case SEPSIS:
        return onset(fraction, 0.42, 0.06) * (1 - 0.45 * onset(fraction, 0.80, 0.04));
      case RESPIRATORY_FAILURE:
        return onset(fraction, 0.58, 0.07);
      case RECOVERING:
        return 0.92 * (1 - onset(fraction, 0.38, 0.09));
      case BLEEDING:
        return onset(fraction, 0.55, 0.012) * (1 - 0.8 * onset(fraction, 0.72, 0.03));
      case HYPERCAPNIA:
        return 0.35 + 0.4 * onset(fraction, 0.5, 0.05) * (1 - onset(fraction, 0.8, 0.04));
      case STABLE:
      default:
        return 0;
    }
  }

  /** Returns the level on the ACVPU scale. */
  String consciousness(double severity) {
    if (severity >= voiceOnlyFrom) {
      return "V";
    }
    return severity >= confusedFrom ? "C" : "A";
  }

  private static double onset(double fraction, double middle, double width) {
    return 1 / (1 + StrictMath.exp(-(fraction - middle) / width));
  }
}
