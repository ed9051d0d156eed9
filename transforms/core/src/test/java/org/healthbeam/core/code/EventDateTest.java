package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDateTest {
  @ParameterizedTest
  @CsvSource({
    "2019, 2019-01-01, 2019-12-31",
    "2020-02, 2020-02-01, 2020-02-29",
    "2019-05-31, 2019-05-31, 2019-05-31",
    "2019-05-31T23:30:00-05:00, 2019-05-31, 2019-05-31",
    "2019-05-31T00:00:00.123Z, 2019-05-31, 2019-05-31",
  })
  void aDateIsAllTheDaysThatItMayMean(String text, LocalDate first, LocalDate last) {
    assertEquals(new EventDate(first, last), EventDate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "19", "2019-13", "2019-02-30", "2019/05/31", "2019-5-1", "201a", "T"})
  void whatIsNoDateIsNotKnown(String text) {
    assertNull(EventDate.parse(text));
  }

  @Test
  void aMappingHoldsOnAPartialDateIfItHoldsOnEveryDayOfIt() {
    Validity until = validity("2000-01-01", "2019-06-30", false);
    assertTrue(until.holds(EventDate.parse("2018")));
    assertTrue(until.holds(EventDate.parse("2019-06")));
    assertFalse(until.holds(EventDate.parse("2019-07")));
    assertFalse(until.holds(EventDate.parse("2020")));
  }

  @Test
  void whereItHoldsOnSomeDaysOnlyItIsAskedAsWithoutADate() {
    for (boolean current : new boolean[] {true, false}) {
      Validity validity = validity("2019-03-01", "2019-06-30", current);
      assertEquals(current, validity.holds(EventDate.parse("2019")));
      assertEquals(current, validity.holds(null));
    }
  }

  private static Validity validity(String from, String to, boolean current) {
    return new Validity(LocalDate.parse(from), LocalDate.parse(to), current);
  }
}
