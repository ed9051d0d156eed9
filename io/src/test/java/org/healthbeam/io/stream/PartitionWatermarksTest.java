package org.healthbeam.io.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.healthbeam.io.stream.WatermarkPolicy.Basis;
import org.junit.jupiter.api.Test;

class PartitionWatermarksTest {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long NONE = PartitionWatermarks.NONE;

  /** What the clock says; nothing else does. */
  private long now = Instant.parse("2026-05-04T08:00:00Z").toEpochMilli();

  private final PartitionWatermarks<String> byClock = watermarks(Basis.CLOCK);
  private final PartitionWatermarks<String> byData = watermarks(Basis.DATA);

  private static PartitionWatermarks<String> watermarks(Basis basis) {
    return new PartitionWatermarks<>(
        new WatermarkPolicy(
            Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10), basis));
  }

  @Test
  void watermarkIsTheLatestEventTimeLessTheDelay() {
    byClock.add("a", NONE, now);
    assertEquals(NONE, byClock.watermark("a", now));
    byClock.observe("a", now - 2 * SECOND, now);
    assertEquals(now - 2 * SECOND - MINUTE, byClock.watermark("a", now));
  }

  @Test
  void slowWearableLeavesTheWatermarkOfTheOthersWhereItIs() {
    byClock.add("a", NONE, now);
    byClock.observe("a", now, now);
    long before = byClock.watermark("a", now);
    byClock.observe("a", now - 40 * MINUTE, now);
    assertEquals(before, byClock.watermark("a", now));
    byClock.observe("a", now + SECOND, now + SECOND);
    assertEquals(before + SECOND, byClock.watermark("a", now + SECOND));
  }

  @Test
  void readingFromTheFutureDoesNotPushTheWatermark() {
    byClock.add("a", NONE, now);
    byClock.observe("a", now, now);
    byClock.observe("a", now + 365 * DAY, now);
    assertEquals(now - MINUTE, byClock.watermark("a", now));
    byClock.observe("a", now + 9 * MINUTE, now);
    assertEquals(
        now + 8 * MINUTE, byClock.watermark("a", now), "a clock a little ahead is believed");
  }

  @Test
  void idlePartitionFollowsTheSlowestThatIsNot() {
    for (String partition : new String[] {"a", "b", "idle"}) {
      byClock.add(partition, NONE, now);
    }
    byClock.observe("idle", now, now);
    now += 4 * MINUTE;
    byClock.observe("a", now, now);
    byClock.observe("b", now - 30 * SECOND, now);
    assertEquals(now - 5 * MINUTE, byClock.watermark("idle", now), "not idle yet");
    now += MINUTE;
    assertEquals(byClock.watermark("b", now), byClock.watermark("idle", now));
  }

  @Test
  void partitionIdleFromTheStartHoldsNobodyUpAfterTheTimeOut() {
    byClock.add("a", NONE, now);
    byClock.add("never", NONE, now);
    byClock.observe("a", now, now);
    assertEquals(NONE, byClock.watermark("never", now));
    now += 5 * MINUTE - 1;
    byClock.observe("a", now, now);
    assertEquals(NONE, byClock.watermark("never", now));
    now++;
    assertEquals(now - 1 - MINUTE, byClock.watermark("never", now));
  }

  /** Its only device is two hours ahead and says something every second; nothing is believed. */
  @Test
  void partitionOfADeviceThatIsAheadHoldsNobodyUp() {
    byClock.add("a", NONE, now);
    byClock.add("ahead", NONE, now);
    for (int second = 0; second <= 300; second++) {
      byClock.observe("a", now, now);
      byClock.observe("ahead", now + 2 * HOUR, now);
      now += SECOND;
    }
    assertEquals(now - SECOND - MINUTE, byClock.watermark("ahead", now));
  }

  @Test
  void slowDeviceIsNotIdle() {
    byClock.add("a", NONE, now);
    byClock.add("slow", NONE, now);
    for (int second = 0; second <= 300; second++) {
      byClock.observe("a", now, now);
      byClock.observe("slow", now - HOUR, now);
      now += SECOND;
    }
    assertEquals(
        now - SECOND - HOUR - MINUTE, byClock.watermark("slow", now), "its partition waits for it");
  }

  /** A reader failed after it had read more than its checkpoint says; that is read again. */
  @Test
  void whatWasReadAfterTheCheckpointIsForgottenWhenAPartitionIsReadAgain() {
    byClock.add("a", NONE, now);
    byClock.observe("a", now - HOUR, now);
    long checkpoint = byClock.watermark("a", now);
    byClock.observe("a", now, now);
    byClock.add("a", checkpoint, now);
    assertEquals(checkpoint, byClock.watermark("a", now));
  }

  @Test
  void whenAllAreIdleTheClockGoesOn() {
    byClock.add("a", NONE, now);
    byClock.observe("a", now, now);
    now += HOUR;
    assertEquals(now - MINUTE, byClock.watermark("a", now));
  }

  @Test
  void watermarkNeverGoesBackWhenAnIdlePartitionWakesUp() {
    byClock.add("a", NONE, now);
    byClock.add("b", NONE, now);
    now += HOUR;
    byClock.observe("a", now, now);
    long told = byClock.watermark("b", now);
    byClock.observe("b", now - 30 * MINUTE, now);
    assertEquals(told, byClock.watermark("b", now));
  }

  @Test
  void restoredPartitionBeginsAtItsWatermark() {
    byClock.add("a", now - DAY, now);
    assertEquals(now - DAY, byClock.watermark("a", now));
  }

  /**
   * They were read by two workers, of which one had come further; now one of them is read first.
   */
  @Test
  void restoredPartitionsWaitForEachOther() {
    byClock.add("ahead", now - HOUR, now);
    byClock.add("behind", now - DAY, now);
    byClock.observe("ahead", now, now);
    assertEquals(now - HOUR, byClock.watermark("ahead", now), "never back");
    byClock.add("ahead", now - DAY - HOUR, now);
    byClock.observe("ahead", now, now);
    assertEquals(now - DAY, byClock.watermark("ahead", now), "behind is not read yet");
    assertEquals(now - DAY, byClock.watermark("behind", now));
    assertEquals(now - MINUTE, byClock.watermark("ahead", now), "each holds itself only");
  }

  @Test
  void restoredPartitionThatIsNeverReadHoldsNobodyUpAfterTheTimeOut() {
    byClock.add("a", now - DAY, now);
    byClock.add("read elsewhere", now - DAY, now);
    byClock.observe("a", now, now);
    assertEquals(now - DAY, byClock.watermark("a", now));
    now += 5 * MINUTE;
    byClock.observe("a", now, now);
    assertEquals(now - MINUTE, byClock.watermark("a", now));
  }

  @Test
  void readerThatIsOpenedAgainDoesNotBeginTheTimeOutAnew() {
    byClock.add("a", NONE, now);
    byClock.add("idle", NONE, now);
    for (int second = 0; second <= 300; second++) {
      byClock.observe("a", now, now);
      byClock.add("idle", byClock.watermark("idle", now), now);
      now += SECOND;
    }
    assertEquals(now - SECOND - MINUTE, byClock.watermark("idle", now));
  }

  @Test
  void partitionThatIsReadAgainFromAnEarlierPlaceBeginsThere() {
    byClock.add("a", NONE, now);
    byClock.observe("a", now, now);
    long told = byClock.watermark("a", now);
    byClock.add("a", told - HOUR, now);
    assertEquals(told - HOUR, byClock.watermark("a", now));
  }

  @Test
  void shiftedYearsAreYearsLikeAnyOther() {
    long t = Instant.parse("2150-01-01T00:00:00Z").toEpochMilli();
    byData.add("a", NONE, now);
    for (int i = 0; i < 20; i++) {
      byData.observe("a", t + i * MINUTE, now);
    }
    assertEquals(t + 18 * MINUTE, byData.watermark("a", now));
    byData.observe("a", t + 50 * 365 * DAY, now);
    byData.observe("a", t + 20 * MINUTE, now);
    assertEquals(t + 19 * MINUTE, byData.watermark("a", now), "a reading of 2200 is not believed");
  }

  @Test
  void futureReadingAtTheVeryBeginningDoesNotPushTheWatermarkEither() {
    long t = Instant.parse("2150-01-01T00:00:00Z").toEpochMilli();
    byData.add("a", NONE, now);
    byData.observe("a", t + 50 * 365 * DAY, now);
    assertEquals(NONE, byData.watermark("a", now));
    for (int i = 0; i < 5; i++) {
      byData.observe("a", t + i * SECOND, now);
    }
    assertEquals(t + 4 * SECOND - MINUTE, byData.watermark("a", now));
  }

  @Test
  void timeGoesOnAfterAStretchWithoutData() {
    long t = Instant.parse("2150-01-01T00:00:00Z").toEpochMilli();
    byData.add("a", NONE, now);
    for (int i = 0; i < 20; i++) {
      byData.observe("a", t + i * SECOND, now);
    }
    for (int i = 0; i < 8; i++) {
      byData.observe("a", t + DAY + i * SECOND, now);
    }
    assertEquals(t + DAY + 7 * SECOND - MINUTE, byData.watermark("a", now));
  }

  @Test
  void archiveThatHasEndedKeepsItsWatermarkWhateverTheClockSays() {
    long t = Instant.parse("2150-01-01T00:00:00Z").toEpochMilli();
    byData.add("a", NONE, now);
    byData.add("never", NONE, now);
    byData.observe("a", t, now);
    now += DAY;
    assertEquals(t - MINUTE, byData.watermark("a", now), "few readings count at last");
    assertEquals(t - MINUTE, byData.watermark("never", now));
  }

  @Test
  void watermarkNeverGoesBackWhateverComes() {
    for (PartitionWatermarks<String> each : java.util.List.of(byClock, byData)) {
      Random random = new Random(7);
      for (int p = 0; p < 4; p++) {
        each.add("p" + p, NONE, now);
      }
      long[] told = {NONE, NONE, NONE, NONE};
      for (int i = 0; i < 20_000; i++) {
        now += random.nextInt(20) == 0 ? 6 * MINUTE : random.nextInt(3000);
        each.observe(
            "p" + random.nextInt(3), now + (random.nextInt(100) - 50) * (10 * MINUTE), now);
        for (int p = 0; p < 4; p++) {
          long next = each.watermark("p" + p, now);
          assertTrue(next >= told[p], "step " + i);
          told[p] = next;
        }
      }
      assertTrue(told[3] > NONE, "the partition without data is not stuck");
    }
  }

  @Test
  void durationsThatMeanNothingAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new WatermarkPolicy(
                Duration.ofMillis(-1), Duration.ofMinutes(1), Duration.ZERO, Basis.CLOCK));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WatermarkPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, Basis.CLOCK));
  }
}
