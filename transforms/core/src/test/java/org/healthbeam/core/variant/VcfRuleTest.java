package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule is found, leaves no trace, and is repaired if it says so. */
class VcfRuleTest {
  private static final String GOOD = "1 9 . A C . . . GT:DP:GQ:LEN 0/1:1:2:1 1/1:3:4:1";

  /** What only a repair can break. */
  private static final Set<VcfRule> OF_REPAIRS = Set.of(VcfRule.REF_AMBIGUOUS_ALT);

  private static final Map<VcfRule, String> BROKEN_RECORDS =
      Map.ofEntries(
          Map.entry(VcfRule.EMPTY_LINE, ""),
          Map.entry(VcfRule.HEADER_IN_BODY, "##source=x"),
          Map.entry(VcfRule.COLUMNS, "1 9 . A C . . . GT 0/1"),
          Map.entry(VcfRule.CHROM, "chr,1 9 . A C . . . GT 0/1 0/0"),
          Map.entry(VcfRule.CHROM_COLON, "HLA:1 9 . A C . . . GT 0/1 0/0"),
          Map.entry(VcfRule.POS, "1 9x . A C . . . GT 0/1 0/0"),
          Map.entry(VcfRule.ID, "1 9 a;;b A C . . . GT 0/1 0/0"),
          Map.entry(VcfRule.REF, "1 9 . . C . . . GT 0/1 0/0"),
          Map.entry(VcfRule.REF_AMBIGUOUS, "1 9 . R C . . . GT 0/1 0/0"),
          Map.entry(VcfRule.ALT, "1 9 . A C,,T . . . GT 0/1 0/0"),
          Map.entry(VcfRule.ALT_TWICE, "1 9 . A C,c . . . GT 0/1 0/0"),
          Map.entry(VcfRule.QUAL, "1 9 . A C -1 . . GT 0/1 0/0"),
          Map.entry(VcfRule.FILTER, "1 9 . A C . q10;. . GT 0/1 0/0"),
          Map.entry(VcfRule.INFO_KEY, "1 9 . A C . . ;DP=3 GT 0/1 0/0"),
          Map.entry(VcfRule.INFO_AC, "1 9 . A C . . AC=1.5 GT 0/1 0/0"),
          Map.entry(VcfRule.INFO_AN, "1 9 . A C . . AN=-4 GT 0/1 0/0"),
          Map.entry(VcfRule.INFO_END, "1 9 . A C . . END=8 GT 0/1 0/0"),
          Map.entry(VcfRule.FORMAT, "1 9 . A C . . . GT::DP 0/1 0/0"),
          Map.entry(VcfRule.GT_NOT_FIRST, "1 9 . A C . . . DP:GT 5:0/1 6:0/0"),
          Map.entry(VcfRule.SAMPLE_FIELDS, "1 9 . A C . . . GT 0/1:3 0/0"),
          Map.entry(VcfRule.GT, "1 9 . A C . . . GT 0/1 0/x"),
          Map.entry(VcfRule.GT_RANGE, "1 9 . A C . . . GT 0/1 0/2"),
          Map.entry(VcfRule.DP, "1 9 . A C . . . GT:DP 0/1:1 0/0:-2"),
          Map.entry(VcfRule.GQ, "1 9 . A C . . . GT:GQ 0/1:1 0/0:x"),
          Map.entry(VcfRule.LEN, "1 9 . A C . . . GT:LEN 0/1:1 0/0:x"));

  private static final Map<VcfRule, String> BROKEN_FILES =
      Map.of(
          VcfRule.EMPTY_FILE, "",
          VcfRule.FILE_FORMAT, "##fileformat=VCFv3.3\n#CHROM\n",
          VcfRule.NO_CHROM_LINE, "##fileformat=VCFv4.2\n##source=x\n",
          VcfRule.CHROM_LINE, "##fileformat=VCFv4.2\n#CHROM\tPOSITION\n",
          VcfRule.FORMAT_WITHOUT_SAMPLES, header("FORMAT"),
          VcfRule.EMPTY_SAMPLE_NAME, header("FORMAT\tA\t"),
          VcfRule.DUPLICATE_SAMPLE, header("FORMAT\tA\tA"));

  private static String header(String columns) {
    return "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\t" + columns + "\n";
  }

  static Stream<Arguments> brokenRecords() {
    return BROKEN_RECORDS.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  static Stream<Arguments> brokenFiles() {
    return BROKEN_FILES.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @Test
  void everyRuleIsTried() {
    Set<VcfRule> tried = EnumSet.copyOf(BROKEN_RECORDS.keySet());
    tried.addAll(BROKEN_FILES.keySet());
    tried.addAll(OF_REPAIRS);
    tried.addAll(RemarkTest.TRIED.keySet());
    assertEquals(EnumSet.allOf(VcfRule.class), tried);
  }

  /** In the version that has the rule. */
  private static VcfText scan(VcfRule rule, OnInvalid policy, String... lines) {
    byte[] text = VcfText.text(rule == VcfRule.LEN ? 5 : 2, 2, lines);
    return VcfText.scan(text, policy, Filters.all(), Regions.none());
  }

  @ParameterizedTest
  @MethodSource("brokenRecords")
  void aBrokenRecordIsRejectedAndLeavesNoTrace(VcfRule rule, String line) {
    VcfText with = scan(rule, OnInvalid.SKIP, GOOD, line, GOOD);
    VcfText without = scan(rule, OnInvalid.SKIP, GOOD, GOOD);
    assertEquals(Map.of(4, rule.detail()), with.rejects);
    assertEquals(without.totals.cohort(), with.totals.cohort());
    assertEquals(without.rows, with.rows);
  }

  @ParameterizedTest
  @MethodSource("brokenRecords")
  void aBrokenRecordIsRepairedExactlyIfTheRuleSaysSo(VcfRule rule, String line) {
    VcfText text = scan(rule, OnInvalid.REPAIR, GOOD, line, GOOD);
    assertEquals(rule.isRepairable(), text.rejects.isEmpty(), text.rejects::toString);
    if (rule.isRepairable()) {
      VariantScan.Outcome expected =
          rule == VcfRule.EMPTY_LINE ? VariantScan.Outcome.EMPTY : VariantScan.Outcome.REPAIRED;
      assertEquals(expected, text.outcomes.get(1));
      assertEquals(VariantScan.Outcome.COUNTED, text.outcomes.get(2));
    }
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void aBrokenHeaderIsFound(VcfRule rule, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertTrue(VcfText.scan(bytes).rejects.containsValue(rule.detail()));
    VcfText repaired = VcfText.scan(bytes, OnInvalid.REPAIR, Filters.all(), Regions.none());
    assertEquals(rule.isRepairable(), repaired.rejects.isEmpty());
  }

  @Test
  void aRepairedGenotypeIsMissingAndTheOthersCount() {
    VariantSummary v = VcfText.repaired(3, "1 9 . A C . . . GT 0/1 0/7 z").row();
    assertEquals(1, v.nCalled());
    assertEquals(2, v.nMissing());
    assertEquals(2, v.an());
  }

  @Test
  void anAmbiguousReferenceBecomesTheFirstOfItsBases() {
    assertEquals("ACA", VcfText.repaired(1, "1 9 . RSM T . . . GT 0/1").row().ref());
  }

  @Test
  void anAmbiguousReferenceWhoseRepairIsAnAlternateIsNamed() {
    String line = "1 9 . R A . . . GT 0/1";
    assertEquals(Map.of(3, VcfRule.REF_AMBIGUOUS_ALT.detail()), VcfText.repaired(1, line).rejects);
    assertEquals(Map.of(3, VcfRule.REF_AMBIGUOUS.detail()), VcfText.records(1, line).rejects);
  }

  @Test
  void whatComesBeforeDoesNotChangeWhatALineIs() {
    // The same bytes in a file of another version just before.
    String line = "HLA:1 9 . A C . . . GT:LEN 0/1:7";
    VcfHeader three = VcfHeader.of(3, List.of("A"));
    VcfHeader five = VcfHeader.of(5, List.of("A"));
    VcfHeader two = VcfHeader.of(2, List.of("A"));
    Totals totals = new Totals();
    totals.expect(two, "a.vcf");
    VariantScan scan = new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.none());
    byte[] bytes = line.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
    for (VcfHeader header : List.of(three, five)) {
      assertDoesNotThrow(() -> scan.scan(bytes, 0, bytes.length, header, totals, row -> {}));
    }
    assertEquals(1 + 7, totals.cohort().sites().get(SiteCounter.CALLED_BASES));
    assertEquals(
        VcfRule.CHROM_COLON.detail(),
        assertThrows(
                RejectedException.class,
                () -> scan.scan(bytes, 0, bytes.length, two, totals, row -> {}))
            .detail());
  }

  @Test
  void carriageReturnsAreLineEnds() {
    assertEquals(1, VcfText.records(1, "1 9 . A C . . . GT 0/1\r").row().nHet());
    assertEquals(1, VcfText.records(1, "1 9 . A C . . . GT:DP 0/1:7\r").row().depth().n());
  }

  @Test
  void anAlleleThatNoAlternateTellsIsMissing() {
    VcfText text = VcfText.records(1, "1 9 . A . . . . GT 0/1");
    assertEquals(1, text.sample(0).nPartial());
    assertTrue(text.rows.isEmpty());
  }

  @Test
  void passBesideAFilterIsNotPassed() {
    assertFalse(Filters.pass().selects("q10;PASS"));
    assertTrue(Filters.pass().selects("PASS"));
  }

  @Test
  void filteredRecordsAreCountedByFilterOnly() {
    byte[] text =
        VcfText.text(
            1,
            "1 1 . A C . PASS . GT 0/1",
            "1 2 . A C . q10;s50 . GT 0/1",
            "1 3 . A C . . . GT 0/1");
    VcfText pass = VcfText.scan(text, OnInvalid.SKIP, Filters.pass(), Regions.none());
    assertEquals(1, pass.rows.size());
    assertEquals(2, pass.totals.cohort().filteredOut());
    assertEquals(
        Map.of("PASS", 1L, "q10", 1L, "s50", 1L, ".", 1L), pass.totals.cohort().recordsByFilter());
    Filters named = Filters.named(Set.of("s50", "."));
    assertFalse(named.selects("PASS"));
    assertEquals(2, VcfText.scan(text, OnInvalid.SKIP, named, Regions.none()).rows.size());
  }
}
