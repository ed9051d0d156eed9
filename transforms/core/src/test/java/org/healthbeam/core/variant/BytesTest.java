package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Property
  void findsTheFirstByteWhateverStandsBeforeIt(
      @ForAll @Size(max = 40) byte[] b,
      @ForAll byte what,
      @ForAll byte other,
      @ForAll @IntRange(max = 40) int start) {
    int from = Math.min(start, b.length);
    int first = from;
    while (first < b.length && b[first] != what) {
      first++;
    }
    assertEquals(first == b.length ? -1 : first, Bytes.indexOf(b, what, from, b.length));
    int either = from;
    while (either < b.length && b[either] != what && b[either] != other) {
      either++;
    }
    assertEquals(either, Bytes.endBefore(b, what, other, from, b.length));
  }

  @Test
  void runsOfReferenceEndBeforeWhatIsAnythingElse() {
    for (String genotype : new String[] {"0|0\t", "0/0\t"}) {
      for (int n = 0; n < 40; n++) {
        for (String next : new String[] {"0|1\t", "0\\0\t", "0|0:", "0|0\n", "./.\t", "10|0", ""}) {
          byte[] line = (genotype.repeat(n) + next).getBytes(StandardCharsets.ISO_8859_1);
          int run = Bytes.homRefRun(line, 0, line.length, 1000);
          assertTrue(run == n || run == n - 1, n + " of " + genotype + " gave " + run);
          assertTrue(Bytes.homRefRun(line, 0, line.length, n / 2) <= n / 2);
        }
      }
    }
  }

  /** What is added here is small or large, so that both ways to calculate are taken. */
  @Property
  void spreadIsThatOfUnboundedArithmetic(
      @ForAll @Size(min = 1, max = 6) List<@LongRange(max = 1L << 40) Long> values,
      @ForAll @IntRange(max = 40) int bits) {
    Moments moments = new Moments();
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (long value : values) {
      long v = value >> bits;
      moments.add(v);
      sum = sum.add(BigInteger.valueOf(v));
      squares = squares.add(BigInteger.valueOf(v).pow(2));
    }
    BigInteger spread = squares.multiply(BigInteger.valueOf(values.size())).subtract(sum.pow(2));
    double expected = Math.sqrt(new BigDecimal(spread).doubleValue()) / values.size();
    assertEquals(expected, moments.sd(1));
  }
}
