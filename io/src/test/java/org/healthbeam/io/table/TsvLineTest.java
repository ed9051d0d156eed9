package org.healthbeam.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
  }

  @Property
  void everyFiniteNumberReadsBackTheSame(@ForAll double number) {
    double back = Double.parseDouble(TsvLine.shortest(number));
    assertTrue(back == number, () -> number + " became " + back);
  }
}
