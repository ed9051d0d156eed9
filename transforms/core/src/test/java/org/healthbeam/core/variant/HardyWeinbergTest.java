package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.tribble.util.popgen.HardyWeinbergCalculation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HardyWeinbergTest {

  @Test
  void midPOfOneTwoOne() {
    assertEquals(0.657143, HardyWeinberg.of(1, 2, 1).midP(), 5e-7);
  }

  @Test
  void exactAndMidPOfTwoOneOne() {
    HardyWeinberg p = HardyWeinberg.of(2, 1, 1);
    assertEquals(0.428571, p.exact(), 5e-7);
    assertEquals(0.214286, p.midP(), 5e-7);
  }

  @Test
  void nothingIsKnownWithoutACall() {
    HardyWeinberg p = HardyWeinberg.of(0, 0, 0);
    assertTrue(Double.isNaN(p.exact()) && Double.isNaN(p.expectedHet()));
  }

  @Test
  void monomorphicSitesFitAndExpectNoHeterozygote() {
    HardyWeinberg p = HardyWeinberg.of(100, 0, 0);
    assertEquals(1, p.exact());
    assertEquals(0.5, p.midP());
    assertEquals(1, p.excessHet());
    assertEquals(0, p.expectedHet());
    assertTrue(Double.isNaN(p.inbreeding()));
  }

  @Test
  void isFiniteForAMillionSamples() {
    HardyWeinberg p = HardyWeinberg.of(250_000, 500_000, 250_000);
    assertTrue(p.exact() > 0.99 && p.exact() <= 1, p::toString);
    HardyWeinberg far = HardyWeinberg.of(500_000, 0, 500_000);
    assertEquals(0, far.exact());
    assertEquals(1, far.excessHet());
    assertEquals(1, far.inbreeding());
  }

  @Property
  void equalsRationalArithmetic(
      @ForAll @IntRange(max = 60) int rr,
      @ForAll @IntRange(max = 60) int ra,
      @ForAll @IntRange(max = 60) int aa) {
    if (rr + ra + aa > 0) {
      HardyWeinberg p = HardyWeinberg.of(rr, ra, aa);
      Slow slow = new Slow(rr, ra, aa);
      assertEquals(slow.exact, p.exact(), 1e-12);
      assertEquals(slow.midP, p.midP(), 1e-12);
      assertEquals(slow.excess, p.excessHet(), 1e-12);
    }
  }

  /** htsjdk doubles the smaller tail, which is another test of the same distribution. */
  @Property
  void upperTailIsTheOneThatHtsjdkDoubles(
      @ForAll @IntRange(max = 400) int rr,
      @ForAll @IntRange(max = 400) int ra,
      @ForAll @IntRange(max = 400) int aa) {
    if (rr + ra + aa > 0) {
      double excess = HardyWeinberg.of(rr, ra, aa).excessHet();
      double doubled = HardyWeinbergCalculation.hwCalculate(rr, ra, aa);
      if (excess < 0.4) {
        assertEquals(doubled, 2 * excess, 1e-9);
      }
    }
  }

  @Property
  void allelesAreInterchangeable(
      @ForAll @IntRange(max = 3000) int rr,
      @ForAll @IntRange(max = 3000) int ra,
      @ForAll @IntRange(max = 3000) int aa) {
    assertEquals(HardyWeinberg.of(rr, ra, aa), HardyWeinberg.of(aa, ra, rr));
  }

  /** Places of what is remembered are shared by many counts and by all threads. */
  @Test
  void whatIsRememberedIsWhatWouldBeComputed() {
    List<Integer> counts = IntStream.range(0, 40_000).boxed().collect(Collectors.toList());
    Collections.shuffle(counts, new Random(7));
    long wrong =
        counts.parallelStream()
            .filter(
                i -> {
                  int rr = i % 40;
                  int ra = i / 40 % 40;
                  int aa = i / 1600;
                  HardyWeinberg test = HardyWeinberg.of(rr, ra, aa);
                  HardyWeinberg again = HardyWeinberg.of(rr, ra, aa);
                  boolean isNothing = rr + ra + aa == 0;
                  return !test.equals(again)
                      || (!isNothing
                          && Math.abs(new Slow(rr, ra, aa).exact - test.exact()) > 1e-12);
                })
            .count();
    assertEquals(0, wrong);
  }

  /** The definition by factorials, in whole numbers: a tie is a tie. */
  private static final class Slow {
    final double exact;
    final double midP;
    final double excess;

    Slow(int rr, int ra, int aa) {
      BigInteger observed = weight(rr, ra, aa);
      BigInteger all = BigInteger.ZERO;
      BigInteger less = BigInteger.ZERO;
      BigInteger ties = BigInteger.ZERO;
      BigInteger more = BigInteger.ZERO;
      int a = 2 * aa + ra;
      int b = 2 * rr + ra;
      for (int h = a % 2; h <= Math.min(a, b); h += 2) {
        BigInteger w = weight((b - h) / 2, h, (a - h) / 2);
        all = all.add(w);
        if (w.compareTo(observed) < 0) {
          less = less.add(w);
        } else if (w.equals(observed)) {
          ties = ties.add(w);
        }
        if (h >= ra) {
          more = more.add(w);
        }
      }
      exact = share(less.add(ties), all);
      midP = share(less.multiply(BigInteger.TWO).add(ties), all.multiply(BigInteger.TWO));
      excess = share(more, all);
    }

    private static double share(BigInteger part, BigInteger all) {
      return new BigDecimal(part).divide(new BigDecimal(all), MathContext.DECIMAL64).doubleValue();
    }

    /** In proportion to n! 2^h / (rr! h! aa!), which is whole. */
    private static BigInteger weight(int rr, int h, int aa) {
      return factorial(rr + h + aa)
          .divide(factorial(rr))
          .divide(factorial(h))
          .divide(factorial(aa))
          .shiftLeft(h);
    }

    private static BigInteger factorial(int n) {
      BigInteger result = BigInteger.ONE;
      for (int i = 2; i <= n; i++) {
        result = result.multiply(BigInteger.valueOf(i));
      }
      return result;
    }
  }
}
