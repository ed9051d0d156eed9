package org.healthbeam.core.vital.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  @Property(tries = 300)
  void sumIsThatOfDecimalArithmeticInAnyOrderAndGrouping(
      @ForAll @Size(max = 30) List<Long> bits, @ForAll Random random) {
    List<Double> numbers = new ArrayList<>();
    BigDecimal expected = BigDecimal.ZERO;
    for (long b : bits) {
      double number = Double.longBitsToDouble(b);
      if (Double.isFinite(number)) {
        numbers.add(number);
        expected = expected.add(new BigDecimal(number));
      }
    }
    Collections.shuffle(numbers, random);
    ExactSum left = new ExactSum();
    ExactSum right = new ExactSum();
    for (double number : numbers) {
      (random.nextBoolean() ? left : right).add(number);
    }
    left.add(right.total());
    assertEquals(0, decimal(left.total()).compareTo(expected));
  }

  @Property(tries = 300)
  void productsLoseNothingEitherHoweverGreatOrSmall(
      @ForAll @Size(max = 20) List<Long> bits, @ForAll Random random) {
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (long b : bits) {
      double x = Double.longBitsToDouble(b);
      double y = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(x) && Double.isFinite(y)) {
        sum.addProduct(x, y);
        expected = expected.add(new BigDecimal(x).multiply(new BigDecimal(y)));
      }
    }
    assertEquals(0, decimal(sum.total()).compareTo(expected));
  }

  private static BigDecimal decimal(Dyadic number) {
    BigDecimal power =
        number.exponent() >= 0
            ? BigDecimal.valueOf(2).pow(number.exponent())
            : BigDecimal.ONE.divide(BigDecimal.valueOf(2).pow(-number.exponent()));
    return new BigDecimal(number.units()).multiply(power);
  }

  @Property(tries = 300)
  void quotientIsTheNearestDouble(@ForAll Random random) {
    double a = (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(60));
    double b = (1 + random.nextDouble()) * Math.scalb(1.0, random.nextInt(60) - 30);
    assertEquals(a / b, Dyadic.of(a).over(Dyadic.of(b)));
    Dyadic square = Dyadic.of(a).times(Dyadic.of(a));
    assertEquals(
        new BigDecimal(a)
            .multiply(new BigDecimal(a))
            .divide(new BigDecimal(b), new MathContext(60))
            .doubleValue(),
        square.over(Dyadic.of(b)));
  }

  @Test
  void cancellationLeavesWhatIsSmall() {
    ExactSum sum = new ExactSum();
    sum.add(1e300);
    sum.add(Double.MIN_VALUE);
    sum.add(-1e300);
    sum.add(36.6);
    sum.add(-36.6);
    assertEquals(Dyadic.of(Double.MIN_VALUE), sum.total());
    assertEquals(Dyadic.ZERO, new ExactSum().total());
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ExactSum().add(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Dyadic.of(Double.POSITIVE_INFINITY));
  }
}
