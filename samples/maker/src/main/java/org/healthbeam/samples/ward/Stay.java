package org.healthbeam.samples.ward;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.samples.Chance;

/** One patient's stay in one bed: what the monitor and the nurses measure, hour by hour. */
final class Stay {
  private static final int CUFF_MINUTES = 15;
  private static final int ROUND_MINUTES = 60;
  private static final double[] OXYGEN_STEPS = {0, 2, 4, 6, 10, 15};

  private final Bed bed;
  private final Instant start;
  private final Duration length;
  private final Duration interval;
  private final Chance chance;
  private final Physiology physiology;
  private final List<Reading> readings = new ArrayList<>();
  private int oxygenStep;
  private double seenSpo2 = 97;
  private String seenConsciousness = "";
  private Duration lastSetting = Duration.ZERO;

  Stay(Bed bed, Instant start, Duration length, Duration interval, Chance chance) {
    this.bed = bed;
    this.start = start;
    this.length = length;
    this.interval = interval;
    this.chance = chance;
    this.physiology = new Physiology(bed.course(), chance, interval.toMillis() / 60_000.0);
  }

  /** Returns everything measured, in the order of measurement, each received a little later. */
  List<Reading> readings() {
    // Monitors of different beds are not in step.
    Duration phase = Duration.ofSeconds(chance.below((int) interval.toSeconds()));
    oxygenStep = bed.course().severity(0) > 0.3 ? 1 : 0;
    physiology.giveOxygen(OXYGEN_STEPS[oxygenStep]);
    for (Duration at = phase; at.compareTo(length) < 0; at = at.plus(interval)) {
      double fraction = (double) at.toMillis() / length.toMillis();
      Instant time = start.plus(at);
      double hour = (time.getEpochSecond() % 86_400) / 3600.0;
      Physiology.State state = physiology.step(hour, fraction);
      if (!present(fraction)) {
        continue;
      }
      monitor(time, at, fraction, state);
      nurse(time, at, state);
    }
    return readings;
  }

  private boolean present(double fraction) {
    return switch (bed.devices()) {
      case TRANSPORTED -> fraction < 0.40 || fraction >= 0.44;
      case LEAVES_EARLY -> fraction < 0.86;
      default -> true;
    };
  }

  private boolean probeOn(double fraction) {
    return bed.devices() != Bed.Devices.LOOSE_PROBE || fraction < 0.62 || fraction >= 0.645;
  }

  private void monitor(Instant time, Duration at, double fraction, Physiology.State state) {
    measure(time, Kind.HEART_RATE, chance.gaussian(state.heartRate(), 1.2), 0);
    measure(time, Kind.RESPIRATORY_RATE, chance.gaussian(state.respiratoryRate(), 0.7), 0);
    if (probeOn(fraction)) {
      double spo2 = Math.min(100, chance.gaussian(state.spo2(), 0.4));
      seenSpo2 += 0.25 * (spo2 - seenSpo2);
      measure(time, Kind.SPO2, spo2, 0);
    }
    boolean line = bed.devices() == Bed.Devices.ARTERIAL_LINE;
    if (line || due(at, CUFF_MINUTES)) {
      // A cuff is less exact than a line, and its mean is measured, not computed from the others.
      double sd = line ? 1.5 : 3;
      measure(time, Kind.SYSTOLIC, chance.gaussian(state.systolic(), sd), 0);
      measure(time, Kind.DIASTOLIC, chance.gaussian(state.diastolic(), sd), 0);
      measure(time, Kind.MEAN, chance.gaussian(state.mean(), sd), 0);
    }
  }

  private void nurse(Instant time, Duration at, Physiology.State state) {
    boolean round = due(at, ROUND_MINUTES);
    if (round) {
      measure(time, Kind.TEMPERATURE, chance.gaussian(state.temperature(), 0.1), 1);
    }
    String consciousness = bed.course().consciousness(state.severity());
    boolean look = due(at, CUFF_MINUTES);
    if (round || (look && !consciousness.equals(seenConsciousness))) {
      seenConsciousness = consciousness;
      add(time, Kind.CONSCIOUSNESS, consciousness);
    }
    boolean changed = look && adjustOxygen(at);
    if (round || changed) {
      add(time, Kind.INSPIRED_OXYGEN, plain(OXYGEN_STEPS[oxygenStep], 0));
    }
  }

  /** Aims at 94 to 98 %, or at 88 to 92 % where more oxygen would do harm. */
  private boolean adjustOxygen(Duration at) {
    double low = bed.scale2() ? 88 : 94;
    double high = bed.scale2() ? 92.5 : 97.8;
    int before = oxygenStep;
    boolean settled = at.minus(lastSetting).compareTo(Duration.ofMinutes(45)) >= 0;
    if (seenSpo2 < low && oxygenStep < OXYGEN_STEPS.length - 1) {
      oxygenStep++;
    } else if (seenSpo2 > high && oxygenStep > 0 && settled) {
      oxygenStep--;
    }
    if (oxygenStep == before) {
      return false;
    }
    lastSetting = at;
    physiology.giveOxygen(OXYGEN_STEPS[oxygenStep]);
    return true;
  }

  private boolean due(Duration at, int minutes) {
    long period = Duration.ofMinutes(minutes).toMillis();
    return at.toMillis() % period < interval.toMillis();
  }

  private void measure(Instant time, Kind kind, double value, int digits) {
    add(time, kind, plain(value, digits));
  }

  private void add(Instant time, Kind kind, String value) {
    readings.add(new Reading(bed.subject(), time, kind, value, kind.unit(), time));
  }

  static String plain(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
