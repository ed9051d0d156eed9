package org.healthbeam.samples.cohort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.variant.variantcontext.Allele;
import htsjdk.variant.variantcontext.Genotype;
import htsjdk.variant.variantcontext.VariantContext;
import htsjdk.variant.vcf.VCFFileReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.healthbeam.samples.Shipped;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what is shipped with htsjdk, which knows nothing of how it was made. */
class CohortSampleTest {
  private static final int SAMPLES = 80;
  private static final String BAD = "HB0078";

  private static List<VariantContext> records;

  @BeforeAll
  static void readWhatIsShipped() {
    records = new ArrayList<>();
    Path file = Shipped.path("variants/cohort.vcf.gz");
    try (VCFFileReader reader = new VCFFileReader(file, false)) {
      reader.forEach(record -> records.add(record.fullyDecode(reader.getFileHeader(), false)));
    }
  }

  @Test
  void makerReproducesWhatIsShipped(@TempDir Path folder) throws IOException {
    CohortSample.SHIPPED.write(folder);
    for (String name : List.of("cohort.vcf.gz", "genes.bed", "populations.tsv")) {
      assertArrayEquals(
          Shipped.unpacked(Shipped.path("variants").resolve(name)),
          Shipped.unpacked(folder.resolve(name)),
          name);
    }
  }

  @Test
  void anotherSeedGivesAnotherCohort(@TempDir Path folder) throws IOException {
    new CohortSample(3, 20, 1).write(folder.resolve("one"));
    new CohortSample(3, 20, 2).write(folder.resolve("two"));
    assertFalse(
        Arrays.equals(
            Shipped.unpacked(folder.resolve("one/cohort.vcf.gz")),
            Shipped.unpacked(folder.resolve("two/cohort.vcf.gz"))));
  }

  @Test
  void emptyCohortIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CohortSample(0, 10, 1));
    assertThrows(IllegalArgumentException.class, () -> new CohortSample(10, 0, 1));
  }

  @Test
  void fileIsBlockCompressedInSeveralBlocks() throws IOException {
    Path file = Shipped.path("variants/cohort.vcf.gz");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      assertTrue(BlockCompressedInputStream.isValidFile(in));
    }
    assertTrue(Files.size(file) > 10 * 65_536, "size: " + Files.size(file));
  }

  @Test
  void recordsAreSortedAndConsistent() {
    assertTrue(records.size() >= 4000, "records: " + records.size());
    VariantContext before = records.get(0);
    for (VariantContext record : records) {
      if (record.getContig().equals(before.getContig())) {
        assertTrue(record.getStart() >= before.getStart());
      }
      before = record;
      assertEquals(SAMPLES, record.getNSamples());
      for (Genotype genotype : record.getGenotypes()) {
        if (genotype.isCalled()) {
          assertEquals(record.getNAlleles(), genotype.getAD().length);
          assertEquals(Arrays.stream(genotype.getAD()).sum(), genotype.getDP());
          assertTrue(genotype.getGQ() >= 1 && genotype.getGQ() <= 99);
        }
      }
    }
  }

  @Test
  void everyTypeOfAlleleOccurs() {
    assertTrue(count(record -> record.isSNP() ? 1 : 0) > 3000);
    assertTrue(count(record -> record.isSimpleInsertion() ? 1 : 0) > 150);
    assertTrue(count(record -> record.isSimpleDeletion() ? 1 : 0) > 150);
    assertTrue(count(record -> record.isMNP() ? 1 : 0) > 20);
    assertTrue(count(record -> record.isSymbolic() ? 1 : 0) >= 3);
    assertTrue(count(record -> record.getNAlleles() > 2 ? 1 : 0) > 50);
    assertTrue(count(record -> record.getAlleles().contains(Allele.SPAN_DEL) ? 1 : 0) > 15);
  }

  @Test
  void transitionsAreTwiceAsManyAsTransversions() {
    int transitions = 0;
    int transversions = 0;
    for (VariantContext record : records) {
      if (record.isSNP() && record.isBiallelic()) {
        String change = record.getReference().getBaseString() + record.getAlternateAllele(0);
        if (Set.of("AG", "GA", "CT", "TC").contains(change)) {
          transitions++;
        } else {
          transversions++;
        }
      }
    }
    double ratio = (double) transitions / transversions;
    assertTrue(ratio > 1.95 && ratio < 2.25, "ratio: " + ratio);
  }

  @Test
  void rareAllelesAreTheMostAsUnderNeutralEvolution() {
    int[] spectrum = new int[2 * SAMPLES + 1];
    int singleAllele = 0;
    for (VariantContext record : records) {
      if (record.isBiallelic() && record.isSNP() && !record.getContig().equals("chrX")) {
        spectrum[record.getCalledChrCount(record.getAlternateAllele(0))]++;
        singleAllele++;
      }
    }
    // Under 1/i the harmonic number of 159 is 5.65: singletons are 18 % of what varies.
    double singletons = (double) spectrum[1] / (singleAllele - spectrum[0]);
    assertTrue(singletons > 0.12 && singletons < 0.26, "singletons: " + singletons);
    assertTrue(spectrum[1] > 1.4 * spectrum[2] && spectrum[2] > spectrum[5]);
    assertTrue(spectrum[0] > 0, "sites at which nobody varies");
  }

  @Test
  void malesAreHaploidOnXAndOnlyThere() {
    for (VariantContext record : records) {
      boolean x = record.getContig().equals("chrX");
      for (int i = 0; i < SAMPLES; i++) {
        int ploidy = record.getGenotype(String.format("HB%04d", i + 1)).getPloidy();
        assertEquals(x && i % 2 == 0 ? 1 : 2, ploidy);
      }
    }
  }

  @Test
  void oneContigIsPhased() {
    assertTrue(
        count(
                record ->
                    record.getGenotypes().stream().anyMatch(call -> call.isPhased() && call.isHet())
                        ? 1
                        : 0)
            > 500);
  }

  @Test
  void filtersAndMissingQualitiesOccur() {
    Set<String> filters = new HashSet<>();
    records.forEach(record -> filters.addAll(record.getFilters()));
    assertEquals(Set.of("LowQual", "SnpCluster", "ExcessHet"), filters);
    assertTrue(count(record -> record.filtersWereApplied() ? 0 : 1) > 5, "no filter applied");
    assertTrue(count(record -> record.hasLog10PError() ? 0 : 1) > 5, "no quality");
    int passed = count(record -> record.isNotFiltered() && record.filtersWereApplied() ? 1 : 0);
    assertTrue(passed > 0.9 * records.size(), "passed: " + passed);
  }

  @Test
  void halfCallsAndMissingCallsOccur() {
    int half =
        count(record -> (int) record.getGenotypes().stream().filter(Genotype::isMixed).count());
    int missing =
        count(record -> (int) record.getGenotypes().stream().filter(Genotype::isNoCall).count());
    assertTrue(half > 100, "half: " + half);
    assertTrue(missing > 0.005 * SAMPLES * records.size(), "missing: " + missing);
    assertTrue(missing < 0.03 * SAMPLES * records.size(), "missing: " + missing);
  }

  @Test
  void oneSampleIsBad() {
    double othersMost = 0;
    double bad = 0;
    for (int i = 0; i < SAMPLES; i++) {
      String name = String.format("HB%04d", i + 1);
      int missing = count(record -> record.getGenotype(name).isNoCall() ? 1 : 0);
      if (name.equals(BAD)) {
        bad = missing;
      } else {
        othersMost = Math.max(othersMost, missing);
      }
    }
    assertTrue(bad > 0.1 * records.size(), "bad: " + bad);
    assertTrue(othersMost < 0.05 * records.size(), "others: " + othersMost);
    int hets = count(record -> record.getGenotype(BAD).isHet() ? 1 : 0);
    int usual = count(record -> record.getGenotype("HB0076").isHet() ? 1 : 0);
    assertTrue(hets > 1.1 * usual, hets + " against " + usual);
  }

  @Test
  void someSitesViolateHardyWeinbergBothWays() {
    int excess = 0;
    int deficit = 0;
    for (VariantContext record : records) {
      if (record.isBiallelic() && !record.getContig().equals("chrX")) {
        int het = record.getHetCount();
        int homAlt = record.getHomVarCount();
        excess += het > 60 ? 1 : 0;
        deficit += homAlt > 10 && het <= 3 ? 1 : 0;
      }
    }
    assertTrue(excess >= 5, "excess: " + excess);
    assertTrue(deficit >= 5, "deficit: " + deficit);
  }

  @Test
  void aFewStoredCountsAreStale() {
    int stale =
        count(
            record -> {
              int stored = record.getAttributeAsIntList("AC", -1).get(0);
              return stored == record.getCalledChrCount(record.getAlternateAllele(0)) ? 0 : 1;
            });
    assertTrue(stale > 0 && stale < 20, "stale: " + stale);
  }

  private static int count(ToIntFunction<VariantContext> counter) {
    return records.stream().mapToInt(counter).sum();
  }
}
