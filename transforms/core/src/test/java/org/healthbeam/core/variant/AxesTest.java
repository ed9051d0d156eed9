package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.DifferentAssembliesException;
import org.healthbeam.core.variant.reference.KnownLines;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.junit.jupiter.api.Test;

/** Filters, populations, known alleles and names of sequences, in one scan. */
class AxesTest {
  private static final Map<String, List<Integer>> POPULATIONS =
      Map.of("A", List.of(0, 1), "B", List.of(1, 2, 4), "C", List.of(3));

  private static BufferedReader lines(String... lines) {
    return new BufferedReader(new StringReader(String.join("\n", lines).replace(' ', '\t')));
  }

  private static KnownSites known(String... lines) throws IOException {
    return KnownLines.read("known.tsv", lines(lines), ContigNames.builtIn());
  }

  private static Populations populations(String... lines) throws IOException {
    return Populations.read("populations.tsv", lines(lines));
  }

  private static VcfText scan(Axes axes, int samples, String... records) {
    return VcfText.scan(VcfText.text(samples, records), OnInvalid.SKIP, Filters.all(), axes);
  }

  private static Axes of(KnownSites known, Populations populations) {
    return new Axes(ContigNames.builtIn(), Regions.windows(1000), known, populations);
  }

  /** A population's rows and totals are those of a file with its samples only. */
  @Property(tries = 150)
  void aPopulationIsAFileOfItsSamples(@ForAll("records") List<String> records) throws IOException {
    String[] table =
        POPULATIONS.entrySet().stream()
            .flatMap(e -> e.getValue().stream().map(s -> "S" + (s + 1) + " " + e.getKey()))
            .toArray(String[]::new);
    VcfText whole =
        scan(of(null, populations(table)), GeneratedVcf.SAMPLES, records.toArray(String[]::new));
    assertEquals(Map.of(), whole.rejects);
    for (Map.Entry<String, List<Integer>> population : POPULATIONS.entrySet()) {
      String[] alone =
          records.stream().map(r -> only(r, population.getValue())).toArray(String[]::new);
      VcfText part = VcfText.records(population.getValue().size(), alone);
      assertEquals(Map.of(), part.rejects);
      assertEquals(
          part.rows.stream().map(row -> row(row, population.getKey())).toList(),
          whole.populations.stream()
              .filter(row -> row.population().equals(population.getKey()))
              .toList());
      SiteTotals totals =
          whole.totals.cohort().byPopulation().getOrDefault(population.getKey(), new SiteTotals());
      for (SiteCounter counter :
          List.of(
              SiteCounter.RECORDS,
              SiteCounter.CALLED,
              SiteCounter.MISSING,
              SiteCounter.PARTIAL,
              SiteCounter.HOM_REF,
              SiteCounter.HET,
              SiteCounter.HOM_ALT,
              SiteCounter.HAP_REF,
              SiteCounter.HAP_ALT,
              SiteCounter.SINGLETON)) {
        assertEquals(part.sites().get(counter), totals.get(counter), counter.label());
      }
      assertEquals(
          part.rows.stream().filter(row -> row.ac() > 0).count(), totals.get(SiteCounter.ALLELES));
    }
  }

  private static String only(String record, List<Integer> samples) {
    String[] columns = record.split(" ");
    return Stream.concat(Arrays.stream(columns, 0, 9), samples.stream().map(s -> columns[9 + s]))
        .collect(Collectors.joining(" "));
  }

  private static PopulationSummary row(VariantSummary v, String population) {
    return new PopulationSummary(
        v.contig(),
        v.pos(),
        v.ref(),
        v.alt(),
        population,
        v.nMissing(),
        v.nPartial(),
        v.nHomRef(),
        v.nHet(),
        v.nHomAlt(),
        v.nHapRef(),
        v.nHapAlt(),
        v.nCalled(),
        v.ac(),
        v.an(),
        v.acSecond(),
        v.diploidHom(),
        v.diploidHet(),
        v.diploidRest());
  }

  @Test
  void allelesThatNoOtherPopulationHasArePrivate() throws IOException {
    VcfText text =
        scan(
            of(null, populations("S1 A", "S2 A", "S3 B")),
            3,
            "1 5 . A C . . . GT 0/1 1/1 0/0",
            "1 6 . A C . . . GT 0/1 0/0 0/1");
    Map<String, SiteTotals> by = text.totals.cohort().byPopulation();
    assertEquals(1, by.get("A").get(SiteCounter.PRIVATE));
    assertEquals(2, by.get("A").get(SiteCounter.ALLELES));
    assertEquals(1, by.get("A").get(SiteCounter.SINGLETON));
    assertEquals(0, by.get("B").get(SiteCounter.PRIVATE));
    assertEquals(1, by.get("B").get(SiteCounter.ALLELES));
  }

  @Test
  void aTableOfOtherSamplesIsAnErrorThatNamesIt() throws IOException {
    Axes axes = of(null, populations("SECRET A"));
    String message =
        assertThrows(
                UnknownSamplesException.class, () -> scan(axes, 2, "1 5 . A C . . . GT 0/1 1/1"))
            .getMessage();
    assertTrue(message.contains("None of the 2 samples"), message);
    assertTrue(message.contains("populations.tsv") && !message.contains("SECRET"), message);
  }

  /** What a filter comes to is what is counted if it alone is asked for. */
  @Property(tries = 100)
  void byFilterIsWhatTheFilterAloneComesTo(@ForAll("records") List<String> records) {
    byte[] text = VcfText.text(GeneratedVcf.SAMPLES, records.toArray(String[]::new));
    CohortTotals all =
        VcfText.scan(text, OnInvalid.STRICT, Filters.all(), Regions.none()).totals.cohort();
    for (String filter : List.of("PASS", ".", "q10", "s50")) {
      CohortTotals one =
          VcfText.scan(text, OnInvalid.STRICT, Filters.named(List.of(filter)), Regions.none())
              .totals
              .cohort();
      SiteTotals expected = one.sites();
      SiteTotals found = all.byFilter().getOrDefault(filter, new SiteTotals());
      for (SiteCounter counter : SiteCounter.values()) {
        if (counter != SiteCounter.CALLED_BASES) {
          assertEquals(expected.get(counter), found.get(counter), filter + counter.label());
        }
      }
      assertEquals(all.recordsByFilter(), one.recordsByFilter());
      // The columns of records left out are counted as if they were not.
      SiteTotals columns = new SiteTotals();
      columns.add(one.byFilter().getOrDefault("q10", new SiteTotals()));
      columns.add(one.leftOutByFilter().getOrDefault("q10", new SiteTotals()));
      SiteTotals q10 = all.byFilter().getOrDefault("q10", new SiteTotals());
      for (SiteCounter counter :
          List.of(SiteCounter.ALLELES, SiteCounter.SNP, SiteCounter.TI, SiteCounter.TV)) {
        assertEquals(q10.get(counter), columns.get(counter), counter.label());
      }
    }
  }

  @Test
  void knownAndNovelAllelesAreCountedOnEveryAxis() throws IOException {
    VcfText text =
        scan(
            of(known("chr1 5 A G", "chr1 7 AT A"), null),
            2,
            "1 5 . A G,C,* . . . GT 1/2 1/3",
            "1 7 . ATG AG . . . GT 0/1 ./1",
            "1 9 . A <DEL>,T . . . GT 0/1 2/2");
    assertEquals(
        List.of("known", "novel", "", "known", "", "novel"),
        text.rows.stream().map(row -> row.novelty().label()).toList());
    SiteTotals sites = text.sites();
    assertEquals(2, sites.get(SiteCounter.KNOWN));
    assertEquals(2, sites.novel());
    assertEquals(1, sites.get(SiteCounter.KNOWN_TI));
    assertEquals(0, sites.get(SiteCounter.KNOWN_TV));
    assertEquals(0, sites.tiTvNovel());
    assertEquals(sites, text.totals.regions().get(new Region("1", 0, 1000, "")));
    assertEquals(2, text.sample(0).nKnown());
    assertEquals(1, text.sample(0).nNovel());
    assertEquals(2, text.sample(1).nKnown());
    assertEquals(2, text.sample(1).nNovel());
    assertEquals(1, text.sample(1).nTiKnown());
    assertEquals(0, text.totals.cohort().unknownElsewhere());
  }

  @Test
  void sequencesAreTheSameUnderAnyName() throws IOException {
    Regions regions = Regions.of(List.of(new Region("chr1", 0, 10, "r")), ContigNames.builtIn());
    VcfText text =
        scan(
            new Axes(ContigNames.builtIn(), regions, known("NC_000001.11 5 A G"), null),
            1,
            "1 5 . A G . . . GT 0/1",
            "chr1 5 . A G . . . GT 0/1",
            "2 5 . A G . . . GT 0/1");
    assertEquals(2, text.totals.regions().get(new Region("1", 0, 10, "r")).get(SiteCounter.KNOWN));
    assertEquals(1, text.totals.cohort().elsewhere());
    assertEquals(1, text.totals.cohort().unknownElsewhere());
    assertEquals(Map.of("1", 1L, "2", 1L, "chr1", 1L), text.totals.cohort().recordsByContig());
    assertThrows(
        DifferentAssembliesException.class,
        () -> scan(of(known("NC_000001.11 5 A G"), null), 1, "NC_000001.10 5 . A G . . . GT 0/1"));
  }

  private static byte[] onMitochondrion(int length) {
    return """
        ##fileformat=VCFv4.2
        ##contig=<ID=chr1,length=16571>
        ##contig=<ID=chrM,length=%d>
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
        chrM\t5\t.\tA\tG\t.\t.\t.
        """
        .formatted(length)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** UCSC's hg19 calls NC_001807.4 chrM, which has other places than NC_012920.1. */
  @Test
  void theMitochondrionOfHg19IsNotTakenForTheRevisedOne() throws IOException {
    Regions mt = Regions.of(List.of(new Region("MT", 0, 10, "r")), ContigNames.builtIn());
    List<Axes> revised =
        List.of(
            of(known("MT 5 A G"), null),
            of(known("M 5 A G", "NC_012920.1 5 A G"), null),
            new Axes(ContigNames.builtIn(), mt, null, null));
    for (Axes axes : revised) {
      String message =
          assertThrows(
                  DifferentAssembliesException.class,
                  () -> VcfText.scan(onMitochondrion(16571), OnInvalid.SKIP, Filters.all(), axes))
              .getMessage();
      assertTrue(message.contains("chrM") && message.contains("NC_001807.4"), message);
      VcfText.scan(onMitochondrion(16569), OnInvalid.SKIP, Filters.all(), axes);
    }
    Axes same = of(known("chrM 5 A G"), null);
    VcfText text = VcfText.scan(onMitochondrion(16571), OnInvalid.SKIP, Filters.all(), same);
    assertEquals(1, text.sites().get(SiteCounter.KNOWN));
  }

  /** Genes as a table of all pairs has them. */
  @Test
  void manyOverlappingGenesAreFoundAsByLookingAtEach() {
    java.util.Random random = new java.util.Random(7);
    List<Region> genes =
        IntStream.range(0, 60_000)
            .mapToObj(
                i -> {
                  long start = random.nextInt(50_000_000);
                  return new Region(
                      "chr" + (1 + i % 3), start, start + 1 + random.nextInt(200_000), "g" + i);
                })
            .toList();
    Regions regions = Regions.of(genes, ContigNames.builtIn());
    for (int i = 0; i < 200; i++) {
      String contig = "" + (1 + random.nextInt(3));
      int pos = 1 + random.nextInt(50_000_000);
      List<String> expected =
          genes.stream()
              .filter(g -> g.contig().equals("chr" + contig) && g.start() < pos && pos <= g.end())
              .map(Region::name)
              .sorted()
              .toList();
      List<String> found = new java.util.ArrayList<>();
      regions.overlapping(contig, pos, 1, (region, from, to) -> found.add(region.name()));
      assertEquals(expected, found.stream().sorted().toList());
    }
  }

  @Provide
  Arbitrary<List<String>> records() {
    return GeneratedVcf.records();
  }
}
