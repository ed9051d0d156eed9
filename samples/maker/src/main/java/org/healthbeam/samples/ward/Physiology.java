package org.healthbeam.samples.ward;

import org.healthbeam.samples.Chance;

/**
 * What goes on in one patient: a baseline, the day's rhythm, the illness, and slow fluctuations
 * that move heart rate, breathing and pressure together.
 *
 * <p>The fluctuations are Ornstein-Uhlenbeck processes stepped at a fixed interval. Not a model to
 * learn medicine from; made so that the curves have the shape that a ward's curves have.
 */
final class Physiology {
  /** The state at one moment, as it truly is. */
  record State(
      double severity,
      double heartRate,
      double respiratoryRate,
      double spo2,
      double systolic,
      double diastolic,
      double temperature) {
    double mean() {
      return (systolic + 2 * diastolic) / 3;
    }
  }

  private final Course course;
  private final Course.Effect effect;
  private final Chance chance;
  private final double stepMinutes;
  private final double restHeartRate;
  private final double restRespiratoryRate;
  private final double restSpo2;
  private final double restSystolic;
  private final double restDiastolic;
  private final double restTemperature;
  private double arousal;
  private double vagal;
  private double vascular;
  private double breathing;
  private double oxygenation;
  private double oxygenFlow;

  Physiology(Course course, Chance chance, double stepMinutes) {
    this.course = course;
    this.effect = course.effect();
    this.chance = chance;
    this.stepMinutes = stepMinutes;
    this.restHeartRate = chance.between(64, 82);
    this.restRespiratoryRate = chance.between(13.5, 16.5);
    this.restSpo2 = course == Course.HYPERCAPNIA ? 91.5 : chance.between(96.6, 98.2);
    this.restSystolic = chance.between(117, 138);
    this.restDiastolic = restSystolic * chance.between(0.56, 0.62);
    this.restTemperature = chance.between(36.5, 36.9);
  }

  /** Sets the oxygen that is given, in litres a minute; 0 is room air. */
  void giveOxygen(double litresPerMinute) {
    oxygenFlow = litresPerMinute;
  }

  /** Moves on by one step, to this hour of the day and this fraction of the stay. */
  State step(double hourOfDay, double fraction) {
    arousal = fluctuate(arousal, 25);
    vagal = fluctuate(vagal, 12);
    vascular = fluctuate(vascular, 40);
    breathing = fluctuate(breathing, 8);
    oxygenation = fluctuate(oxygenation, 15);
    double severity = course.severity(fraction);
    // The day peaks in the late afternoon; night lies around four in the morning.
    double day = StrictMath.cos((hourOfDay - 16) / 24 * 2 * StrictMath.PI);
    double systolic =
        restSystolic + 6 * day + 5 * vascular + 4 * arousal + effect.systolic() * severity;
    double baroreflex = -0.18 * (5 * vascular);
    double temperature = restTemperature + 0.3 * day + effect.temperature() * severity;
    double fever = Math.max(0, temperature - restTemperature - 0.3);
    double heartRate =
        restHeartRate
            + 5 * day
            + 4 * arousal
            + 2.5 * vagal
            + baroreflex
            + 2 * fever
            + effect.heartRate() * severity;
    double respiratoryRate =
        restRespiratoryRate
            + 0.7 * day
            + 0.9 * arousal
            + 1.1 * breathing
            + effect.respiratoryRate() * severity;
    double helped = 1 - StrictMath.exp(-oxygenFlow / 11);
    double deficit = effect.desaturation() * severity * (1 - 0.75 * helped);
    double spo2 = restSpo2 - deficit + 1.8 * helped + 0.6 * oxygenation;
    return new State(
        severity,
        heartRate,
        Math.max(5, respiratoryRate),
        Math.min(100, spo2),
        systolic,
        restDiastolic + 3.5 * day + 3.5 * vascular + 2 * arousal + effect.diastolic() * severity,
        temperature);
  }

  private double fluctuate(double value, double correlationMinutes) {
    double keep = StrictMath.exp(-stepMinutes / correlationMinutes);
    return value * keep + chance.gaussian(0, StrictMath.sqrt(1 - keep * keep));
  }
}
