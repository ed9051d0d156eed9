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
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ValueCountsTest {

  private static ValueCounts counts(double... values) {
    ValueCounts counts = new ValueCounts();
    for (double value : values) {
      counts.add(value);
    }
    return counts;
  }

  static byte[] bytes(ValueCounts counts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    counts.writeTo(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static double quantile(double[] ascending, double p) {
    double at = (ascending.length - 1) * p;
    int below = (int) Math.floor(at);
    return below + 1 >= ascending.length
        ? ascending[below]
        : ascending[below] + (at - below) * (ascending[below + 1] - ascending[below]);
  }

  @Property(tries = 200)
  void quantilesOfFewDistinctValuesAreThoseOfTheSortedValues(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 5_000) int n) {
    double[] values = random.doubles(n).map(x -> Math.rint(x * 900) / 10).toArray();
    ValueCounts counts = counts(values);
    Arrays.sort(values);
    assertTrue(counts.isExact());
    for (double p : new double[] {0, 0.05, 0.5, 0.95, 1}) {
      assertEquals(quantile(values, p), counts.quantile(p));
    }
  }

  @Property(tries = 100)
  void bytesDependOnTheValuesAloneHoweverTheyAreMerged(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4_000) int n) throws IOException {
    int distinct = 1 + random.nextInt(2_000);
    double[] values = random.ints(n, -distinct / 4, distinct).mapToDouble(i -> i / 7.0).toArray();
    ValueCounts whole = counts(values);
    ValueCounts[] parts = new ValueCounts[1 + random.nextInt(6)];
    Arrays.setAll(parts, i -> new ValueCounts());
    for (double value : values) {
      parts[random.nextInt(parts.length)].add(value);
    }
    ValueCounts merged = new ValueCounts();
    for (ValueCounts part : parts) {
      merged.addAll(
          random.nextBoolean()
              ? part
              : ValueCounts.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(part)))));
    }
    assertArrayEquals(bytes(whole), bytes(merged));
    assertEquals(Arrays.stream(values).distinct().count() <= ValueCounts.DISTINCT, whole.isExact());
    assertEquals(whole.quantile(0.5), merged.quantile(0.5));
  }

  @Property(tries = 50)
  void quantilesOfManyDistinctValuesAreWithinAThousandth(@ForAll Random random) {
    double[] values =
        random.doubles(20_000).map(x -> (x < 0.3 ? -1 : 1) * Math.exp(12 * x - 5)).toArray();
    ValueCounts counts = counts(values);
    assertFalse(counts.isExact());
    Arrays.sort(values);
    for (double p : new double[] {0.05, 0.5, 0.95}) {
      double exact = values[(int) Math.floor(p * (values.length - 1))];
      assertEquals(
          exact, counts.quantile(p), Math.abs(exact) * ValueCounts.RELATIVE_ERROR, "at " + p);
    }
  }

  @Test
  void oneDistinctValueMoreMakesThemInexact() {
    ValueCounts counts = new ValueCounts();
    for (int i = 0; i < 100_000; i++) {
      counts.add(1 + i % ValueCounts.DISTINCT);
    }
    assertTrue(counts.isExact());
    assertEquals(500.5, counts.quantile(0.5));
    counts.add(0.5);
    assertFalse(counts.isExact());
    assertEquals(500, counts.quantile(0.5), 0.5);
  }

  @Test
  void bucketsAreBoundedWhateverTheValuesAre() throws IOException {
    ValueCounts counts = new ValueCounts();
    Random random = new Random(1);
    for (int i = 0; i < 400_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        counts.add(value);
        counts.add(Math.scalb(0.5 + random.nextDouble(), random.nextInt(32) - 11));
        counts.add(-Math.scalb(0.5 + random.nextDouble(), random.nextInt(32) - 11));
      }
    }
    int buckets = 2 * 30 * 512;
    int size = bytes(counts).length;
    assertTrue(size < 3 * (buckets + 2) + 20, size + " bytes");
  }
}
