package org.healthbeam.samples.ward;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.samples.Chance;

/**
 * What goes wrong between a patient and a file: artefacts, text in place of numbers, duplicates,
 * and readings that arrive late.
 */
final class Mishaps {
  private final Bed bed;
  private final Instant start;
  private final Duration length;
  private final Chance chance;
  private Instant monitorTime = Instant.EPOCH;
  private long monitorDelay;

  Mishaps(Bed bed, Instant start, Duration length, Chance chance) {
    this.bed = bed;
    this.start = start;
    this.length = length;
    this.chance = chance;
  }

  /** Returns the readings as they are received. */
  List<Reading> of(List<Reading> taken) {
    List<Reading> received = new ArrayList<>(taken.size() + taken.size() / 100);
    for (Reading reading : taken) {
      Reading told = spoil(reading.receivedAt(arrival(reading)));
      received.add(told);
      if (chance.happens(0.003)) {
        received.add(told.receivedAt(told.received().plusSeconds(5 + chance.below(60))));
      } else if (chance.happens(0.0006)) {
        received.add(contradict(told));
      }
    }
    return received;
  }

  private Instant arrival(Reading reading) {
    boolean byHand =
        switch (reading.kind()) {
          case TEMPERATURE, CONSCIOUSNESS, INSPIRED_OXYGEN -> true;
          default -> false;
        };
    if (byHand) {
      // Some are written down on paper first, and typed at the end of the shift.
      return reading
          .time()
          .plusSeconds(
              chance.happens(0.04)
                  ? 3600L + chance.below(5 * 3600)
                  : 5 + (long) chance.exponential(240));
    }
    if (bed.devices() == Bed.Devices.OFFLINE) {
      Instant lost = start.plusMillis((long) (0.46 * length.toMillis()));
      Instant back = start.plusMillis((long) (0.51 * length.toMillis()));
      if (!reading.time().isBefore(lost) && reading.time().isBefore(back)) {
        return back.plusSeconds(20);
      }
    }
    if (!reading.time().equals(monitorTime)) {
      // A monitor sends what it measured at one moment together.
      monitorTime = reading.time();
      monitorDelay = 1L + chance.below(20) + (chance.happens(0.006) ? 180 + chance.below(1800) : 0);
    }
    return reading.time().plusSeconds(monitorDelay);
  }

  private Reading spoil(Reading reading) {
    if (chance.happens(artefactRate(reading.kind()))) {
      return artefact(reading);
    }
    if (chance.happens(0.0005)) {
      String text = chance.oneOf("ERR", "--", "n/a", "<40", "off", "");
      return reading.withValue(text, reading.received());
    }
    return reading;
  }

  private double artefactRate(Kind kind) {
    boolean loose = bed.devices() == Bed.Devices.LOOSE_PROBE;
    return switch (kind) {
      case HEART_RATE, RESPIRATORY_RATE -> loose ? 0.006 : 0.0012;
      case SPO2 -> loose ? 0.02 : 0.0015;
      case SYSTOLIC, DIASTOLIC, MEAN -> 0.004;
      case TEMPERATURE -> 0.012;
      case CONSCIOUSNESS, INSPIRED_OXYGEN -> 0;
    };
  }

  private Reading artefact(Reading reading) {
    String value =
        switch (reading.kind()) {
          case HEART_RATE -> chance.oneOf("0", "312", "350", "188");
          case RESPIRATORY_RATE -> chance.oneOf("0", "118", "55");
          case SPO2 -> chance.oneOf("0", "127", "62", "71", "44");
          case SYSTOLIC -> chance.oneOf("450", "0", "262");
          case DIASTOLIC -> chance.oneOf("0", "333");
          case MEAN -> chance.oneOf("-27", "320", "-27");
          // Degrees Fahrenheit under the name of Celsius, and a probe that lies beside the patient.
          case TEMPERATURE -> chance.oneOf("99", "99", "22.4");
          default -> reading.value();
        };
    return reading.withValue(value, reading.received());
  }

  /** The same moment again with another value, as when a correction is sent as a new record. */
  private Reading contradict(Reading reading) {
    Instant later = reading.received().plusSeconds(20 + chance.below(600));
    if (reading.kind() == Kind.CONSCIOUSNESS || !isNumber(reading.value())) {
      return reading.receivedAt(later);
    }
    double other = Double.parseDouble(reading.value()) + chance.oneOf(-3, -1, 1, 2, 4);
    return reading.withValue(
        Stay.plain(Math.max(0, other), reading.kind() == Kind.TEMPERATURE ? 1 : 0), later);
  }

  static boolean isNumber(String value) {
    return value.matches("-?\\d+(\\.\\d+)?");
  }
}
