package org.healthbeam.core.vital.block;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;

/**
 * Vital signs of one window, of whatever subjects, packed into bytes one after another.
 *
 * <p>A reading takes 2 bytes for kind and flags, 1 to 5 for its time since the window's start, 1 to
 * 3 for a value with at most one decimal place and 8 for another, 17 more for a version. Its
 * subject takes none where it is that of the reading before, 1 or 2 where it stood in the block
 * before, else its text. The places in the source are kept apart and may be left out: as what
 * differs from the place before, 2 bytes and more.
 *
 * <p>A block's bytes are the length of the readings, the readings, and the places.
 */
public final class ReadingBlock {
  private static final int IMPLAUSIBLE = 1;
  private static final int TENTHS = 2;
  private static final int VERSIONED = 4;
  private static final int NEW_SUBJECT = 8;
  private static final int FORMER_SUBJECT = 16;
  private static final int MOST_TENTHS = 1 << 20;

  private final long windowStart;
  private final boolean placed;
  private final Bytes readings = new Bytes(256);
  private final Bytes places;
  private final Map<String, Integer> subjects = new HashMap<>();
  private String subject = "";
  private String source = "";
  private byte[] position = {};
  private boolean first = true;

  /**
   * Begins a block of the window that begins then.
   *
   * @param windowStart in milliseconds since 1970
   * @param placed whether it tells of each reading where it stood, which {@link #signs} needs
   */
  public ReadingBlock(long windowStart, boolean placed) {
    this.windowStart = windowStart;
    this.placed = placed;
    this.places = new Bytes(placed ? 64 : 0);
  }

  /**
   * Adds a reading, which must not be from before the window's start.
   *
   * @param sign of any subject
   * @param plausible whether it was not refused as implausible; one that was is only counted
   */
  public void add(VitalSign sign, boolean plausible) {
    ReadingVersion version = sign.version();
    double value = sign.value();
    long tenths = Math.round(value * 10);
    boolean isTenths =
        Math.abs(tenths) < MOST_TENTHS
            && Double.doubleToRawLongBits(tenths / 10.0) == Double.doubleToRawLongBits(value);
    int flags =
        (plausible ? 0 : IMPLAUSIBLE)
            | (isTenths ? TENTHS : 0)
            | (version.isOriginal() ? 0 : VERSIONED);
    if (!first && sign.subject().equals(subject)) {
      head(flags, sign.kind());
    } else {
      putSubject(sign, flags);
    }
    first = false;
    readings.putNumber(sign.time().toEpochMilli() - windowStart);
    if (isTenths) {
      readings.putNumber((tenths << 1) ^ (tenths >> 63));
    } else {
      readings.putLong(Double.doubleToRawLongBits(value));
    }
    if (!version.isOriginal()) {
      readings.put(version.status().index());
      readings.putLong(version.order());
      readings.putLong(version.observation());
    }
    if (placed) {
      putPlace(sign);
    }
  }

  private void head(int flags, VitalKind kind) {
    readings.put(flags);
    readings.put(kind.index());
  }

  private void putSubject(VitalSign sign, int flags) {
    subject = sign.subject();
    Integer former = subjects.putIfAbsent(subject, subjects.size());
    if (former == null) {
      head(flags | NEW_SUBJECT, sign.kind());
      byte[] text = subject.getBytes(StandardCharsets.UTF_8);
      readings.putNumber(text.length);
      readings.putArray(text, 0, text.length);
    } else {
      head(flags | FORMER_SUBJECT, sign.kind());
      readings.putNumber(former);
    }
  }

  private void putPlace(VitalSign sign) {
    byte[] text = sign.position().getBytes(StandardCharsets.UTF_8);
    int mismatch = Arrays.mismatch(text, position);
    int same = mismatch < 0 ? text.length : mismatch;
    boolean newSource = !sign.source().equals(source);
    places.putNumber(((long) same << 1) | (newSource ? 1 : 0));
    places.putNumber(text.length - same);
    places.putArray(text, same, text.length - same);
    if (newSource) {
      source = sign.source();
      byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
      places.putNumber(bytes.length);
      places.putArray(bytes, 0, bytes.length);
    }
    position = text;
  }

  /** {@return about how many bytes it takes} */
  public int size() {
    return readings.size() + places.size();
  }

  /** {@return its bytes} */
  public byte[] toBytes() {
    Bytes all = new Bytes(size() + 5);
    all.putNumber(readings.size());
    all.putAll(readings);
    all.putAll(places);
    return all.toArray();
  }

  /** Takes the readings of a block. */
  interface Sink<S> {
    /** {@return what stands for a subject; asked once for each in a block} */
    S subject(String name);

    void take(
        S subject,
        VitalKind kind,
        long time,
        double value,
        boolean plausible,
        ReadingVersion version);
  }

  /** Gives the readings of a block in their order. */
  static <S> void read(byte[] block, long windowStart, Sink<S> sink) {
    Cursor in = new Cursor(block, 0, block.length);
    int length = in.takeInt();
    in = new Cursor(block, in.at(), in.at() + length);
    Object[] subjects = new Object[16];
    int known = 0;
    S subject = null;
    while (in.more()) {
      int flags = in.take();
      VitalKind kind = VitalKind.at(in.take());
      if ((flags & NEW_SUBJECT) != 0) {
        subject = sink.subject(in.takeText());
        if (known == subjects.length) {
          subjects = Arrays.copyOf(subjects, 2 * known);
        }
        subjects[known++] = subject;
      } else if ((flags & FORMER_SUBJECT) != 0) {
        @SuppressWarnings("unchecked") // Only what the sink returned is in there.
        S former = (S) subjects[in.takeInt()];
        subject = former;
      }
      long time = windowStart + in.takeNumber();
      double value;
      if ((flags & TENTHS) != 0) {
        long tenths = in.takeNumber();
        value = ((tenths >>> 1) ^ -(tenths & 1)) / 10.0;
      } else {
        value = Double.longBitsToDouble(in.takeLong());
      }
      ReadingVersion version =
          (flags & VERSIONED) == 0
              ? ReadingVersion.ORIGINAL
              : new ReadingVersion(
                  ReadingVersion.Status.at(in.take()), in.takeLong(), in.takeLong());
      sink.take(subject, kind, time, value, (flags & IMPLAUSIBLE) == 0, version);
    }
  }

  /**
   * Gives the vital signs of a block that has its places, in their order.
   *
   * @param block bytes of a block, which are not changed
   * @param windowStart as the block was begun with
   * @param consumer takes the vital signs
   */
  public static void signs(byte[] block, long windowStart, Consumer<VitalSign> consumer) {
    Cursor head = new Cursor(block, 0, block.length);
    int length = head.takeInt();
    read(block, windowStart, new Placed(block, head.at() + length, consumer));
  }

  /** Adds to each reading its place. */
  private static final class Placed implements Sink<String> {
    private final Cursor places;
    private final Consumer<VitalSign> consumer;
    private String source = "";
    private byte[] position = {};

    Placed(byte[] block, int from, Consumer<VitalSign> consumer) {
      this.places = new Cursor(block, from, block.length);
      this.consumer = consumer;
    }

    @Override
    public String subject(String name) {
      return name;
    }

    @Override
    public void take(
        String subject,
        VitalKind kind,
        long time,
        double value,
        boolean plausible,
        ReadingVersion version) {
      int head = places.takeInt();
      int same = head >>> 1;
      int more = places.takeInt();
      position = Arrays.copyOf(position, same + more);
      for (int i = 0; i < more; i++) {
        position[same + i] = (byte) places.take();
      }
      if ((head & 1) != 0) {
        source = places.takeText();
      }
      consumer.accept(
          new VitalSign(
              subject,
              kind,
              value,
              Instant.ofEpochMilli(time),
              source,
              new String(position, StandardCharsets.UTF_8),
              version));
    }
  }
}
