package org.healthbeam.samples.ward;

import java.util.List;
import java.util.Locale;

/** One bed of the ward: who lies there, how it goes, and what devices stand beside it. */
record Bed(int number, Course course, Dialect dialect, Devices devices) {

  /** What sets the devices of a bed apart. */
  enum Devices {
    USUAL,
    ARTERIAL_LINE,
    /** Taken away to imaging: everything is off for a while. */
    TRANSPORTED,
    /** The network fails: readings arrive together, long after they were taken. */
    OFFLINE,
    /** A loose probe: many artefacts, and none at all for a while. */
    LOOSE_PROBE,
    /** Leaves before the end. */
    LEAVES_EARLY
  }

  private record Plan(Course course, Dialect dialect, Devices devices) {}

  private static final List<Plan> PLANS =
      List.of(
          new Plan(Course.STABLE, Dialect.NAMES, Devices.USUAL),
          new Plan(Course.SEPSIS, Dialect.LOINC, Devices.ARTERIAL_LINE),
          new Plan(Course.RESPIRATORY_FAILURE, Dialect.AMERICAN, Devices.USUAL),
          new Plan(Course.STABLE, Dialect.METRIC, Devices.TRANSPORTED),
          new Plan(Course.RECOVERING, Dialect.NAMES, Devices.USUAL),
          new Plan(Course.SEPSIS, Dialect.NAMES, Devices.OFFLINE),
          new Plan(Course.HYPERCAPNIA, Dialect.LOINC, Devices.USUAL),
          new Plan(Course.BLEEDING, Dialect.METRIC, Devices.ARTERIAL_LINE),
          new Plan(Course.STABLE, Dialect.LOCAL_TIME, Devices.USUAL),
          new Plan(Course.RECOVERING, Dialect.AMERICAN, Devices.LEAVES_EARLY),
          new Plan(Course.STABLE, Dialect.NAMES, Devices.LOOSE_PROBE),
          new Plan(Course.RESPIRATORY_FAILURE, Dialect.LOINC, Devices.USUAL));

  /** Returns bed {@code number}, from 1; the plans repeat in larger wards. */
  static Bed of(int number) {
    Plan plan = PLANS.get((number - 1) % PLANS.size());
    return new Bed(number, plan.course, plan.dialect, plan.devices);
  }

  String subject() {
    return String.format(Locale.ROOT, "ward-%02d", number);
  }

  /** Returns whether saturation is to be judged on the scale for hypercapnic failure. */
  boolean scale2() {
    return course == Course.HYPERCAPNIA;
  }
}
