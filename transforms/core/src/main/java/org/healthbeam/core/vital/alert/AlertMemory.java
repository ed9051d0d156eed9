package org.healthbeam.core.vital.alert;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.healthbeam.core.vital.score.LatestValues;

/**
 * What the machine of one subject remembers.
 *
 * <p>Its size: the latest values (less than 1 kB), 59 bytes for each rule, and for each kind with a
 * trend 16 bytes for each time within the longest trend, a day at most.
 */
final class AlertMemory {
  /** What a rule is at. */
  static final byte IDLE = 0;

  /** The condition holds, and the on-delay is not over. */
  static final byte WAITING = 1;

  static final byte ACTIVE = 2;

  /** Active, the condition for clearing holds, and the off-delay is not over. */
  static final byte CLEARING = 3;

  /** A missing signal that is there. */
  static final byte SEEN = 4;

  /** A missing signal that is not. */
  static final byte GONE = 5;

  static final long NEVER = Long.MAX_VALUE;
  static final long NO_DAY = Long.MIN_VALUE;

  int fingerprint;
  LatestValues latest = new LatestValues();
  TrendValues[] trends = {};

  byte[] phase = {};
  boolean[] silent = {};
  long[] since = {};
  long[] lastSample = {};
  long[] suppressedUntil = {};
  long[] activeMark = {};

  /** From when on the condition of an active rule has not held, or {@link #NEVER}. */
  long[] endedSince = {};

  int[] repeats = {};
  double[] value = {};
  double[] score = {};

  /** Where the day began that is counted, and its counts. */
  long day = NO_DAY;

  long raised;
  long suppressed;
  long delayed;
  long activeMillis;
  long hysteresisMillis;

  long nextDue = NEVER;

  /** Makes room for the rules; in a memory of other rules nothing is known of these. */
  void fit(int rules, int kindsWithTrends, int newFingerprint) {
    if (phase.length == rules && fingerprint == newFingerprint) {
      return;
    }
    fingerprint = newFingerprint;
    phase = new byte[rules];
    silent = new boolean[rules];
    since = new long[rules];
    lastSample = new long[rules];
    suppressedUntil = new long[rules];
    Arrays.fill(suppressedUntil, Long.MIN_VALUE);
    activeMark = new long[rules];
    endedSince = new long[rules];
    Arrays.fill(endedSince, NEVER);
    repeats = new int[rules];
    value = new double[rules];
    score = new double[rules];
    trends = new TrendValues[kindsWithTrends];
    for (int i = 0; i < trends.length; i++) {
      trends[i] = new TrendValues();
    }
  }

  boolean isActive(int rule) {
    return phase[rule] == ACTIVE || phase[rule] == CLEARING || phase[rule] == GONE;
  }

  boolean anyActive() {
    for (int rule = 0; rule < phase.length; rule++) {
      if (isActive(rule)) {
        return true;
      }
    }
    return false;
  }

  AlertMemory copy() {
    AlertMemory copy = new AlertMemory();
    copy.fingerprint = fingerprint;
    copy.latest = latest.copy();
    copy.trends = new TrendValues[trends.length];
    for (int i = 0; i < trends.length; i++) {
      copy.trends[i] = trends[i].copy();
    }
    copy.phase = phase.clone();
    copy.silent = silent.clone();
    copy.since = since.clone();
    copy.lastSample = lastSample.clone();
    copy.suppressedUntil = suppressedUntil.clone();
    copy.activeMark = activeMark.clone();
    copy.endedSince = endedSince.clone();
    copy.repeats = repeats.clone();
    copy.value = value.clone();
    copy.score = score.clone();
    copy.day = day;
    copy.raised = raised;
    copy.suppressed = suppressed;
    copy.delayed = delayed;
    copy.activeMillis = activeMillis;
    copy.hysteresisMillis = hysteresisMillis;
    copy.nextDue = nextDue;
    return copy;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(fingerprint);
    latest.write(out);
    out.writeInt(trends.length);
    for (TrendValues trend : trends) {
      trend.write(out);
    }
    out.writeInt(phase.length);
    for (int i = 0; i < phase.length; i++) {
      out.writeByte(phase[i]);
      out.writeBoolean(silent[i]);
      out.writeLong(since[i]);
      out.writeLong(lastSample[i]);
      out.writeLong(suppressedUntil[i]);
      out.writeLong(activeMark[i]);
      out.writeLong(endedSince[i]);
      out.writeInt(repeats[i]);
      out.writeDouble(value[i]);
      out.writeDouble(score[i]);
    }
    out.writeLong(day);
    out.writeLong(raised);
    out.writeLong(suppressed);
    out.writeLong(delayed);
    out.writeLong(activeMillis);
    out.writeLong(hysteresisMillis);
    out.writeLong(nextDue);
  }

  static AlertMemory read(DataInput in) throws IOException {
    AlertMemory memory = new AlertMemory();
    int fingerprint = in.readInt();
    memory.latest = LatestValues.read(in);
    TrendValues[] trends = new TrendValues[in.readInt()];
    for (int i = 0; i < trends.length; i++) {
      trends[i] = TrendValues.read(in);
    }
    memory.fit(in.readInt(), trends.length, fingerprint);
    memory.fingerprint = fingerprint;
    memory.trends = trends;
    for (int i = 0; i < memory.phase.length; i++) {
      memory.phase[i] = in.readByte();
      memory.silent[i] = in.readBoolean();
      memory.since[i] = in.readLong();
      memory.lastSample[i] = in.readLong();
      memory.suppressedUntil[i] = in.readLong();
      memory.activeMark[i] = in.readLong();
      memory.endedSince[i] = in.readLong();
      memory.repeats[i] = in.readInt();
      memory.value[i] = in.readDouble();
      memory.score[i] = in.readDouble();
    }
    memory.day = in.readLong();
    memory.raised = in.readLong();
    memory.suppressed = in.readLong();
    memory.delayed = in.readLong();
    memory.activeMillis = in.readLong();
    memory.hysteresisMillis = in.readLong();
    memory.nextDue = in.readLong();
    return memory;
  }
}
