package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.junit.jupiter.api.Test;

class CollectSeriesTest {
  /** Matches a series by what it says. */
  private static final class Says extends BaseMatcher<ReadingSeries> {
    private final int size;
    private final long duplicates;
    private final long implausible;

    Says(int size, long duplicates, long implausible) {
      this.size = size;
      this.duplicates = duplicates;
      this.implausible = implausible;
    }

    @Override
    public boolean matches(Object item) {
      if (!(item instanceof ReadingSeries series)
          || series.size() != size
          || series.duplicates() != duplicates
          || series.implausible() != implausible) {
        return false;
      }
      for (int i = 0; i < size; i++) {
        if (series.timeAt(i) != i || series.valueAt(i) != 100 - i) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void describeTo(Description description) {
      description.appendText(size + " readings");
    }
  }

  @Test
  void resultStaysAsItIsWhenTheAccumulatorGoesOn() {
    CollectSeries combine = new CollectSeries();
    ReadingSeries accumulator = combine.createAccumulator();
    accumulator = combine.addInput(accumulator, new VitalPoint(VitalKind.SPO2, 0, 100, true));
    accumulator = combine.addInput(accumulator, new VitalPoint(VitalKind.SPO2, 0, 100, true));
    ReadingSeries result = combine.extractOutput(accumulator);
    combine.addInput(accumulator, new VitalPoint(VitalKind.SPO2, 1, 99, true));
    combine.addInput(accumulator, new VitalPoint(VitalKind.SPO2, 2, 999, false));
    assertTrue(new Says(1, 1, 0).matches(result));
    assertTrue(new Says(2, 1, 1).matches(combine.extractOutput(accumulator)));
    assertThrows(IllegalStateException.class, () -> result.add(3, 97));
  }

  @Test
  void resultForASubjectStaysAsItIsWhenTheAccumulatorGoesOn() {
    CollectSubject combine = new CollectSubject();
    SubjectSeries accumulator = combine.createAccumulator();
    accumulator = combine.addInput(accumulator, new VitalPoint(VitalKind.SPO2, 0, 100, true));
    SubjectSeries result = combine.extractOutput(accumulator);
    combine.addInput(accumulator, new VitalPoint(VitalKind.SPO2, 1, 99, true));
    combine.addInput(accumulator, new VitalPoint(VitalKind.HEART_RATE, 1, 80, true));
    assertEquals(1, result.of(VitalKind.SPO2).size());
    assertFalse(result.has(VitalKind.HEART_RATE));
    assertThrows(IllegalStateException.class, () -> result.add(VitalKind.HEART_RATE, 3, 97));
  }

  @Test
  void everyWayOfSplittingAndMergingComesToTheSame() {
    List<VitalPoint> points = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int time = i % 10;
      points.add(new VitalPoint(VitalKind.HEART_RATE, time, 100 - time, true));
    }
    points.add(new VitalPoint(VitalKind.HEART_RATE, 3, 999, false));
    CombineFnTester.testCombineFn(new CollectSeries(), points, new Says(10, 20, 1));
  }
}
