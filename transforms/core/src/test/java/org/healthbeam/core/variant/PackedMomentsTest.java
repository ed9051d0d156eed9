package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PackedMomentsTest {
  @Property
  void addsUpLikeThreeNumbers(
      @ForAll @Size(max = 50) int[] times,
      @ForAll @IntRange(max = PackedMoments.GREATEST) int first,
      @ForAll @IntRange(max = PackedMoments.GREATEST) int second) {
    PackedMoments moments = new PackedMoments(2);
    long[] n = new long[2];
    long[] sum = new long[2];
    long[] squares = new long[2];
    for (int time : times) {
      int place = time & 1;
      int value = (time & 2) == 0 ? first : second;
      moments.add(place, value);
      n[place]++;
      sum[place] += value;
      squares[place] += (long) value * value;
    }
    for (int place = 0; place < 2; place++) {
      assertEquals(n[place], moments.n(place));
      assertEquals(sum[place], moments.sum(place));
      assertEquals(squares[place], moments.squares(place));
    }
  }

  @Test
  void holdsAsManyOfTheGreatestAsItSays() {
    PackedMoments moments = new PackedMoments(1);
    for (int i = 0; i < PackedMoments.MOST; i++) {
      moments.add(0, PackedMoments.GREATEST);
    }
    assertEquals(PackedMoments.MOST, moments.n(0));
    assertEquals((long) PackedMoments.MOST * PackedMoments.GREATEST, moments.sum(0));
    assertEquals(
        (long) PackedMoments.MOST * PackedMoments.GREATEST * PackedMoments.GREATEST,
        moments.squares(0));
    moments.clear(0);
    assertEquals(0, moments.n(0));
  }
}
