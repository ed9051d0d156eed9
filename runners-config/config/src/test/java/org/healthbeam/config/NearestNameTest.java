package org.healthbeam.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("map-codes", "monitor-vitals", "input");

  @Test
  void findsWhatWasMistypedAndNothingFarAway() {
    assertEquals(Optional.of("map-codes"), NearestName.of("map-code", NAMES));
    assertEquals(Optional.of("map-codes"), NearestName.of("MAPCODES", NAMES));
    assertEquals(Optional.of("input"), NearestName.of("inptu", NAMES));
    assertEquals(Optional.empty(), NearestName.of("template", NAMES));
    assertEquals("", NearestName.hint("--", "zzzzzzzz", NAMES));
  }

  @Property
  void distanceIsSymmetricAndZeroForEqualNamesOnly(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b) {
    assertEquals(NearestName.distance(a, b), NearestName.distance(b, a));
    assertEquals(a.equals(b), NearestName.distance(a, b) == 0);
  }
}
