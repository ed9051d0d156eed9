package org.healthbeam.bench.vital;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.healthbeam.core.vital.VitalSummary;

/** What the job that is under way in this JVM has told; its sources and sinks all call it. */
final class Tally {
  private static final int LATENCIES = 1 << 22;
  private static volatile Tally current = new Tally(null, false);

  private final Arrivals arrivals;
  private final List<VitalSummary> finals;
  private final AtomicLong begin = new AtomicLong();
  private final LongAdder rows = new LongAdder();
  private final LongAdder finalRows = new LongAdder();
  private final LongAdder digest = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final long[] latencies;
  private final AtomicLong latencyCount = new AtomicLong();
  private volatile long last;
  private volatile long cpuAtBegin;
  private volatile long cpuAtLast;

  private Tally(Arrivals arrivals, boolean keep) {
    this.arrivals = arrivals;
    this.finals = keep ? new ArrayList<>() : null;
    this.latencies = new long[arrivals == null || arrivals.perSecond() == 0 ? 0 : LATENCIES];
  }

  /**
   * Begins a job.
   *
   * @param keep whether final rows are kept to be compared
   */
  static Tally of(Arrivals arrivals, boolean keep) {
    current = new Tally(arrivals, keep);
    return current;
  }

  /** Says when the first reading arrived; it arrives now if nobody asked before. */
  static long begin() {
    Tally tally = current;
    if (tally.begin.get() == 0 && tally.begin.compareAndSet(0, System.nanoTime())) {
      tally.cpuAtBegin = cpu();
    }
    return tally.begin.get();
  }

  /** Takes a row. */
  static void told(VitalSummary row) {
    current.take(row);
  }

  /** Takes an alert that a heart rate of that time has raised. */
  static void raised(String subject, long time) {
    current.takeAlert(subject, time);
  }

  /** Takes a reading that was refused as late. */
  static void refused() {
    current.late.increment();
  }

  private void take(VitalSummary row) {
    long now = System.nanoTime();
    rows.increment();
    if (row.isFinal()) {
      finalRows.increment();
      digest.add(content(row) * 0x9e3779b97f4a7c15L);
      if (finals != null) {
        synchronized (finals) {
          finals.add(withoutRevision(row));
        }
      }
    }
    if (latencies.length > 0 && row.revision() == 0 && !arrivals.isHot(row.subject())) {
      long due = begin.get() + arrivals.dueNanos(row.windowEnd().toEpochMilli());
      if (lastDue() > due) {
        delayed(now - due);
      }
    }
    last = now;
  }

  private void takeAlert(String subject, long time) {
    long now = System.nanoTime();
    rows.increment();
    long arrival = arrivals.heartRate(subject, time);
    if (latencies.length > 0 && arrival >= 0) {
      delayed(now - begin.get() - (long) (arrival * 1e9 / arrivals.perSecond()));
    }
    last = now;
  }

  private void delayed(long nanos) {
    long at = latencyCount.getAndIncrement();
    if (at < LATENCIES) {
      latencies[(int) at] = nanos;
    }
  }

  /** The windows that only the end of the input closes are not due at any time. */
  private long lastDue() {
    return begin.get() + (long) (arrivals.count() * 1e9 / arrivals.perSecond());
  }

  void ended() {
    cpuAtLast = cpu();
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The same in every JVM, which the hash of an enum is not. */
  private static long content(VitalSummary s) {
    long hash = s.subject().hashCode() * 31L + s.kind().index();
    for (double number :
        new double[] {
          s.windowStart().toEpochMilli(),
          s.windowEnd().toEpochMilli(),
          s.n(),
          s.mean(),
          s.sd(),
          s.min(),
          s.max(),
          s.first(),
          s.last(),
          s.twa(),
          s.slopePerHour(),
          s.p05(),
          s.p50(),
          s.p95(),
          s.coverage(),
          s.maxGapSeconds(),
          s.nImplausible(),
          s.nDuplicate()
        }) {
      hash = hash * 0x100000001b3L + Double.doubleToLongBits(number);
      hash ^= hash >>> 29;
    }
    return hash;
  }

  private static VitalSummary withoutRevision(VitalSummary s) {
    return new VitalSummary(
        s.subject(),
        s.kind(),
        s.windowStart(),
        s.windowEnd(),
        0,
        s.isFinal(),
        s.n(),
        s.mean(),
        s.sd(),
        s.min(),
        s.max(),
        s.first(),
        s.last(),
        s.twa(),
        s.slopePerHour(),
        s.p05(),
        s.p50(),
        s.p95(),
        s.coverage(),
        s.maxGapSeconds(),
        s.nImplausible(),
        s.nDuplicate());
  }

  double seconds() {
    return (last - begin.get()) / 1e9;
  }

  double cpuSeconds() {
    return (cpuAtLast - cpuAtBegin) / 1e9;
  }

  long rows() {
    return rows.sum();
  }

  long finalRows() {
    return finalRows.sum();
  }

  long late() {
    return late.sum();
  }

  /** Returns what the final rows come to, in any order. */
  String digest() {
    return Long.toHexString(digest.sum());
  }

  /** Returns the final rows without their revisions, in an order of their own. */
  List<VitalSummary> finals() {
    return finals.stream()
        .sorted(
            java.util.Comparator.comparing(VitalSummary::subject)
                .thenComparing(s -> s.kind().index())
                .thenComparing(VitalSummary::windowStart))
        .toList();
  }

  /** Returns the percentile of latency in milliseconds, NaN if there is none. */
  double latencyMillis(double p) {
    long[] some =
        Arrays.stream(latencies, 0, (int) Math.min(latencyCount.get(), latencies.length))
            .filter(n -> n != 0)
            .sorted()
            .toArray();
    return some.length == 0
        ? Double.NaN
        : some[(int) Math.min(some.length - 1, Math.floor(p * some.length))] / 1e6;
  }

  @Override
  public String toString() {
    return Objects.toString(arrivals);
  }
}
