package org.healthbeam.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TsvLineTest {
  @Test
  void missingCellsAreEmptyAndFirstCellHasNoTab() {
    String line =
        new TsvLine()
            .add((String) null)
            .add(Double.NaN)
            .add(3L)
            .addMissing()
            .add((Instant) null)
            .toString();
    assertEquals("\t\t3\t\t", line);
  }

  @Test
  void textCannotBreakTheTable() {
    assertEquals("a\\tb\\nc\\r\\\\d", new TsvLine().add("a\tb\nc\r\\d").toString());
  }

  /** Halves of surrogate pairs that stand alone cannot be written in UTF-8. */
  @Property
  void anyTextIsWrittenInUtf8AndReadBack(@ForAll String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TsvLine line = new TsvLine().add("ä\t").add(text).add("z");
    line.writeTo(out);
    String written = out.toString(StandardCharsets.UTF_8);
    assertEquals(written, line.toString());
    assertEquals(out.size(), line.length());
    String[] cells = written.split("\t", -1);
    assertEquals(3, cells.length);
    String cell =
        cells[1]
            .replace("\\\\", "\0")
            .replace("\\t", "\t")
            .replace("\\n", "\n")
            .replace("\\r", "\r")
            .replace("\0", "\\");
    String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(expected.replace("\0", "\\"), cell);
  }

  @Test
  void timesAreUtcWithZ() {
    assertEquals(
        "2150-01-02T03:04:05Z",
        new TsvLine().add(Instant.parse("2150-01-02T03:04:05Z")).toString());
  }

  @Test
  void numbersArePlainWhereOneReadsThemPlain() {
    assertEquals("0", TsvLine.shortest(-0.0));
    assertEquals("37", TsvLine.shortest(37.0));
    assertEquals("36.6", TsvLine.shortest(36.6));
    assertEquals("0.0001", TsvLine.shortest(0.0001));
    assertEquals("9.9e-5", TsvLine.shortest(0.000099));
    assertEquals("2e23", TsvLine.shortest(Double.parseDouble("2e23")));
    assertEquals("-1.25e-7", TsvLine.shortest(-1.25e-7));
    assertEquals("5e-324", TsvLine.shortest(Double.MIN_VALUE));
    assertEquals("-0.0002", TsvLine.shortest(-0.0002));
    assertEquals("0.00025", TsvLine.shortest(0.00025));
    assertEquals("0.00123", TsvLine.shortest(0.00123));
    assertEquals("12345678.5", TsvLine.shortest(12345678.5));
    assertEquals("12345678901234.5", TsvLine.shortest(12345678901234.5));
    assertEquals("1e15", TsvLine.shortest(1e15));
    assertEquals(
        "1.953165674007523e17", TsvLine.shortest(Double.parseDouble("1.953165674007523e17")));
  }

  @Test
  void severalLinesFollowOneAnotherAndAreForgotten() {
    TsvLine lines = new TsvLine().add(1).add("a").next().add(2.5).add("b");
    assertEquals("1\ta\n2.5\tb", lines.toString());
    assertEquals(9, lines.length());
    lines.clear();
    assertEquals("3", lines.add(3).toString());
  }

  /** Of ratios, which most numbers in tables are. */
  @Property
  void noFewerDigitsReadBackTheSame(
      @ForAll @IntRange(max = 10_000) int part,
      @ForAll @IntRange(min = 1, max = 10_000) int whole) {
    double ratio = (double) part / whole;
    BigDecimal digits = new BigDecimal(TsvLine.shortest(ratio)).stripTrailingZeros();
    if (digits.precision() > 1) {
      MathContext fewer = new MathContext(digits.precision() - 1, RoundingMode.HALF_EVEN);
      assertNotEquals(ratio, new BigDecimal(ratio).round(fewer).doubleValue());
    }
  }

  @Property
  void numbersOfFewDecimalsAreTheShortestInLaterLinesToo(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long digits,
      @ForAll @IntRange(min = 0, max = 9) int decimals) {
    double number = digits / Math.pow(10, decimals);
    TsvLine lines = new TsvLine().add("first").next().add(number).add(Math.nextUp(number));
    assertEquals(
        "first\n" + TsvLine.shortest(number) + "\t" + TsvLine.shortest(Math.nextUp(number)),
        lines.toString());
  }

  @Property
  void everyFiniteNumberIsTheSameInLaterLines(@ForAll double number) {
    assertEquals("\n" + TsvLine.shortest(number), new TsvLine().next().add(number).toString());
  }

  @Property
  void everyFiniteNumberReadsBackTheSame(@ForAll double number) {
    double back = Double.parseDouble(TsvLine.shortest(number));
    assertTrue(back == number, () -> number + " became " + back);
  }
}
