package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.junit.jupiter.api.Test;

/** State that is written to a checkpoint while the task goes on with it is not touched by that. */
class SeriesStateTest {
  private static final VitalKind[] KINDS = {
    VitalKind.HEART_RATE, VitalKind.SPO2, VitalKind.TEMPERATURE
  };

  private static ReadingVersion version(Random random) {
    long order = random.nextInt(3);
    String id = random.nextBoolean() ? "a" : "b";
    return switch (random.nextInt(12)) {
      case 0 -> ReadingVersion.corrected(order, id);
      case 1 -> ReadingVersion.withdrawn(order, id);
      case 2 -> ReadingVersion.told(true, order, id);
      case 3 -> ReadingVersion.judged(random.nextBoolean(), order);
      default -> ReadingVersion.told(false, 0, "");
    };
  }

  private static SubjectSeries subject(Random random) {
    SubjectSeries subject = new SubjectSeries();
    for (int i = random.nextInt(60); i > 0; i--) {
      subject.add(
          KINDS[random.nextInt(KINDS.length)],
          1_000L * random.nextInt(40),
          60 + random.nextInt(20),
          version(random));
    }
    return subject;
  }

  @Property(tries = 200)
  void writingASubjectsReadingsLeavesThemAsTheyAre(@ForAll long seed) throws Exception {
    SubjectSeries subject = subject(new Random(seed));
    byte[] bytes = ObjectState.encodeUntouched(SubjectSeriesCoder.of(), subject);
    String before = ObjectState.of(subject);
    SubjectSeries copy = new SubjectSeries();
    copy.addAll(subject);
    SubjectSeries frozen = subject.frozen();
    assertEquals(before, ObjectState.of(subject), "copies leave it as it is too");
    assertArrayEquals(bytes, ObjectState.encodeUntouched(SubjectSeriesCoder.of(), copy));
    assertArrayEquals(bytes, ObjectState.encodeUntouched(SubjectSeriesCoder.of(), frozen));
  }

  @Test
  void whatIsSeenIsTheOrderInArrays() throws Exception {
    ReadingSeries series = new ReadingSeries();
    series.add(2, 60);
    series.add(1, 61);
    String before = ObjectState.of(series);
    ObjectState.encodeUntouched(ReadingSeriesCoder.of(), series);
    assertEquals(2, series.size());
    assertNotEquals(before, ObjectState.of(series), "reading it put it in order");
    assertSame(series, series.inOrder());
  }
}
