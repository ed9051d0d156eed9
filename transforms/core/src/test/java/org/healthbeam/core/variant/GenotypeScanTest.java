package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of genotype ends in one counter, whatever the way it is written. */
class GenotypeScanTest {

  @ParameterizedTest
  @CsvSource({
    // genotype, called, missing, partial, homRef, het, homAlt, hapRef, hapAlt, ac of 1, an
    "0/0,     1, 0, 0, 1, 0, 0, 0, 0, 0, 2",
    "0|0,     1, 0, 0, 1, 0, 0, 0, 0, 0, 2",
    "0/1,     1, 0, 0, 0, 1, 0, 0, 0, 1, 2",
    "1|0,     1, 0, 0, 0, 1, 0, 0, 0, 1, 2",
    "1/1,     1, 0, 0, 0, 0, 1, 0, 0, 2, 2",
    "1/2,     1, 0, 0, 0, 1, 0, 0, 0, 1, 2",
    "2/2,     1, 0, 0, 0, 0, 0, 0, 0, 0, 2",
    "0,       1, 0, 0, 0, 0, 0, 1, 0, 0, 1",
    "1,       1, 0, 0, 0, 0, 0, 0, 1, 1, 1",
    ".,       0, 1, 0, 0, 0, 0, 0, 0, 0, 0",
    "./.,     0, 1, 0, 0, 0, 0, 0, 0, 0, 0",
    ".|.|.,   0, 1, 0, 0, 0, 0, 0, 0, 0, 0",
    "./1,     0, 0, 1, 0, 0, 0, 0, 0, 1, 1",
    "0|.,     0, 0, 1, 0, 0, 0, 0, 0, 0, 1",
    "0/0/0,   1, 0, 0, 1, 0, 0, 0, 0, 0, 3",
    "0/1/1,   1, 0, 0, 0, 1, 0, 0, 0, 2, 3",
    "1|1|1|1, 1, 0, 0, 0, 0, 1, 0, 0, 4, 4",
    "0/./1,   0, 0, 1, 0, 0, 0, 0, 0, 1, 2",
    "0/10,    1, 0, 0, 0, 1, 0, 0, 0, 0, 2",
  })
  void isCountedOnce(
      String gt,
      int called,
      int missing,
      int partial,
      int homRef,
      int het,
      int homAlt,
      int hapRef,
      int hapAlt,
      long ac,
      long an) {
    String alts = "C,G,T,AA,AC,AG,AT,AAA,AAC,AAG";
    VcfText text = VcfText.records(1, "1 5 . A " + alts + " . . . GT " + gt);
    VariantSummary v = text.rows.get(0);
    assertEquals(called, v.nCalled());
    assertEquals(missing, v.nMissing());
    assertEquals(partial, v.nPartial());
    assertEquals(homRef, v.nHomRef());
    assertEquals(het, v.nHet());
    assertEquals(homAlt, v.nHomAlt());
    assertEquals(hapRef, v.nHapRef());
    assertEquals(hapAlt, v.nHapAlt());
    assertEquals(ac, v.ac());
    assertEquals(an, v.an());
    SampleSummary s = text.sample(0);
    assertEquals(called, s.nCalled());
    assertEquals(missing, s.nMissing());
    assertEquals(partial, s.nPartial());
    assertEquals(homRef, s.nHomRef());
    assertEquals(het, s.nHet());
  }

  @ParameterizedTest
  @CsvSource({"12f", "12d", "0x1p3", "12L", "-1", "1e", "NaN", "''"})
  void gqIsAFloatOfTheSpecificationAndNotOfJava(String gq) {
    VcfText text = VcfText.records(1, "1 5 . A C . . . GT:GQ 0/1:" + gq);
    assertEquals(1, text.rejects.size(), gq);
    assertTrue(text.rows.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "12.5, 12.5", ".5, 0.5", "1.2e1, 12", "+7, 7"})
  void gqMayHaveDecimals(String gq, double value) {
    VariantSummary v = VcfText.records(1, "1 5 . A C . . . GT:GQ 0/1:" + gq).row();
    assertEquals(value, v.quality().mean(VariantSummary.QUALITY_SCALE));
  }

  @ParameterizedTest
  @CsvSource({"C<ctg1>, 1", "<ctg1>C, 1", "C<>, 0", "C<a>G, 0", "<a><b>, 0", "C<a, 0", "X<a>, 0"})
  void anInsertedContigOfTheAssemblyIsAnAlternate(String alt, int rows) {
    VcfText text = VcfText.records(1, "13 321682 INS0 T " + alt + " 6 PASS . GT 0/1");
    assertEquals(rows, text.rows.size(), alt + " " + text.rejects);
  }

  @Test
  void trailingFieldsMayBeLeftOut() {
    VcfText text = VcfText.records(3, "1 5 . A C . . . GT:DP:GQ 0/1 1/1:7 ./.:9:9");
    VariantSummary v = text.row();
    assertEquals(2, v.nCalled());
    assertEquals(1, v.depth().n());
    assertEquals(7, v.depth().mean(1));
    assertEquals(0, v.quality().n());
  }

  @Test
  void fieldsMayStandInAnyOrderAfterTheGenotype() {
    VariantSummary v =
        VcfText.records(2, "1 5 . A C . . . GT:GQ:AD:DP 0/1:30:1,2:3 0/0:.:4,0:4").row();
    assertEquals(3.5, v.depth().mean(1));
    assertEquals(0.5, v.depth().sd(1));
    assertEquals(3, v.depth().min(1));
    assertEquals(4, v.depth().max(1));
    assertEquals(30, v.quality().mean(VariantSummary.QUALITY_SCALE));
  }

  @Test
  void depthOfMissingAndHalfMissingGenotypesIsNotUsed() {
    VariantSummary v = VcfText.records(4, "1 5 . A C . . . GT:DP ./.:90 ./1:80 0/0:10 1:20").row();
    assertEquals(2, v.depth().n());
    assertEquals(15, v.depth().mean(1));
  }

  @Test
  void qualityMayHaveDecimals() {
    VariantSummary v = VcfText.records(2, "1 5 . A C . . . GT:GQ 0/1:12.5 0/0:1.3e1").row();
    assertEquals(12.75, v.quality().mean(VariantSummary.QUALITY_SCALE));
  }

  @Test
  void everySampleIsMissingWithoutGenotypes() {
    VcfText text = VcfText.records(2, "1 5 . A C . . AC=3;AN=4 DP 7 8");
    assertEquals(2, text.row().nMissing());
    assertEquals(0, text.row().an());
    assertTrue(Double.isNaN(text.row().af()));
    assertEquals(0, text.sites().get(SiteCounter.AC_COMPARED));
  }

  @Test
  void aDotForFormatMakesEverySampleMissing() {
    VcfText text = VcfText.records(2, "1 5 . A C . . . . . .", "1 6 . A C . . . GT 0/1 .");
    assertEquals(List.of(), List.copyOf(text.rejects.values()));
    assertEquals(2, text.rows.get(0).nMissing());
    assertEquals(2, text.sample(1).nMissing());
    assertEquals(1, text.sample(0).nHet());
    assertEquals(
        List.of(VcfRule.SAMPLE_FIELDS.detail()),
        List.copyOf(VcfText.records(2, "1 5 . A C . . . . . 0/1").rejects.values()));
  }

  @Test
  void lengthsOfSamplesCountFromVersionFiveOnOnly() {
    String four =
        new String(VcfText.text(1, "1 5 . A <*> . . END=9 GT:LEN 0/0:7"), StandardCharsets.UTF_8);
    String five = four.replace("VCFv4.2", "VCFv4.5");
    assertEquals(5, VcfText.scan(utf8(four)).sites().get(SiteCounter.CALLED_BASES));
    assertEquals(7, VcfText.scan(utf8(five)).sites().get(SiteCounter.CALLED_BASES));
    String text = four.replace(":7", ":x");
    assertEquals(1, VcfText.scan(utf8(text)).sites().get(SiteCounter.RECORDS));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void sitesWithoutSamplesHaveNoCounts() {
    VcfText text = VcfText.records(0, "1 5 rs1 A C,G 10.5 PASS AC=3,4;AN=9");
    assertEquals(2, text.rows.size());
    assertEquals(0, text.rows.get(0).an());
    assertTrue(Double.isNaN(text.rows.get(0).callRate()));
    assertEquals(10.5, text.rows.get(0).qual());
    assertEquals(1, text.sites().get(SiteCounter.MULTIALLELIC));
  }

  @Test
  void eachAlternateIsTestedAgainstTheRest() {
    VcfText text = VcfText.records(4, "1 5 . A C,G . . . GT 0/1 1/2 2/2 0/0");
    VariantSummary first = text.rows.get(0);
    VariantSummary second = text.rows.get(1);
    assertEquals(HardyWeinberg.of(2, 2, 0), first.hardyWeinberg());
    assertEquals(HardyWeinberg.of(2, 1, 1), second.hardyWeinberg());
    assertEquals(2, first.ac());
    assertEquals(3, second.ac());
    assertEquals(3 / 8.0, first.maf());
    assertEquals(2, first.nHet());
    assertEquals(0, first.nHomAlt());
    assertEquals(1, second.nHomAlt());
  }

  @Test
  void hardyWeinbergKnowsDiploidCallsOnly() {
    VariantSummary v = VcfText.records(6, "X 5 . A C . . . GT 0 1 0/0/1 0/1 ./1 0/0").row();
    assertEquals(HardyWeinberg.of(1, 1, 0), v.hardyWeinberg());
  }

  @Test
  void aLeadingPhaseIsReadFromVersionFourOn() {
    String two = new String(VcfText.text(1, "1 5 . A C . . . GT |0|1"), StandardCharsets.UTF_8);
    String four = two.replace("VCFv4.2", "VCFv4.4");
    assertEquals(1, VcfText.scan(four.getBytes(StandardCharsets.UTF_8)).row().nHet());
    assertEquals(1, VcfText.scan(two.getBytes(StandardCharsets.UTF_8)).rejects.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void everyVersionIsCountedAlike(int minor) {
    String[] lines = {
      "1 5 a A C,<DEL> 30 PASS AC=1,0 GT:DP:GQ 0/1:9:40 ./.:.:.",
      "1 9 . ACT A . q10;s5 . GT 1|1 0/0",
      "X 7 . G * . . . GT:GQ 1:12 0:30",
    };
    VcfText text = VcfText.scan(VcfText.text(minor, 2, lines));
    VcfText usual = VcfText.records(2, lines);
    assertEquals(4, text.rows.size());
    assertEquals(usual.rows, text.rows);
    assertEquals(usual.totals.cohort(), text.totals.cohort());
  }
}
