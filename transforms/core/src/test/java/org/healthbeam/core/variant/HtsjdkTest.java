package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.util.CloserUtil;
import htsjdk.tribble.AbstractFeatureReader;
import htsjdk.tribble.FeatureReader;
import htsjdk.tribble.readers.LineIterator;
import htsjdk.variant.variantcontext.Allele;
import htsjdk.variant.variantcontext.Genotype;
import htsjdk.variant.variantcontext.VariantContext;
import htsjdk.variant.vcf.VCFCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Counts from the bytes equal counts from htsjdk's objects. */
class HtsjdkTest {

  @Test
  void countsOfThousandGenomesAreEqual() throws IOException {
    Path file = SharedVcf.path(SharedVcf.THOUSAND_GENOMES);
    assertSame(file, VcfText.scan(SharedVcf.bytes(SharedVcf.THOUSAND_GENOMES)));
  }

  @Test
  void countsOfTheTrioAreEqual() throws IOException {
    Path file = SharedVcf.path(SharedVcf.CEU_TRIO);
    assertSame(file, VcfText.scan(SharedVcf.bytes(SharedVcf.CEU_TRIO)));
  }

  @Test
  void countsOfTheSampleCohortAreEqual() throws IOException {
    Path file =
        Path.of(
            System.getProperty("healthbeam.root", "../.."), "samples/data/variants/cohort.vcf.gz");
    byte[] text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      text = in.readAllBytes();
    }
    VcfText ours = VcfText.scan(text);
    assertTrue(ours.rejects.isEmpty(), ours.rejects::toString);
    assertSame(file, ours);
  }

  @Property(tries = 100)
  void countsOfGeneratedFilesAreEqual(@ForAll("records") List<String> records) throws IOException {
    byte[] text = VcfText.text(GeneratedVcf.SAMPLES, records.toArray(new String[0]));
    Path file = Files.createTempFile("generated", ".vcf");
    try {
      Files.write(file, text);
      VcfText ours = VcfText.scan(text);
      assertTrue(ours.rejects.isEmpty(), ours.rejects::toString);
      assertSame(file, ours);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  net.jqwik.api.Arbitrary<List<String>> records() {
    return GeneratedVcf.records();
  }

  private static void assertSame(Path file, VcfText ours) throws IOException {
    Map<String, long[]> samples = new HashMap<>();
    long records = 0;
    int row = 0;
    try (FeatureReader<VariantContext> reader =
        AbstractFeatureReader.<VariantContext, LineIterator>getFeatureReader(
            file.toString(), new VCFCodec(), false)) {
      var iterator = reader.iterator();
      while (iterator.hasNext()) {
        VariantContext context = iterator.next();
        records++;
        Counts counts = new Counts(context, samples);
        for (Allele alternate : context.getAlternateAlleles()) {
          if (!alternate.isNonRefAllele()) {
            counts.assertEqualTo(ours.rows.get(row++), alternate);
          }
        }
      }
      CloserUtil.close(iterator);
    }
    assertEquals(records, ours.sites().get(SiteCounter.RECORDS));
    assertEquals(row, ours.rows.size());
    for (SampleSummary s : ours.totals.cohort().samples().summaries()) {
      long[] theirs = samples.getOrDefault(s.sample(), new long[5]);
      assertEquals(theirs[0], s.nCalled());
      assertEquals(theirs[1], s.nHomRef() + s.nHapRef());
      assertEquals(theirs[2], s.nHet());
      assertEquals(theirs[3], s.nHomAlt() + s.nHapAlt());
      assertEquals(theirs[4], s.privates());
    }
  }

  /** One record's counts, from htsjdk's genotypes. */
  private static final class Counts {
    private final VariantContext context;
    private final int[] n = new int[7];
    private long an;
    private final Moments depth = new Moments();
    private final Moments quality = new Moments();

    Counts(VariantContext context, Map<String, long[]> samples) {
      this.context = context;
      Map<Allele, String> carrier = new HashMap<>();
      for (Genotype g : context.getGenotypes()) {
        long[] sample = samples.computeIfAbsent(g.getSampleName(), s -> new long[5]);
        long known = g.getAlleles().stream().filter(Allele::isCalled).count();
        an += known;
        int kind = kind(g, known);
        n[kind]++;
        if (kind > 1) {
          add(g, sample);
        }
        for (Allele allele : new HashSet<>(g.getAlleles())) {
          carrier.merge(allele, g.getSampleName(), (one, other) -> "");
        }
      }
      carrier.forEach(
          (allele, name) -> {
            if (allele.isCalled()
                && allele.isNonReference()
                && !allele.isNonRefAllele()
                && !name.isEmpty()) {
              samples.get(name)[4]++;
            }
          });
    }

    private static int kind(Genotype g, long known) {
      if (known == 0) {
        return 0;
      }
      if (known < g.getPloidy()) {
        return 1;
      }
      boolean reference = g.getAllele(0).isReference();
      if (g.getPloidy() == 1) {
        return reference ? 5 : 6;
      }
      return g.isHet() ? 3 : reference ? 2 : 4;
    }

    private void add(Genotype g, long[] sample) {
      sample[0]++;
      sample[g.isHet() ? 2 : g.getAllele(0).isReference() ? 1 : 3]++;
      if (g.hasDP()) {
        depth.add(g.getDP());
      }
      if (g.hasGQ()) {
        quality.add(g.getGQ() * (long) VariantSummary.QUALITY_SCALE);
      }
    }

    void assertEqualTo(VariantSummary v, Allele alternate) {
      assertEquals(context.getContig(), v.contig());
      assertEquals(context.getStart(), v.pos());
      assertEquals(alternate.getDisplayString(), v.alt().replaceAll("^<(.*)>$", "<$1>"));
      assertEquals(context.getCalledChrCount(alternate), v.ac());
      assertEquals(an, v.an());
      assertEquals(n[0], v.nMissing());
      assertEquals(n[1], v.nPartial());
      assertEquals(n[2], v.nHomRef());
      assertEquals(n[3], v.nHet());
      assertEquals(n[5], v.nHapRef());
      assertEquals(n[6], v.nHapAlt());
      long homozygous =
          context.getGenotypes().stream()
              .filter(g -> g.getPloidy() > 1)
              .filter(g -> g.getAlleles().stream().allMatch(alternate::equals))
              .count();
      assertEquals(homozygous, v.nHomAlt());
      assertEquals(depth, v.depth());
      assertEquals(quality, v.quality());
      if (context.isBiallelic()) {
        assertType(v);
      }
    }

    /** htsjdk trims nothing either, but calls by length only what has the same length. */
    private void assertType(VariantSummary v) {
      switch (context.getType()) {
        case SNP -> assertEquals(AlleleType.SNP, v.type());
        case INDEL -> assertTrue(v.ref().length() != v.alt().length());
        case MNP -> assertEquals(v.ref().length(), v.alt().length());
        default -> assertTrue(v.type().compareTo(AlleleType.COMPLEX) >= 0);
      }
    }
  }
}
