package org.healthbeam.core.vital.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSummary;
import org.junit.jupiter.api.Test;

class WindowFoldTest {
  private static final Instant START = Instant.parse("2201-12-31T00:00:00Z");
  private static final long HOUR = 3_600_000;

  private static byte[] bytes(WindowDigest digest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    digest.writeTo(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static WindowDigest copied(WindowDigest digest) throws IOException {
    return WindowDigest.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(digest))));
  }

  private static VitalSummary summary(WindowFold fold) {
    return VitalSummaries.of(
        "a", VitalKind.HEART_RATE, WindowSpan.of(START, START.plusMillis(HOUR)), 0, true, fold);
  }

  /** Readings of an hour, some at one time, some twice, of few or of many values. */
  private static ReadingSeries[] bySlot(Random random, int n, long slot) {
    ReadingSeries[] series = new ReadingSeries[(int) (HOUR / slot)];
    for (int i = 0; i < series.length; i++) {
      series[i] = new ReadingSeries();
    }
    boolean tenths = random.nextBoolean();
    int times = random.nextBoolean() ? (int) HOUR : 600;
    for (int i = 0; i < n; i++) {
      long time = random.nextInt(times) * (HOUR / times);
      double value = 40 + 60 * random.nextDouble();
      ReadingSeries into = series[(int) (time / slot)];
      if (random.nextInt(50) == 0) {
        into.addImplausible(1);
      }
      into.add(START.toEpochMilli() + time, tenths ? Math.rint(10 * value) / 10 : value);
    }
    return series;
  }

  @Property(tries = 150)
  void everyWayOfCuttingAWindowComesToTheSameBits(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4_000) int n) throws IOException {
    Duration expected = Duration.ofSeconds(1 + random.nextInt(700));
    ReadingSeries[] slots = bySlot(random, n, 10_000);
    WindowFold direct = new WindowFold(expected);
    ReadingSeries whole = new ReadingSeries();
    for (ReadingSeries slot : slots) {
      whole.addAll(slot);
    }
    direct.addAll(whole);
    WindowFold cut = new WindowFold(expected);
    int at = 0;
    while (at < slots.length) {
      WindowFold stretch = new WindowFold(expected);
      int until = Math.min(slots.length, at + 1 + random.nextInt(120));
      for (; at < until; at++) {
        WindowFold slot = new WindowFold(expected).addAll(slots[at]);
        if (random.nextBoolean()) {
          stretch.addAll(copied(slot.digest()));
        } else {
          stretch.addAll(slots[at]);
        }
      }
      cut.addAll(copied(stretch.digest()));
    }
    assertEquals(summary(direct), summary(cut));
    assertArrayEquals(bytes(direct.digest()), bytes(cut.digest()));
  }

  @Property(tries = 100)
  void slotsMayComeInAnyOrderAndAnyNumberOfOldRevisions(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 500) int n) {
    Duration expected = Duration.ofMinutes(1);
    ReadingSeries[] series = bySlot(random, n, 60_000);
    List<SlotDigest> told = new ArrayList<>();
    ReadingSeries all = new ReadingSeries();
    for (int i = 0; i < series.length; i++) {
      all.addAll(series[i]);
      long start = START.toEpochMilli() + 60_000L * i;
      int last = random.nextInt(3);
      for (int revision = 0; revision <= last; revision++) {
        ReadingSeries known = new ReadingSeries();
        for (int j = 0; j < series[i].size(); j++) {
          if (revision < last && random.nextBoolean()) {
            known.add(series[i].timeAt(j), series[i].valueAt(j));
          }
        }
        told.add(
            new SlotDigest(
                VitalKind.HEART_RATE,
                start,
                start + 60_000,
                revision,
                new WindowFold(expected).addAll(revision == last ? series[i] : known).digest()));
      }
    }
    Collections.shuffle(told, random);
    SlotDigests left = new SlotDigests();
    SlotDigests right = new SlotDigests();
    told.forEach(slot -> (random.nextBoolean() ? left : right).add(slot));
    SlotDigests merged = new SlotDigests();
    merged.addAll(right);
    merged.addAll(left);
    merged.addAll(right.copy());
    assertEquals(summary(new WindowFold(expected).addAll(all)), summary(merged.fold(expected)));
  }

  @Test
  void digestDoesNotChangeWhenTheFoldGoesOn() throws IOException {
    for (int n : new int[] {3, WindowFold.HELD, WindowFold.HELD + 1, 5_000}) {
      WindowFold fold = new WindowFold(Duration.ofMinutes(1));
      for (int i = 0; i < n; i++) {
        fold.add(START.toEpochMilli() + i, i / 3.0);
      }
      WindowDigest digest = fold.digest();
      byte[] before = bytes(digest);
      for (int i = 0; i < 3_000; i++) {
        fold.add(START.toEpochMilli() + n + i, i / 7.0);
      }
      assertArrayEquals(before, bytes(digest), n + " readings");
      assertEquals(n, digest.n());
    }
  }

  /** 10.8 million readings of as many values, slot by slot as the transform does it. */
  @Test
  void oneSubjectAt125HertzForADayIsHeldInBoundedRoom() throws IOException {
    Duration expected = Duration.ofSeconds(1);
    Random random = new Random(42);
    List<VitalWindows.Rung> rungs = VitalWindows.fixed(Duration.ofDays(1)).rungs();
    assertEquals(2, rungs.size());
    long slot = rungs.get(0).length();
    SlotDigests day = new SlotDigests();
    int greatestSlot = 0;
    for (long start = 0; start < 24 * HOUR; start += slot) {
      ReadingSeries series = new ReadingSeries();
      for (long time = start; time < start + slot; time += 8) {
        series.add(START.toEpochMilli() + time, 40 + 100 * random.nextDouble());
      }
      assertEquals(75_000, series.size(), "readings held at 16 to 32 bytes each");
      WindowDigest digest = new WindowFold(expected).addAll(series).digest();
      assertFalse(digest.hasExactQuantiles());
      greatestSlot = Math.max(greatestSlot, bytes(digest).length);
      day.add(
          new SlotDigest(
              VitalKind.MEAN_BP,
              START.toEpochMilli() + start,
              START.toEpochMilli() + start + slot,
              0,
              digest));
    }
    assertTrue(greatestSlot < 3_000, greatestSlot + " bytes of a slot");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    day.writeTo(new DataOutputStream(out));
    assertTrue(out.size() < 144 * 3_000, out.size() + " bytes of the day");
    VitalSummary summary =
        VitalSummaries.of(
            "a",
            VitalKind.MEAN_BP,
            WindowSpan.of(START, START.plusSeconds(86_400)),
            0,
            true,
            day.fold(expected));
    assertEquals(10_800_000, summary.n());
    assertEquals(1, summary.coverage());
    assertEquals(0.008, summary.maxGapSeconds());
    assertEquals(90, summary.mean(), 0.1);
    assertEquals(summary.mean(), summary.twa(), 1e-5);
    assertEquals(90, summary.p50(), 0.2);
    assertEquals(45, summary.p05(), 0.1);
    assertEquals(135, summary.p95(), 0.25);
  }
}
