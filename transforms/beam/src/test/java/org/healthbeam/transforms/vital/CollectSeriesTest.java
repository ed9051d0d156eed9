package org.healthbeam.transforms.vital;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
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
