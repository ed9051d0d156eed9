package org.healthbeam.samples.ward;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Puts a reading into the names, units and time format of its bed's devices. */
final class Wording {
  /** A reading as sent. */
  record Sent(String subject, String time, String code, String value, String unit) {}

  private Wording() {}

  static Sent of(Dialect dialect, Reading reading) {
    String code = reading.kind().kindName();
    String value = reading.value();
    String unit = reading.unit();
    if (reading.kind() == Kind.INSPIRED_OXYGEN) {
      return oxygen(dialect, reading);
    }
    switch (dialect) {
      case LOINC -> code = reading.kind() == Kind.CONSCIOUSNESS ? code : reading.kind().loinc();
      case NAMES -> unit = reading.kind() == Kind.TEMPERATURE ? unit : "";
      case LOCAL_TIME -> {}
      case AMERICAN -> {
        switch (reading.kind()) {
          case HEART_RATE -> unit = "bpm";
          case RESPIRATORY_RATE -> unit = "breaths/min";
          case SYSTOLIC, DIASTOLIC, MEAN -> unit = "mm Hg";
          case TEMPERATURE -> {
            // 99 and 22.4 are the artefacts that call themselves Celsius.
            if (isBody(value)) {
              value = Stay.plain(Double.parseDouble(value) * 1.8 + 32, 1);
              unit = reading.time().getEpochSecond() / 3600 % 2 == 0 ? "[degF]" : "F";
            }
          }
          default -> {}
        }
      }
      case METRIC -> {
        if (reading.kind().isPressure() && Mishaps.isNumber(value)) {
          value = Stay.plain(Double.parseDouble(value) * 0.133322387415, 2);
          unit = "kPa";
        } else if (reading.kind() == Kind.SPO2 && Mishaps.isNumber(value)) {
          value = Stay.plain(Double.parseDouble(value) / 100, 2);
          unit = "1";
        } else if (reading.kind() == Kind.TEMPERATURE) {
          unit = "°C";
        }
      }
    }
    return new Sent(reading.subject(), time(dialect, reading.time()), code, value, unit);
  }

  private static boolean isBody(String value) {
    return Mishaps.isNumber(value)
        && Double.parseDouble(value) > 30
        && Double.parseDouble(value) < 45;
  }

  private static Sent oxygen(Dialect dialect, Reading reading) {
    String time = time(dialect, reading.time());
    String name = reading.kind().kindName();
    if (!Mishaps.isNumber(reading.value())) {
      return new Sent(reading.subject(), time, name, reading.value(), "");
    }
    double litres = Double.parseDouble(reading.value());
    // About four points of inspired fraction for each litre a minute.
    double fraction = 0.21 + 0.04 * Math.min(litres, 15);
    return switch (dialect) {
      case LOINC ->
          litres >= 10
              ? new Sent(reading.subject(), time, "3150-6", Stay.plain(100 * fraction, 0), "%")
              : new Sent(reading.subject(), time, reading.kind().loinc(), reading.value(), "L/min");
      case METRIC -> new Sent(reading.subject(), time, name, Stay.plain(fraction, 2), "1");
      case AMERICAN -> new Sent(reading.subject(), time, name, litres > 0 ? "oxygen" : "air", "");
      default ->
          litres > 0
              ? new Sent(reading.subject(), time, name, reading.value(), "L/min")
              : new Sent(reading.subject(), time, name, "air", "");
    };
  }

  static String time(Dialect dialect, Instant time) {
    return dialect == Dialect.LOCAL_TIME
        ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(ZoneOffset.ofHours(1)))
        : time.toString();
  }
}
