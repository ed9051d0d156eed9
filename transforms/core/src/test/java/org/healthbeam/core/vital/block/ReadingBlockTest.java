package org.healthbeam.core.vital.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.junit.jupiter.api.Test;

class ReadingBlockTest {
  private static final long START = Instant.parse("1969-12-31T23:00:00Z").toEpochMilli();
  private static final int WINDOW = 3_600_000;

  private static List<VitalSign> signs(long seed, int n) {
    Random random = new Random(seed);
    List<VitalSign> signs = new ArrayList<>();
    double[] odd = {Double.MIN_VALUE, 1e300, -3.7, 0.1 + 0.2, 104_857.6, -104_857.6, 1e9, 0};
    for (int i = 0; i < n; i++) {
      double value =
          random.nextInt(5) == 0
              ? odd[random.nextInt(odd.length)]
              : Math.round(random.nextDouble() * 2000) / 10.0;
      ReadingVersion version =
          switch (random.nextInt(12)) {
            case 0 -> ReadingVersion.corrected(random.nextInt(5), "o" + random.nextInt(3));
            case 1 -> ReadingVersion.withdrawn(random.nextLong(), "o" + random.nextInt(3));
            case 2 ->
                ReadingVersion.told(
                    random.nextBoolean(), random.nextInt(5), "o" + random.nextInt(3));
            case 3 -> ReadingVersion.judged(random.nextBoolean(), random.nextInt(3));
            default -> ReadingVersion.ORIGINAL;
          };
      signs.add(
          new VitalSign(
              "Zoë-" + random.nextInt(4),
              VitalKind.at(random.nextInt(VitalKind.count())),
              version.isWithdrawn() ? Double.NaN : value,
              Instant.ofEpochMilli(
                  START + random.nextInt(random.nextInt(4) == 0 ? WINDOW : 20_000)),
              random.nextInt(9) == 0 ? "other" : "topic",
              random.nextInt(9) == 0 ? "" : "3:" + (9990 + i),
              version));
    }
    return signs;
  }

  private static byte[] block(List<VitalSign> signs) {
    return block(signs, true);
  }

  private static byte[] block(List<VitalSign> signs, boolean placed) {
    ReadingBlock block = new ReadingBlock(START, placed);
    signs.forEach(sign -> block.add(sign, true));
    return block.toBytes();
  }

  @Property(tries = 200)
  void whatWasPackedIsUnpackedWithItsPlaces(@ForAll long seed) {
    List<VitalSign> signs = signs(seed, 60);
    List<VitalSign> unpacked = new ArrayList<>();
    ReadingBlock.signs(block(signs), START, unpacked::add);
    assertEquals(signs, unpacked);
  }

  /** However readings are parted into blocks, sorted between or not, a series says the same. */
  @Property(tries = 200)
  void seriesDoNotDependOnHowTheirReadingsWerePacked(@ForAll long seed) {
    List<VitalSign> signs = signs(seed, 80);
    Random random = new Random(seed);
    ShardReadings straight = ShardReadings.of(START);
    straight.add(block(signs));

    ShardReadings parted = ShardReadings.of(START);
    int cut = random.nextInt(signs.size());
    int end = cut + random.nextInt(signs.size() - cut);
    parted.add(block(signs.subList(0, cut), false));
    byte[] kept = parted.toBytes();
    ShardReadings later = ShardReadings.of(START);
    later.addAll(kept);
    later.addTold(block(signs.subList(cut, end)));
    later.addTold(block(signs.subList(end, signs.size())));
    assertEquals(show(straight, false), show(later, false));
  }

  private static String show(ShardReadings readings, boolean told) {
    TreeMap<String, String> lines = new TreeMap<>();
    readings.forEach(
        (subject, kind, series) ->
            lines.put(subject + " " + kind, show(series.readings()) + (told ? series.told() : "")));
    return lines.toString();
  }

  private static String show(ReadingSeries series) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < series.size(); i++) {
      text.append(series.timeAt(i)).append('=').append(series.valueAt(i)).append(' ');
    }
    return text.append(series.added())
        .append('/')
        .append(series.implausible())
        .append('/')
        .append(series.duplicates())
        .append('/')
        .append(series.superseded())
        .append('/')
        .append(series.withdrawn())
        .append('/')
        .append(series.withdrawals())
        .append('/')
        .append(series.artefacts())
        .toString();
  }

  @Test
  void lateBlockTouchesTheSeriesThatItHasReadingsOfAndCountsTellings() {
    ShardReadings onTime = ShardReadings.of(START);
    onTime.add(block(List.of(pulse("a", 1), pulse("b", 2))));
    onTime.markTold();
    byte[] kept = onTime.toBytes();
    byte[] first = block(List.of(pulse("a", 3)));
    byte[] second = block(List.of(pulse("a", 4), pulse("c", 5), pulse("a", 6)));

    ShardReadings late = ShardReadings.onlyOf(second, START);
    late.addAll(kept);
    late.addTold(first);
    List<String> touched = new ArrayList<>();
    late.add(
        second,
        (subject, kind, series) ->
            touched.add(subject + " r" + series.told() + " n=" + series.readings().size()));
    assertEquals(List.of("a r2 n=4", "c r0 n=1"), touched.stream().sorted().toList());
  }

  /** Whether late blocks were taken in or not, a series says the same and was told as often. */
  @Property(tries = 200)
  void lateBlocksThatWereTakenInAreToldAsOftenAsOthers(@ForAll long seed) {
    Random random = new Random(seed);
    ShardReadings onTime = ShardReadings.of(START);
    onTime.add(block(signs(seed, random.nextInt(30))));
    onTime.markTold();
    byte[] never = onTime.toBytes();
    byte[] held = never;
    List<byte[]> all = new ArrayList<>();
    List<byte[]> late = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] block = block(signs(random.nextLong(), 1 + random.nextInt(5)));
      if (random.nextBoolean()) {
        held = ShardReadings.fold(held, late, START);
        late.clear();
      }
      all.add(block);
      late.add(block);
      assertEquals(showTold(never, all), showTold(held, late));
    }
  }

  private static String showTold(byte[] held, List<byte[]> late) {
    ShardReadings readings = ShardReadings.of(START);
    readings.addAll(held);
    late.forEach(readings::addTold);
    return show(readings, true);
  }

  @Test
  void blocksOfADeviceThatIsAlwaysLateDoNotPileUp() {
    ShardReadings onTime = ShardReadings.of(START);
    onTime.add(block(signs(1, 200)));
    byte[] held = onTime.toBytes();
    List<byte[]> late = new ArrayList<>();
    long goneThrough = 0;
    long lateBytes = 0;
    for (int i = 0; i < 2_000; i++) {
      if (ShardReadings.isToBeFolded(held.length, late.size(), lateBytes)) {
        held = ShardReadings.fold(held, late, START);
        late.clear();
        lateBytes = 0;
      }
      byte[] block = block(List.of(pulse("Zo\u00eb-1", i)), false);
      goneThrough += late.size();
      late.add(block);
      lateBytes += block.length;
    }
    assertTrue(goneThrough < 2_000L * 256, "former blocks gone through: " + goneThrough);
  }

  @Test
  void implausibleReadingsAreCountedAndInNoSeries() {
    ReadingBlock block = new ReadingBlock(START, true);
    block.add(pulse("a", 999), false);
    ShardReadings readings = ShardReadings.of(START);
    readings.add(block.toBytes());
    readings.add(block.toBytes());
    ShardReadings again = ShardReadings.of(START);
    again.addAll(readings.toBytes());
    again.forEach(
        (subject, kind, series) -> {
          assertEquals(0, series.readings().size());
          assertEquals(2, series.readings().implausible());
          assertEquals(0, series.told());
        });
    assertEquals("{a HEART_RATE=0/2/0/0/0/0/00}", show(again, true));
  }

  @Test
  void readingOfTheUsualKindTakesFewBytes() {
    List<VitalSign> signs = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      signs.add(pulse("subject-1", 60 + i % 40));
    }
    int bytes = block(signs, false).length;
    assertTrue(bytes <= 6 * signs.size() + 20, () -> bytes + " bytes");
  }

  @Test
  void bytesOfAnotherVersionAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ShardReadings.of(START).addAll(new byte[] {9}));
  }

  private static VitalSign pulse(String subject, double value) {
    return new VitalSign(
        subject,
        VitalKind.HEART_RATE,
        value,
        Instant.ofEpochMilli(START + (long) (value * 100)),
        "s",
        "1");
  }
}
