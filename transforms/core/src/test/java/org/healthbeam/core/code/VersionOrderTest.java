package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2",
    "9, 10",
    "1.9, 1.10",
    "1.0, 1.0.1",
    "v1.2.0, 1.3.0",
    "2026-01, 2026-02",
    "2025-12-31, 2026-01-01",
    "2026, 2026-01",
    "20250101, 20260101",
    "2025AB, 2026AA",
    "2026AA, 2026AB",
    "1.0.0-alpha, 1.0.0",
    "1.0.0-alpha, 1.0.0-alpha.1",
    "1.0.0-alpha.1, 1.0.0-beta",
    "1.0.0-rc.2, 1.0.0-rc.11",
    "1.0.0-rc.1, 1.0.1-alpha",
  })
  void theLaterOneIsToldPartByPart(String earlier, String later) {
    assertTrue(VersionOrder.compare(earlier, later).getAsInt() < 0);
    assertTrue(VersionOrder.compare(later, earlier).getAsInt() > 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.00",
    "1.0+a, 1.0+b",
    "sha256:0a, sha256:0b",
    "1, sha256:0b",
    "R4, 4",
    "1.0, 1.0rc1",
    "'', 1",
    "one two, 3",
  })
  void whatCannotBeToldIsNotGuessed(String one, String other) {
    assertTrue(VersionOrder.compare(one, other).isEmpty());
    assertTrue(VersionOrder.compare(other, one).isEmpty());
  }

  @Test
  void theLatestOfEachMapIsChosen() throws Exception {
    MapId first = new MapId("urn:m", "1.9");
    MapId second = new MapId("urn:m", "1.10");
    MapId other = new MapId("urn:n", "");
    assertEquals(
        List.of("urn:m|1.10", "urn:n"), VersionOrder.latest(List.of(first, other, second)));
    assertEquals(
        List.of("urn:m|1.10", "urn:n"), VersionOrder.latest(List.of(second, first, other)));
    assertEquals(
        "The map urn:m is there in the versions 1.9 and (none), of which it cannot be told which is"
            + " the later one",
        assertThrows(
                InvalidMapException.class,
                () -> VersionOrder.latest(List.of(first, new MapId("urn:m", ""))))
            .getMessage());
  }
}
