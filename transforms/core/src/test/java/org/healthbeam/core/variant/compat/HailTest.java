package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.variant.HardyWeinberg;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What Hail's documentation says, and what others published that Hail counted. */
class HailTest {

  private static Map<String, String> row(List<String> columns, String line) {
    String[] cells = line.split("\t", -1);
    assertEquals(columns.size(), cells.length, line);
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      row.put(columns.get(i), cells[i]);
    }
    return row;
  }

  private static Map<String, String> sample(CompatRun run, int sample) {
    List<String> lines = run.lines(TotalsTable.HAIL_SAMPLE_QC);
    return row(List.of(lines.get(0).split("\t")), lines.get(sample + 1));
  }

  private static Map<String, String> site(CompatRun run, int record) {
    SiteTable table = SiteTable.HAIL_VARIANT_QC;
    return row(table.columns(), run.rows(table).get(record));
  }

  /** Published by Glow's tests: the counts of Hail 0.2.12 for this file. */
  @Test
  void theSampleOfTheTrioCountsAsHailCountedIt() throws IOException {
    Path file = BcftoolsTest.realFiles().get(2);
    Assumptions.assumeTrue(Files.exists(file), file.getFileName() + " is not there");
    Map<String, String> sample = sample(CompatRun.of(file), 0);
    assertEquals("NA12878", sample.get("s"));
    assertEquals("1075", sample.get("n_called"));
    assertEquals("1", sample.get("n_hom_ref"));
    assertEquals("893", sample.get("n_het"));
    assertEquals("181", sample.get("n_hom_var"));
    assertEquals("1082", sample.get("n_snp"));
    assertEquals("85", sample.get("n_insertion"));
    assertEquals("98", sample.get("n_deletion"));
    assertEquals("659", sample.get("n_transition"));
    assertEquals("423", sample.get("n_transversion"));
    assertEquals("2", sample.get("n_star"));
  }

  /** The examples of {@code hardy_weinberg_test}: mid-p, and the expected share. */
  @Test
  void theExamplesOfTheEquilibriumTestAreEqual() {
    HardyWeinberg one = HardyWeinberg.of(250, 500, 250);
    assertEquals(0.9747844394217698, one.midP(), 1e-12);
    assertEquals(0.5002501250625313, one.expectedHet(), 1e-15);
    HardyWeinberg other = HardyWeinberg.of(37, 200, 85);
    assertEquals(1.1337210383168987e-06, other.midP(), 1e-17);
    assertEquals(0.48964964307448583, other.expectedHet(), 1e-15);
  }

  /** Four genotypes with four of each allele have 6, 48 and 16 ways of 0, 2 and 4 heterozygotes. */
  @Test
  void oneSidedTestsCountHalfOfWhatIsObserved() {
    HardyWeinberg test = HardyWeinberg.of(1, 2, 1);
    double none = 6.0 / 70;
    double two = 48.0 / 70;
    double four = 16.0 / 70;
    assertEquals(1, none + two + four, 1e-15);
    assertEquals(four + two / 2, test.excessHetMidP(), 1e-12);
    assertEquals(four + two, test.excessHet(), 1e-12);
  }

  @Test
  void haploidCallsAreNoHomozygotesOfTheVariantAndNoHeterozygotesOfTheSample() {
    String vcf =
        new RandomVcf(1).withContigs().text(0, 4)
            + "X 7 . A G . . . GT:DP:GQ 1:3:9 0:5:. 0/1:.:. ./.:8:40\n".replace(' ', '\t');
    CompatRun run = CompatRun.of(vcf.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Map<String, String> site = site(run, 0);
    assertEquals("X:7", site.get("locus"));
    assertEquals("[\"A\",\"G\"]", site.get("alleles"));
    assertEquals("[2,2]", site.get("AC"));
    assertEquals("[0.5,0.5]", site.get("AF"));
    assertEquals("4", site.get("AN"));
    assertEquals("[0,0]", site.get("homozygote_count"));
    assertEquals("3", site.get("n_het"));
    assertEquals("3", site.get("n_non_ref"));
    assertEquals("0.75", site.get("call_rate"));
    // The sample without a call has a depth, which counts.
    assertEquals("8", site.get("dp_stats.max"));
    assertEquals("24.5", site.get("gq_stats.mean"));
    assertEquals("1", sample(run, 0).get("n_hom_var"));
    assertEquals("0", sample(run, 0).get("n_het"));
    assertEquals("1", sample(run, 1).get("n_hom_ref"));
    assertEquals("1", sample(run, 2).get("n_het"));
    assertEquals("0.0", sample(run, 3).get("call_rate"));
    assertEquals("8.0", sample(run, 3).get("dp_stats.mean"));
    assertEquals("NA", sample(run, 3).get("r_ti_tv"));
  }

  @Test
  void whatIsNotOfTwoAllelesIsNotTested() {
    String vcf =
        new RandomVcf(1).withContigs().text(0, 2)
            + "1 7 . A G,C . . . GT 1/2 ./1\n1 8 . A G . . . GT 1/1 0/1/1\n".replace(' ', '\t');
    CompatRun run = CompatRun.of(vcf.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals("NA", site(run, 0).get("p_value_hwe"));
    assertEquals("[0,1,1]", site(run, 0).get("AC"));
    assertEquals("0.5", site(run, 1).get("p_value_hwe"));
    assertEquals("[0,2]", site(run, 1).get("AC"));
    assertEquals("2", sample(run, 1).get("n_not_called"));
    assertEquals("2", sample(run, 0).get("n_singleton"));
  }

  /** The same samples in two orders, merged either way, with DP and GQ of some only. */
  @Test
  void depthsGoWithTheirSamplesWhateverTheOrder() {
    String record = "1 %d . A G . . . GT:DP:GQ %s\n";
    String head = "##fileformat=VCFv4.2\n#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT %s\n";
    String one = head.formatted("Ann Bob Cid") + record.formatted(5, "0/1:1:10 0/0:20:20 0/0:.:30");
    String other =
        head.formatted("Cid Ann Bob") + record.formatted(6, "0/0:.:50 0/0:3:. 0/1:40:60");
    for (boolean swapped : new boolean[] {false, true}) {
      CompatRun run = CompatRun.of(bytes(swapped ? other : one));
      run.totals.add(CompatRun.of(bytes(swapped ? one : other)).totals);
      List<String> lines = run.lines(TotalsTable.HAIL_SAMPLE_QC);
      List<String> columns = List.of(lines.get(0).split("\t"));
      Map<String, Map<String, String>> rows = new HashMap<>();
      lines.stream()
          .skip(1)
          .map(line -> row(columns, line))
          .forEach(row -> rows.put(row.get("s"), row));
      assertEquals("2.0", rows.get("Ann").get("dp_stats.mean"));
      assertEquals("10.0", rows.get("Ann").get("gq_stats.mean"));
      assertEquals("30.0", rows.get("Bob").get("dp_stats.mean"));
      assertEquals("40.0", rows.get("Bob").get("gq_stats.mean"));
      assertEquals("NA", rows.get("Cid").get("dp_stats.mean"));
      assertEquals("40.0", rows.get("Cid").get("gq_stats.mean"));
    }
  }

  private static byte[] bytes(String text) {
    return text.replace(' ', '\t').getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
