package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownLines;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;

/** Totals are the same, to the byte, however the records are split and the parts merged. */
class MergeOrderTest {
  /** Of some generated places, so that alleles are known and novel. */
  private static final String[] KNOWN =
      java.util.stream.IntStream.concat(
              java.util.stream.IntStream.rangeClosed(1, 100),
              java.util.stream.IntStream.rangeClosed(2_999_900, 3_000_000))
          .boxed()
          .flatMap(
              pos ->
                  java.util.stream.Stream.of("1\t%d\tA\tT", "chr2\t%d\tC\tT,TT")
                      .map(t -> t.formatted(pos)))
          .toArray(String[]::new);

  private static final Axes AXES = axes();

  @Property(tries = 200)
  void partsMergeInAnyOrderToTheWhole(@ForAll("records") List<String> records, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<CohortTotals> parts = new ArrayList<>();
    for (int from = 0; from < records.size(); ) {
      int to = Math.min(records.size(), from + 1 + random.nextInt(5));
      parts.add(scan(records.subList(from, to)).totals.cohort());
      from = to;
    }
    parts.add(scan(List.of()).totals.cohort());
    Collections.shuffle(parts, random);
    while (parts.size() > 1) {
      CohortTotals merged = parts.remove(random.nextInt(parts.size()));
      merged.add(copy(parts.remove(random.nextInt(parts.size()))));
      parts.add(merged);
    }
    CohortTotals whole = scan(records).totals.cohort();
    assertEquals(whole, parts.get(0));
    assertEquals(
        java.util.Arrays.toString(bytes(whole)), java.util.Arrays.toString(bytes(parts.get(0))));
  }

  /** Whatever the records, every genotype and every allele is counted exactly once. */
  @Property(tries = 200)
  void samplesAndSitesAddUp(@ForAll("records") List<String> records) {
    VcfText text = scan(records);
    List<SampleSummary> samples = text.totals.cohort().samples().summaries();
    SiteTotals sites = text.sites();
    for (SampleSummary s : samples) {
      assertEquals(records.size(), s.nCalled() + s.nMissing() + s.nPartial());
      assertEquals(s.nCalled(), s.nHomRef() + s.nHet() + s.nHomAlt() + s.nHapRef() + s.nHapAlt());
    }
    assertEquals(sites.get(SiteCounter.HET), samples.stream().mapToLong(SampleSummary::nHet).sum());
    assertEquals(
        sites.get(SiteCounter.SINGLETON),
        samples.stream().mapToLong(SampleSummary::singletons).sum());
    assertEquals(
        sites.get(SiteCounter.PRIVATE), samples.stream().mapToLong(SampleSummary::privates).sum());
    assertEquals(
        text.rows.stream().mapToLong(VariantSummary::ac).sum(),
        samples.stream()
            .mapToLong(
                s ->
                    s.nSnp()
                        + s.nMnp()
                        + s.nIns()
                        + s.nDel()
                        + s.nComplex()
                        + s.nStar()
                        + s.nSymbolic())
            .sum());
  }

  @Property(tries = 50)
  void regionsAddUpToTheCohort(@ForAll("records") List<String> records) {
    byte[] text = VcfText.text(GeneratedVcf.SAMPLES, records.toArray(new String[0]));
    Totals totals =
        VcfText.scan(text, OnInvalid.STRICT, Filters.all(), Regions.windows(1_000_000)).totals;
    SiteTotals sum = new SiteTotals();
    totals.regions().values().forEach(sum::add);
    assertEquals(totals.cohort().sites(), sum);
  }

  @Provide
  Arbitrary<List<String>> records() {
    return GeneratedVcf.records();
  }

  /** Along every axis, and without the records of one filter. */
  private static VcfText scan(List<String> records) {
    return VcfText.scan(
        VcfText.text(GeneratedVcf.SAMPLES, records.toArray(new String[0])),
        OnInvalid.SKIP,
        Filters.all(),
        AXES);
  }

  private static Axes axes() {
    try {
      KnownSites known = KnownLines.read("known", lines(KNOWN), ContigNames.builtIn());
      Populations populations =
          Populations.read("populations", lines("S1\tA", "S2\tA,B", "S3\tB", "S4\tC"));
      return new Axes(ContigNames.builtIn(), Regions.none(), known, populations);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static BufferedReader lines(String... lines) {
    return new BufferedReader(new StringReader(String.join("\n", lines)));
  }

  private static byte[] bytes(CohortTotals totals) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    totals.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static CohortTotals copy(CohortTotals totals) throws IOException {
    return CohortTotals.read(new DataInputStream(new ByteArrayInputStream(bytes(totals))));
  }
}
