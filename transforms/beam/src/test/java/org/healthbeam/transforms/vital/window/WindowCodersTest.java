package org.healthbeam.transforms.vital.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.healthbeam.core.vital.SummaryKey;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.window.SlotDigest;
import org.healthbeam.core.vital.window.SlotDigests;
import org.healthbeam.core.vital.window.VitalSummaries;
import org.healthbeam.core.vital.window.WindowFold;
import org.healthbeam.core.vital.window.WindowSpan;
import org.healthbeam.transforms.vital.ObjectState;

/** What the coders of windows made of slots read is what was written. */
class WindowCodersTest {
  private static final long T = Instant.parse("2150-03-01T00:00:00Z").toEpochMilli();
  private static final long SLOT = 600_000;

  private static SlotDigest slot(Random random) {
    VitalKind kind = random.nextBoolean() ? VitalKind.HEART_RATE : VitalKind.SPO2;
    long start = T + SLOT * random.nextInt(6);
    WindowFold fold = new WindowFold(Duration.ofMinutes(1));
    // None, few enough to be held, so many that they are summed, and more than 1,000 values.
    int n = List.of(0, 3, 64, 65, 300, 1_500).get(random.nextInt(6));
    for (int i = 0; i < n; i++) {
      fold.add(start + i * SLOT / n, n > 1_000 ? random.nextGaussian() * 50 : random.nextInt(90));
    }
    return new SlotDigest(kind, start, start + SLOT, random.nextInt(4), fold.digest());
  }

  private static <T> byte[] bytes(Coder<T> coder, T value) throws Exception {
    coder.verifyDeterministic();
    CoderProperties.coderSerializable(coder);
    return ObjectState.encodeUntouched(coder, value);
  }

  @Property(tries = 100)
  void digestsOfSlotsSurviveTheirCoder(@ForAll long seed) throws Exception {
    SlotDigest slot = slot(new Random(seed));
    byte[] bytes = bytes(SlotDigestCoder.of(), slot);
    SlotDigest back = CoderUtils.decodeFromByteArray(SlotDigestCoder.of(), bytes);
    assertEquals(
        List.of(slot.kind(), slot.startMillis(), slot.endMillis(), slot.revision()),
        List.of(back.kind(), back.startMillis(), back.endMillis(), back.revision()));
    assertArrayEquals(bytes, bytes(SlotDigestCoder.of(), back));
    assertArrayEquals(bytes, bytes(SlotDigestCoder.of(), slot(new Random(seed))));
    assertEquals(summary(slot), summary(back));
  }

  /** What a row of the slot alone would say. */
  private static Object summary(SlotDigest slot) {
    WindowFold fold = new WindowFold(Duration.ofMinutes(1)).addAll(slot.digest());
    if (fold.n() == 0) {
      return 0;
    }
    WindowSpan span =
        WindowSpan.of(
            Instant.ofEpochMilli(slot.startMillis()), Instant.ofEpochMilli(slot.endMillis()));
    return VitalSummaries.of("a", slot.kind(), span, 0, true, fold);
  }

  @Property(tries = 100)
  void slotsOfAWindowSurviveTheirCoderWhateverTheOrderInWhichTheyCame(@ForAll Random random)
      throws Exception {
    List<SlotDigest> slots = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      SlotDigest slot = slot(random);
      // One content for each revision of a slot, as there is.
      slots.removeIf(
          s ->
              s.kind() == slot.kind()
                  && s.startMillis() == slot.startMillis()
                  && s.revision() == slot.revision());
      slots.add(slot);
    }
    SlotDigests straight = new SlotDigests();
    slots.forEach(straight::add);
    Collections.shuffle(slots, random);
    SlotDigests shuffled = new SlotDigests();
    slots.forEach(shuffled::add);
    byte[] bytes = bytes(SlotDigestsCoder.of(), straight);
    assertArrayEquals(bytes, bytes(SlotDigestsCoder.of(), shuffled));
    SlotDigests back = CoderUtils.decodeFromByteArray(SlotDigestsCoder.of(), bytes);
    assertEquals(straight.revisions(), back.revisions());
    assertArrayEquals(bytes, bytes(SlotDigestsCoder.of(), back));
  }

  @Property(tries = 100)
  void keysOfSummariesSurviveTheirCoder(@ForAll String subject, @ForAll Random random)
      throws Exception {
    VitalKind kind = VitalKind.at(random.nextInt(VitalKind.count()));
    Instant start = Instant.ofEpochMilli(random.nextLong() >> 16);
    Instant end = start.plusMillis(random.nextInt(1 << 30));
    String text =
        new String(
            subject.codePoints().filter(c -> c < 0xd800).toArray(),
            0,
            (int) subject.codePoints().filter(c -> c < 0xd800).count());
    SummaryKey key = new SummaryKey(text, kind, start, end);
    CoderProperties.coderDecodeEncodeEqual(SummaryKeyCoder.of(), key);
    CoderProperties.coderConsistentWithEquals(
        SummaryKeyCoder.of(), key, new SummaryKey(text, kind, start, end));
    bytes(SummaryKeyCoder.of(), key);
  }
}
