package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.reference.ContigNames;
import org.junit.jupiter.api.Test;

class RegionsTest {
  private static final Comparator<Region> ORDER =
      Comparator.comparingLong(Region::start)
          .thenComparingLong(Region::end)
          .thenComparing(Region::name);

  @Test
  void windowsBeginAtTheFirstBase() {
    assertEquals(List.of(new Region("1", 0, 10, "")), containing(Regions.windows(10), "1", 10));
    assertEquals(List.of(new Region("1", 10, 20, "")), containing(Regions.windows(10), "1", 11));
    assertEquals(List.of(new Region("1", 0, 10, "")), containing(Regions.windows(10), "1", 0));
  }

  @Test
  void widthsHaveAUnit() {
    assertEquals(1_000_000, Regions.widthOf("1mb"));
    assertEquals(50_000, Regions.widthOf("50KB"));
    assertEquals(500, Regions.widthOf("500bp"));
    assertEquals(-1, Regions.widthOf("500"));
    assertEquals(-1, Regions.widthOf("0mb"));
    assertEquals(-1, Regions.widthOf("genes.bed"));
  }

  @Test
  void aWidthOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Regions.windows(0));
  }

  @Property
  void listedRegionsAreFoundAsByLookingAtEach(
      @ForAll("regions") List<Region> regions, @ForAll @IntRange(min = 0, max = 40) int pos) {
    List<Region> expected =
        regions.stream()
            .distinct()
            .filter(r -> r.contig().equals("1") && r.start() < pos && pos <= r.end())
            .sorted(ORDER)
            .toList();
    assertEquals(expected, containing(Regions.of(regions, ContigNames.builtIn()), "1", pos));
  }

  @Property
  void theBasesOfASpanAreThoseOfEachPlace(
      @ForAll("regions") List<Region> regions,
      @ForAll @IntRange(min = 1, max = 40) int pos,
      @ForAll @IntRange(min = 1, max = 12) int length,
      @ForAll boolean windows) {
    Regions among = windows ? Regions.windows(7) : Regions.of(regions, ContigNames.builtIn());
    Map<Region, Long> expected = new HashMap<>();
    for (int base = pos; base < pos + length; base++) {
      containing(among, "1", base).forEach(region -> expected.merge(region, 1L, Long::sum));
    }
    Map<Region, Long> found = new HashMap<>();
    List<Region> atPos = new ArrayList<>();
    among.overlapping(
        "1",
        pos,
        length,
        (region, from, to) -> {
          found.merge(region, to - from, Long::sum);
          if (from == 0) {
            atPos.add(region);
          }
        });
    assertEquals(expected, found);
    atPos.sort(ORDER);
    assertEquals(containing(among, "1", pos), atPos);
  }

  @Test
  void calledBasesOfABlockAreCutAtTheRegions() {
    byte[] block = VcfText.text(1, "1 999991 . A <NON_REF> . . END=1999990 GT 0/0");
    Map<Region, SiteTotals> windows = regions(block, Regions.windows(1_000_000));
    assertEquals(
        Map.of(
            new Region("1", 0, 1_000_000, ""),
            10L,
            new Region("1", 1_000_000, 2_000_000, ""),
            999_990L),
        bases(windows));
    assertEquals(
        0, windows.get(new Region("1", 1_000_000, 2_000_000, "")).get(SiteCounter.RECORDS));
    Region inside = new Region("1", 1_500_000, 1_500_100, "gene");
    Region before = new Region("1", 0, 999_990, "none");
    assertEquals(
        Map.of(inside, 100L),
        bases(regions(block, Regions.of(List.of(inside, before), ContigNames.builtIn()))));
  }

  @Test
  void calledBasesOfASampleAreCutByItsOwnLength() {
    byte[] block = VcfText.text(5, 3, "1 8 . A <*> . . . GT:LEN 0/0:10 0/0:2 ./.:30");
    assertEquals(
        Map.of(new Region("1", 0, 10, ""), 5L, new Region("1", 10, 20, ""), 7L),
        bases(regions(block, Regions.windows(10))));
  }

  @Test
  void regionsBeyondAFewAreGivenAwayWhileASpanIsCounted() throws RejectedException {
    VcfHeader header = VcfHeader.of(2, List.of("A"));
    Totals totals = new Totals();
    totals.expect(header, "a.vcf");
    long[] away = new long[2];
    totals.giveRegionsAway(
        3,
        (region, sites) -> {
          away[0]++;
          away[1] += sites.get(SiteCounter.CALLED_BASES);
        });
    byte[] line = "1\t1\t.\tA\t<*>\t.\t.\tEND=100\tGT\t0/0".getBytes(StandardCharsets.UTF_8);
    new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.windows(10))
        .scan(line, 0, line.length, header, totals, row -> {});
    assertEquals(9, away[0]);
    assertEquals(90, away[1]);
    assertEquals(1, totals.regions().size());
  }

  private static Map<Region, SiteTotals> regions(byte[] text, Regions regions) {
    return VcfText.scan(text, OnInvalid.SKIP, Filters.all(), regions).totals.regions();
  }

  private static Map<Region, Long> bases(Map<Region, SiteTotals> regions) {
    Map<Region, Long> result = new HashMap<>();
    regions.forEach((region, sites) -> result.put(region, sites.get(SiteCounter.CALLED_BASES)));
    return result;
  }

  @Provide
  Arbitrary<List<Region>> regions() {
    return Combinators.combine(
            Arbitraries.of("1", "2"),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, 12),
            Arbitraries.of("", "a"))
        .as((contig, start, length, name) -> new Region(contig, start, start + length, name))
        .list()
        .ofMaxSize(25);
  }

  private static List<Region> containing(Regions regions, String contig, int pos) {
    List<Region> found = new ArrayList<>();
    regions.overlapping(
        contig,
        pos,
        1,
        (region, from, to) -> {
          assertEquals(0, from);
          assertEquals(1, to);
          found.add(region);
        });
    found.sort(ORDER);
    return found;
  }
}
