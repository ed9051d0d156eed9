package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTotalsTest {

  @Test
  void singletonsAndPrivateAllelesAreDifferentThings() {
    VcfText text =
        VcfText.records(
            2,
            "1 1 . A C . . . GT 0/1 0/0",
            "1 2 . A C . . . GT 1/1 0/0",
            "1 3 . A C . . . GT 0/1 0/1",
            "1 4 . A C,G . . . GT 1/2 0/0");
    assertEquals(3, text.sample(0).singletons());
    assertEquals(4, text.sample(0).privates());
    assertEquals(0, text.sample(1).singletons());
    assertEquals(0, text.sample(1).privates());
  }

  @Test
  void allelesAreCountedNotGenotypes() {
    VcfText text =
        VcfText.records(
            1,
            "1 1 . A G . . . GT 1/1",
            "1 2 . A T,AT . . . GT 1/2",
            "1 3 . AT A,* . . . GT 1/2",
            "1 4 . A <DEL>,A[2:3[ . . . GT 1/2",
            "1 5 . A . . . . GT 0/0",
            "1 6 . A <NON_REF> . . END=10 GT 0/0");
    SampleSummary s = text.sample(0);
    assertEquals(3, s.nSnp());
    assertEquals(2, s.nTi());
    assertEquals(1, s.nTv());
    assertEquals(1, s.nIns());
    assertEquals(1, s.nDel());
    assertEquals(1, s.nStar());
    assertEquals(2, s.nSymbolic());
    assertEquals(2, s.nHomRef());
    assertEquals(7, text.rows.size());
    assertEquals(2, text.sites().get(SiteCounter.REFERENCE));
    assertEquals(1 + 1 + 2 + 1 + 1 + 5, text.sites().get(SiteCounter.CALLED_BASES));
  }

  /** More records than are held before they are added up, with numbers that are held and others. */
  @Test
  void depthsAndQualitiesOfManyRecordsAreAddedUpExactly() {
    String[] depths = {"0", "7", "31", "1023", "1024", "2000000", "."};
    String[] qualities = {"99", "12.5", "0", "1023", "1024", "0.001", "."};
    String[] calls = {"0/0", "0/1", "./.", "1/1", "0/0"};
    String[] records = new String[3 * PackedMoments.MOST + 5];
    List<Double> countedDepths = new ArrayList<>();
    List<Double> countedQualities = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      String depth = depths[i % depths.length];
      String quality = qualities[(i / 3) % qualities.length];
      // Those of whole numbers and all called genotypes first, as files have them in a row.
      String call = i < records.length / 2 ? "0/1" : calls[i % calls.length];
      records[i] = "1 %d . A C . . . GT:DP:GQ %s:%s:%s".formatted(i + 1, call, depth, quality);
      if (!call.equals("./.") && !depth.equals(".")) {
        countedDepths.add(Double.valueOf(depth));
      }
      if (!call.equals("./.") && !quality.equals(".")) {
        countedQualities.add(Double.valueOf(quality));
      }
    }
    SampleSummary s = VcfText.records(1, records).sample(0);
    assertEquals(mean(countedDepths), s.dpMean(), 1e-9 * s.dpMean());
    assertEquals(sd(countedDepths), s.dpSd(), 1e-9 * s.dpSd());
    assertEquals(mean(countedQualities), s.gqMean(), 1e-9 * s.gqMean());
    assertEquals(sd(countedQualities), s.gqSd(), 1e-9 * s.gqSd());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  private static double sd(List<Double> values) {
    double mean = mean(values);
    return Math.sqrt(
        values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @Test
  void inbreedingIsOneMinusObservedByExpected() {
    VcfText text =
        VcfText.records(
            2,
            "1 1 . A C . . . GT 0/1 0/0",
            "1 2 . A C . . . GT 0/1 1/1",
            "1 3 . A C . . . GT 0/0 ./.");
    // Two sites with alleles 1 and 3 of 4: expected 1·3/3/2 = 0.5 each.
    SampleSummary s = text.sample(0);
    assertEquals(2, s.sites());
    assertEquals(2, s.observedHet());
    assertEquals(1.0, s.expectedHet(), 1e-9);
    assertEquals(-1.0, s.inbreeding(), 1e-9);
    assertEquals(1.0, text.sample(1).inbreeding(), 1e-9);
  }

  @Test
  void inbreedingOfAGvcfTakesItsOneRealAlternate() {
    VcfText gvcf =
        VcfText.records(
            2,
            "1 1 . A C,<NON_REF> . . . GT 0/1 0/0",
            "1 2 . A <NON_REF>,C . . . GT 0/2 2/2",
            "1 3 . A <NON_REF> . . END=9 GT 0/0 0/0");
    SampleSummary s = gvcf.sample(0);
    assertEquals(2, s.sites());
    assertEquals(2, s.observedHet());
    assertEquals(1.0, s.expectedHet(), 1e-9);
    assertEquals(-1.0, s.inbreeding(), 1e-9);
    assertEquals(1.0, gvcf.sample(1).inbreeding(), 1e-9);
  }

  @Test
  void summariesShowNeitherNamesNorGenotypes() {
    VcfText text = VcfText.records(1, "1 1234 rs77 A C 55 q99 . GT:DP 0/1:17");
    assertEquals("VariantSummary(snp)", text.row().toString());
    assertEquals("SampleSummary", text.sample(0).toString());
    assertEquals(
        "CohortTotals(SiteTotals(1 records), SampleTotals(1 samples, 1 records))",
        text.totals.cohort().toString());
    assertEquals(
        "Variant(1 alternates)",
        new Variant("1", 1234, "rs77", "A", List.of("C"), 55, "q99").toString());
  }

  @Test
  void filesWithTheSamplesInAnotherOrderAreJoinedByName() {
    SampleTotals ab = totals(List.of("A", "B"), "0/1", "0/0");
    SampleTotals ba = totals(List.of("B", "A"), "1/1", "0/0");
    SampleTotals one = new SampleTotals();
    one.add(ab);
    one.add(ba);
    SampleTotals other = new SampleTotals();
    other.add(totals(List.of("B", "A"), "1/1", "0/0"));
    other.add(ab);
    assertEquals(one, other);
    assertEquals(1, one.summaries().get(0).nHet());
    assertEquals("B", one.summaries().get(1).sample());
    assertEquals(1, one.summaries().get(1).nHomAlt());
  }

  @Test
  void filesWithOtherSamplesAreAnErrorThatNamesNoSample() {
    SampleTotals one = totals(List.of("Ann", "Bob"), "0/1", "0/0");
    SampleTotals two = totals(List.of("Ann", "Cy"), "0/1", "0/0");
    String message =
        assertThrows(IncompatibleSamplesException.class, () -> one.add(two)).getMessage();
    assertTrue(message.contains("f.vcf"), message);
    assertTrue(!message.contains("Bob") && !message.contains("Cy"), message);
  }

  private static SampleTotals totals(List<String> samples, String... genotypes) {
    VcfHeader header = VcfHeader.of(2, samples);
    Totals totals = new Totals();
    totals.expect(header, "f.vcf");
    VariantScan scan = new VariantScan(OnInvalid.STRICT, Filters.all(), Regions.none());
    byte[] line =
        ("1\t1\t.\tA\tC\t.\t.\t.\tGT\t" + String.join("\t", genotypes))
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    try {
      scan.scan(line, 0, line.length, header, totals, row -> {});
    } catch (org.healthbeam.core.outcome.RejectedException e) {
      throw new AssertionError(e);
    }
    return totals.cohort().samples();
  }
}
