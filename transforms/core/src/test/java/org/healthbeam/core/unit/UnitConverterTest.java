package org.healthbeam.core.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitConverterTest {
  private final UnitConverter ucum = UnitConverter.ucum();

  @ParameterizedTest
  @CsvSource({
    "98.6, [degF], Cel, 37",
    "37, Cel, [degF], 98.6",
    "-40, [degF], Cel, -40",
    "0, Cel, K, 273.15",
    "310.15, K, Cel, 37",
    "80, [degRe], Cel, 100",
    "72, [in_i], cm, 182.88",
    "180, [lb_av], kg, 81.6466266",
    "120, mm[Hg], kPa, 15.99864",
    "1, kPa, mm[Hg], 7.500637554192107",
    "250, 10*9/L, 10*3/uL, 250",
    "5.1, 10*12/L, 10*6/uL, 5.1",
    "0.97, 1, %, 97",
    "60, /min, Hz, 1",
    "60, {beats}/min, /s, 1",
    "7.4, [pH], nmol/L, 39.81071705535",
    "39.81071705535, nmol/L, [pH], 7.4",
    "7, [pH], mol/L, 1e-7",
    "20, dB, B, 2",
    "60, dB[SPL], mPa, 20",
    "45, deg, p'diop, 100",
    "1, m[IU]/L, u[iU]/mL, 1",
    "100, %[slope], deg, 45",
    "0.1, g, mg, 100",
    "1.1, m, mm, 1100",
    "70000000000000000, mg, kg, 70000000000",
  })
  void convertsExactly(double value, String from, String to, double expected)
      throws RejectedException {
    String target = to.equals("p'diop") ? "[p'diop]" : to;
    assertEquals(new Converted(expected, false), ucum.convert(value, from, target));
  }

  @ParameterizedTest
  @CsvSource({
    "98.6, F, Cel, 37",
    "98.6, °F, Cel, 37",
    "37, C, Cel, 37",
    "37, °C, [degF], 98.6",
    "72, bpm, /min, 72",
    "16, breaths/min, /min, 16",
    "120, mmHg, mm[Hg], 120",
    "120, mm  Hg, mm[Hg], 120",
    "13.5, gm/dL, g/L, 135",
    "180, lbs, [lb_av], 180",
    "6, ft, [ft_i], 6",
    "250, K/uL, 10*9/L, 250",
    "5, G/L, 10*9/L, 5",
    "98, percent, %, 98",
  })
  void readsCommonDirtyUnitsAndSaysSo(double value, String from, String to, double expected)
      throws RejectedException {
    assertEquals(new Converted(expected, true), ucum.convert(value, from, to));
  }

  @Test
  void aRepairNeverReplacesWhatUcumMeans() throws RejectedException {
    assertEquals(new Converted(2, false), ucum.convert(2, "C", "C"));
    assertEquals(new Converted(2000, false), ucum.convert(2, "C", "mC"));
    assertEquals(new Converted(3e-9, false), ucum.convert(3, "ft", "g"));
    assertEquals(new Converted(5e9, false), ucum.convert(5, "G/L", "nG/L"));
  }

  @ParameterizedTest
  @CsvSource({"kg, cm", "[IU], [arb'U]", "rad, 1", "Cel, mol/L", "xyzzy, kg", "bpm, kg"})
  void refusesWhatDoesNotMeasureTheSame(String from, String to) {
    RejectedException e = assertThrows(RejectedException.class, () -> ucum.convert(1, from, to));
    assertEquals(RejectReason.UNKNOWN_UNIT, e.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Jane Roe", "{Jane_Roe}", "kg{Jane_Roe}", "19551212", "m999", "Roe's", "{}Roe"})
  void neverQuotesFreeText(String text) {
    RejectedException e =
        assertThrows(RejectedException.class, () -> ucum.convert(1, text, "mol/L/cd"));
    assertFalse(e.getMessage().contains("Roe"), e.getMessage());
    assertFalse(e.getMessage().contains("1955"), e.getMessage());
    assertFalse(e.getMessage().contains("999'"), e.getMessage());
  }

  @Test
  void namesUnitsThatConsistOfSymbols() {
    RejectedException e =
        assertThrows(RejectedException.class, () -> ucum.convert(1, "mm[Hg]{MAP}", "kg"));
    assertEquals("'mm[Hg]' does not measure what 'kg' measures", e.detail());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesNumbersThatAreNone(double value) {
    RejectedException e =
        assertThrows(RejectedException.class, () -> ucum.convert(value, "kg", "g"));
    assertEquals(RejectReason.INVALID_VALUE, e.reason());
  }

  @Test
  void refusesWhatHasNoLogarithm() {
    assertEquals(
        RejectReason.INVALID_VALUE,
        assertThrows(RejectedException.class, () -> ucum.convert(0, "mol/L", "[pH]")).reason());
    assertEquals(
        RejectReason.INVALID_VALUE,
        assertThrows(RejectedException.class, () -> ucum.convert(-1, "mol/L", "[pH]")).reason());
    assertEquals(
        RejectReason.INVALID_VALUE,
        assertThrows(RejectedException.class, () -> ucum.convert(1e300, "Ym", "ym")).reason());
  }

  @Test
  void aSpecialUnitTakesNumbersOnly() {
    assertTrue(ucum.isValid("10.Cel"));
    assertTrue(ucum.isValid("mCel"));
    assertFalse(ucum.isValid("Cel2"));
    assertFalse(ucum.isValid("Cel/h"));
    assertFalse(ucum.isValid("1/[degF]"));
  }

  @Test
  void aTermCannotAskForMoreMemoryThanItIsWorth() {
    assertFalse(ucum.isValid("Ym999.Ym999"));
    assertFalse(ucum.isValid("10*1000"));
    assertFalse(ucum.isValid("10*99999999999999"));
    assertFalse(ucum.isValid("(".repeat(300)));
    assertFalse(ucum.isValid("(".repeat(255)));
  }

  @Test
  void canonicalNamesWhatIsMeasured() throws RejectedException {
    assertEquals("g.m-1.s-2", ucum.canonical("mm[Hg]"));
    assertEquals("K", ucum.canonical("[degF]"));
    assertEquals("1", ucum.canonical("%"));
    assertEquals("m-3", ucum.canonical("10*3/uL"));
    assertEquals("[iU].m-3", ucum.canonical("m[IU]/L"));
  }
}
