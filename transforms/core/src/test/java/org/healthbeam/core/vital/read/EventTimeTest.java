package org.healthbeam.core.vital.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2110-04-11 20:52:00+00, 2110-04-11T20:52:00Z",
    "2201-12-31T23:59:59.1239Z, 2201-12-31T23:59:59.123Z",
    "2026-03-02T01:00:00+01:00, 2026-03-02T00:00:00Z",
    "2026-03-02T01:00-0530, 2026-03-02T06:30:00Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z"
  })
  void timesWithAZoneAreRead(String text, String expected) throws RejectedException {
    assertEquals(Instant.parse(expected), EventTime.parse(text, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-03-02",
        "2026-03-02T00:00:00",
        "2026-02-30T00:00:00Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T23:59:60Z",
        "2026-03-02T00:00:00+25:00",
        "2026-03-02T00:00:00.Z",
        "2026/03/02T00:00:00Z",
        "2026-03-02T00:00:00ZZ",
        "yesterday at noon",
        "1969-12-31T23:58:30Z",
        "1970-01-01T00:30:00+01:00",
        "2026-03-02T00:00:00+1",
        "2026-03-02T00:00:00+01:75"
      })
  void whatIsNoTimeWithAZoneIsRejected(String text) {
    RejectedException e = assertThrows(RejectedException.class, () -> EventTime.parse(text, null));
    assertEquals(RejectReason.INVALID_TIME, e.reason());
  }

  @Test
  void timeWithoutAZoneIsOfTheZoneGiven() throws RejectedException {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertEquals(
        Instant.parse("2026-06-01T10:00:00Z"), EventTime.parse("2026-06-01 12:00:00", berlin));
    assertEquals(
        Instant.parse("2026-10-25T00:30:00Z"),
        EventTime.parse("2026-10-25 02:30:00", berlin),
        "the first of the two");
    assertThrows(RejectedException.class, () -> EventTime.parse("2026-03-29 02:30:00", berlin));
  }
}
