package org.healthbeam.core.vital.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.vital.ArtefactJudgement;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VersionedReading;
import org.healthbeam.core.vital.VitalKind;

/**
 * The readings of some subjects in one window, series by series, and how often each series was
 * told.
 *
 * <p>It is made of blocks, or of the bytes that {@link #toBytes} gave, in which what belongs to a
 * subject is skipped at a step where only some subjects are asked for.
 */
public final class ShardReadings {
  private static final byte FORMAT = 3;

  /** So many blocks cost about as much to go through as to be taken in. */
  private static final int MOST_LATE_BLOCKS = 256;

  private static final byte TENTHS = 1;
  private static final byte RAW = 0;

  private final long windowStart;
  @Nullable private final Set<String> only;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  private ShardReadings(long windowStart, @Nullable Set<String> only) {
    this.windowStart = windowStart;
    this.only = only;
  }

  /** The series of one kind. */
  public static final class Series {
    private final ReadingSeries readings;
    private long told;
    private boolean touched;

    private Series(ReadingSeries readings) {
      this.readings = readings;
    }

    /** {@return its readings} */
    public ReadingSeries readings() {
      return readings;
    }

    /** {@return how often it was told before} */
    public long told() {
      return told;
    }
  }

  private static final class Subject {
    private final Map<VitalKind, Series> byKind = new EnumMap<>(VitalKind.class);
    @Nullable private VitalKind lastKind;
    @Nullable private Series last;

    Series of(VitalKind kind) {
      if (kind != lastKind) {
        last = byKind.computeIfAbsent(kind, k -> new Series(new ReadingSeries()));
        lastKind = kind;
      }
      return last;
    }
  }

  /** Takes a series. */
  @FunctionalInterface
  public interface SeriesConsumer {
    /**
     * Takes one series.
     *
     * @param subject whose readings they are
     * @param kind what was measured
     * @param series is that which is held, not a copy
     */
    void take(String subject, VitalKind kind, Series series);
  }

  /**
   * Begins with nothing, for the window that begins then.
   *
   * @param windowStart in milliseconds since 1970
   * @return nothing yet, to which blocks of any subjects can be added
   */
  public static ShardReadings of(long windowStart) {
    return new ShardReadings(windowStart, null);
  }

  /**
   * Begins with nothing, and will hold only subjects that the block has.
   *
   * @param block bytes of a block, which are not changed
   * @param windowStart as the block was begun with
   * @return nothing yet, to which what is added of other subjects is passed over
   */
  public static ShardReadings onlyOf(byte[] block, long windowStart) {
    ShardReadings those = of(windowStart);
    those.add(block);
    return new ShardReadings(windowStart, those.subjects.keySet());
  }

  /**
   * Adds the readings of a block.
   *
   * @param block bytes of a block of this window
   */
  public void add(byte[] block) {
    add(block, new ArrayList<>());
  }

  /**
   * Adds the readings of a block that came after the window was told; each series in it that has
   * readings counts as told once more.
   *
   * @param block bytes of a block of this window
   */
  public void addTold(byte[] block) {
    List<Series> touched = new ArrayList<>();
    add(block, touched);
    for (Series series : touched) {
      if (series.readings.added() > 0) {
        series.told++;
      }
      series.touched = false;
    }
  }

  /** Counts each series that has readings as told once more. */
  public void markTold() {
    forEach((name, kind, series) -> series.told += series.readings.added() > 0 ? 1 : 0);
  }

  /**
   * Takes blocks that came after a window was told into what is held of it, so that they need not
   * be gone through with each block that comes after them.
   *
   * @param held what {@link #toBytes} gave
   * @param late blocks of the window, in any order
   * @param windowStart in milliseconds since 1970
   * @return what is held now, as {@link #toBytes} gives it
   */
  public static byte[] fold(byte[] held, Iterable<byte[]> late, long windowStart) {
    ShardReadings readings = of(windowStart);
    readings.addAll(held);
    late.forEach(readings::addTold);
    return readings.toBytes();
  }

  /**
   * {@return whether late blocks are to be taken in: when they cost as much to go through as what
   * is held, so that a block costs the reading of at most twice that however many came before}
   *
   * @param held bytes
   * @param late how many blocks
   * @param lateBytes of all of them
   */
  public static boolean isToBeFolded(long held, int late, long lateBytes) {
    return late > 0 && (lateBytes >= held || late >= MOST_LATE_BLOCKS);
  }

  /**
   * Adds the readings of a block and gives those series that it has readings of.
   *
   * @param block bytes of a block of this window
   * @param consumer takes the series, in no order that is told
   */
  public void add(byte[] block, SeriesConsumer consumer) {
    List<Series> touched = new ArrayList<>();
    add(block, touched);
    subjects.forEach(
        (name, subject) ->
            subject.byKind.forEach(
                (kind, series) -> {
                  if (series.touched) {
                    consumer.take(name, kind, series);
                    series.touched = false;
                  }
                }));
  }

  private void add(byte[] block, List<Series> touched) {
    ReadingBlock.read(
        block,
        windowStart,
        new ReadingBlock.Sink<Subject>() {
          @Override
          @Nullable
          public Subject subject(String name) {
            return only != null && !only.contains(name)
                ? null
                : subjects.computeIfAbsent(name, n -> new Subject());
          }

          @Override
          public void take(
              @Nullable Subject subject,
              VitalKind kind,
              long time,
              double value,
              boolean plausible,
              ReadingVersion version) {
            if (subject == null) {
              return;
            }
            Series series = subject.of(kind);
            if (!plausible) {
              series.readings.addImplausible(1);
            } else if (version.isOriginal()) {
              series.readings.add(time, value);
            } else {
              series.readings.add(time, value, version);
            }
            if (!series.touched) {
              series.touched = true;
              touched.add(series);
            }
          }
        });
  }

  /**
   * Gives all series.
   *
   * @param consumer takes the series, in no order that is told
   */
  public void forEach(SeriesConsumer consumer) {
    subjects.forEach(
        (name, subject) ->
            subject.byKind.forEach((kind, series) -> consumer.take(name, kind, series)));
  }

  /** {@return bytes from which {@link #addAll} makes the same} */
  public byte[] toBytes() {
    Bytes out = new Bytes(1024);
    out.put(FORMAT);
    subjects.forEach(
        (name, subject) -> {
          Bytes all = new Bytes(256);
          subject.byKind.forEach(
              (kind, series) -> {
                put(kind, series.readings, all);
                all.putNumber(series.told);
              });
          byte[] text = name.getBytes(StandardCharsets.UTF_8);
          out.putNumber(text.length);
          out.putArray(text, 0, text.length);
          out.putNumber(all.size());
          out.putAll(all);
        });
    return out.toArray();
  }

  private void put(VitalKind kind, ReadingSeries series, Bytes out) {
    out.put(kind.index());
    out.putNumber(series.toldCount());
    out.putNumber(series.added());
    out.putNumber(series.implausible());
    out.putNumber(series.versionedCount());
    out.putNumber(series.judgements().size());
    series.told(new Differences(windowStart, out));
    series.versioned(
        one -> {
          out.putLong(one.timeMillis());
          out.put(one.version().status().index());
          out.putLong(one.version().order());
          out.putLong(one.version().observation());
          out.putLong(Double.doubleToRawLongBits(one.value()));
          out.putNumber(one.told());
          out.putNumber(one.replacedReadings());
          out.putNumber(one.replacedWithdrawals());
        });
    for (ArtefactJudgement judgement : series.judgements()) {
      out.putLong(judgement.timeMillis());
      out.putLong(Double.doubleToRawLongBits(judgement.value()));
      out.putNumber(judgement.order());
      out.put(judgement.artefact() ? 1 : 0);
    }
  }

  private static final class Differences
      implements ReadingSeries.ReadingConsumer<RuntimeException> {
    private final Bytes out;
    private long before;

    Differences(long windowStart, Bytes out) {
      this.before = windowStart;
      this.out = out;
    }

    @Override
    public void take(long time, double value) {
      long tenths = Math.round(value * 10);
      boolean isTenths =
          Double.doubleToRawLongBits(tenths / 10.0) == Double.doubleToRawLongBits(value);
      out.putNumber(((time - before) << 1) | (isTenths ? TENTHS : RAW));
      if (isTenths) {
        out.putNumber((tenths << 1) ^ (tenths >> 63));
      } else {
        out.putLong(Double.doubleToRawLongBits(value));
      }
      before = time;
    }
  }

  /**
   * Adds what {@link #toBytes} gave; nothing may have been added before.
   *
   * @param bytes of the same window
   * @throws IllegalArgumentException if another version of HealthBeam wrote them
   */
  public void addAll(byte[] bytes) {
    Cursor in = new Cursor(bytes, 0, bytes.length);
    if (in.take() != FORMAT) {
      throw new IllegalArgumentException("the bytes are of another version");
    }
    while (in.more()) {
      String name = in.takeText();
      int length = in.takeInt();
      if (only != null && !only.contains(name)) {
        in.skip(length);
        continue;
      }
      Subject subject = new Subject();
      subjects.put(name, subject);
      int end = in.at() + length;
      while (in.at() < end) {
        VitalKind kind = VitalKind.at(in.take());
        Series series = new Series(series(in));
        series.told = in.takeNumber();
        subject.byKind.put(kind, series);
      }
    }
  }

  private ReadingSeries series(Cursor in) {
    int n = in.takeInt();
    long added = in.takeNumber();
    long implausible = in.takeNumber();
    int versioned = in.takeInt();
    int judged = in.takeInt();
    long[] times = new long[n];
    double[] values = new double[n];
    long time = windowStart;
    for (int i = 0; i < n; i++) {
      long head = in.takeNumber();
      time += head >>> 1;
      times[i] = time;
      if ((head & TENTHS) != 0) {
        long tenths = in.takeNumber();
        values[i] = ((tenths >>> 1) ^ -(tenths & 1)) / 10.0;
      } else {
        values[i] = Double.longBitsToDouble(in.takeLong());
      }
    }
    List<VersionedReading> versions = new ArrayList<>(versioned);
    for (int i = 0; i < versioned; i++) {
      long at = in.takeLong();
      ReadingVersion version =
          new ReadingVersion(ReadingVersion.Status.at(in.take()), in.takeLong(), in.takeLong());
      double value = Double.longBitsToDouble(in.takeLong());
      versions.add(
          new VersionedReading(
              at, value, version, in.takeNumber(), in.takeNumber(), in.takeNumber()));
    }
    List<ArtefactJudgement> judgements = new ArrayList<>(judged);
    for (int i = 0; i < judged; i++) {
      judgements.add(
          new ArtefactJudgement(
              in.takeLong(),
              Double.longBitsToDouble(in.takeLong()),
              in.takeNumber(),
              in.take() != 0));
    }
    return ReadingSeries.of(times, values, versions, judgements, added, implausible);
  }

  /** Shows nothing: subjects are in it. */
  @Override
  public String toString() {
    return "ShardReadings";
  }
}
