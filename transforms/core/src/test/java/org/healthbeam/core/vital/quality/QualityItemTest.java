package org.healthbeam.core.vital.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.Interval;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityItemTest {
  @ParameterizedTest
  @CsvSource({
    "heart_rate, '', '', implied",
    "heart_rate, /min, /min, canonical",
    "heart_rate, bpm, bpm, repaired",
    "temperature, [degF], [degF], converted",
    "heart_rate, furlong, (not known), rejected",
    "heart_rate, Jane Doe, (not known), rejected",
    "heart_rate, {JaneDoe}/min, {}/min, converted",
    "heart_rate, mm[Hg], (not known), rejected",
    "inspired_oxygen, L/min, L/min, by value",
    "inspired_oxygen, Jane Doe, (not known), rejected",
  })
  void unitsAreShownWhereTheyAreUnits(String kind, String unit, String shown, String use) {
    QualityItem item = QualityItem.unit(VitalKind.named(kind), unit).shown(UnitConverter.ucum());
    assertEquals(shown, item.item());
    assertEquals(use, item.detail());
  }

  @ParameterizedTest
  @CsvSource({"0, below", "-1, below", "300, above", "1e9, above"})
  void endsThatDoNotBelongToAnIntervalAreOutsideOfIt(double value, String side) {
    assertEquals(
        side,
        QualityItem.implausible(VitalKind.HEART_RATE, Interval.parse("(0, 300)"), value).detail());
  }
}
