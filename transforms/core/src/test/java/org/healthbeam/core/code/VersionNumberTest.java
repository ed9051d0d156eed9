package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class VersionNumberTest {

  @Example
  void datesNumbersAndSemanticVersionsHaveANumber() {
    assertEquals(OptionalLong.of(20260301), VersionNumber.of("2026-03-01"));
    assertEquals(OptionalLong.of(20260301), VersionNumber.of("20260301"));
    assertEquals(OptionalLong.of(20260300), VersionNumber.of("2026-03"));
    assertEquals(OptionalLong.of(20260000), VersionNumber.of("2026"));
    assertEquals(OptionalLong.of(4_000_001), VersionNumber.of("4.0.1"));
    assertEquals(OptionalLong.of(4_000_001), VersionNumber.of("v4.0.1+build.7"));
    assertEquals(OptionalLong.of(5_000_000), VersionNumber.of("5"));
  }

  @Example
  void whatHasNoOrderAsANumberHasNone() {
    for (String version :
        List.of("", "2026AA", "1.0.0-beta", "sha256:12345678", "1.2.3.4", "123456", "2026.100")) {
      assertEquals(OptionalLong.empty(), VersionNumber.of(version), version);
    }
  }

  @Property
  void theLaterOfTwoSemanticVersionsHasTheLargerNumber(
      @ForAll @IntRange(max = 999) int a,
      @ForAll @IntRange(max = 999) int b,
      @ForAll @IntRange(max = 999) int c,
      @ForAll @IntRange(max = 999) int x,
      @ForAll @IntRange(max = 999) int y,
      @ForAll @IntRange(max = 999) int z) {
    String first = a + "." + b + "." + c;
    String second = x + "." + y + "." + z;
    Assume.that(!first.equals(second));
    boolean later = VersionOrder.compare(first, second).getAsInt() > 0;
    long one = VersionNumber.of(first).getAsLong();
    long other = VersionNumber.of(second).getAsLong();
    assertTrue(later ? one > other : one < other, first + " " + second);
  }
}
