package org.healthbeam.core.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.tribble.AbstractFeatureReader;
import htsjdk.tribble.CloseableTribbleIterator;
import htsjdk.tribble.FeatureReader;
import htsjdk.tribble.readers.LineIterator;
import htsjdk.variant.variantcontext.Allele;
import htsjdk.variant.variantcontext.Genotype;
import htsjdk.variant.variantcontext.VariantContext;
import htsjdk.variant.vcf.VCFCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.healthbeam.core.variant.VariantSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many files of one sample, read by htsjdk and joined place by place as slowly as can be, come to
 * what the join by bins comes to.
 */
class HtsjdkJoinTest {
  private static final int SAMPLES = 120;
  private static final int PLACES = 80;
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      ##INFO=<ID=END,Number=1,Type=Integer,Description="End">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
      ##ALT=<ID=NON_REF,Description="Any other">
      """;

  @TempDir private Path folder;

  @Test
  void manyFilesOfOneSampleAreJoinedAsFromTheObjectsOfHtsjdk() throws IOException {
    Random random = new Random(20);
    JoinedText ours = JoinedText.files().width(100).mixed(7);
    Map<String, List<VariantContext>> theirs = new LinkedHashMap<>();
    for (int s = 0; s < SAMPLES; s++) {
      String sample = "s" + s;
      List<String> records = s % 3 == 0 ? blocks(random) : sites(random);
      ours.file(sample, records.toArray(new String[0]));
      theirs.put(sample, read(sample, records));
    }
    ours.join();
    Map<String, String> expected = slowJoin(theirs);
    Map<String, String> seen = new TreeMap<>();
    ours.rows.forEach((key, row) -> seen.put(key, counts(row)));
    assertEquals(expected, seen);
    assertTrue(seen.size() > PLACES, "there are places with several alternates");
  }

  /** Records of sites only: where there is none the sample is missing. */
  private static List<String> sites(Random random) {
    List<String> records = new ArrayList<>();
    for (int place = 1; place <= PLACES; place++) {
      if (random.nextInt(3) == 0) {
        records.add(site(random, place, ""));
      }
    }
    return records;
  }

  /** A gVCF: sites and, between them, blocks of reference or of nothing known. */
  private static List<String> blocks(Random random) {
    List<String> records = new ArrayList<>();
    for (int place = 1; place <= PLACES; place++) {
      if (random.nextInt(3) == 0) {
        records.add(site(random, place, ",<NON_REF>"));
      } else if (random.nextInt(4) > 0) {
        int last = Math.min(PLACES, place + random.nextInt(4));
        String genotype = random.nextInt(5) == 0 ? "./." : "0/0";
        records.add(
            "1 %d . A <NON_REF> . . END=%d GT %s".formatted(10 * place, 10 * last + 4, genotype));
        place = last;
      }
    }
    return records;
  }

  private static String site(Random random, int place, String more) {
    List<String> alternates = List.of("C", "G", "AT", "C,G", "AT,C");
    String alternate = alternates.get(random.nextInt(alternates.size()));
    List<String> genotypes =
        alternate.contains(",")
            ? List.of("0/1", "1/2", "2|2", "2/.", "0/0")
            : List.of("0/1", "1/1", "0|0", "./.", "./1", "1|0");
    return "1 %d . A %s%s 30 PASS . GT %s"
        .formatted(10 * place, alternate, more, genotypes.get(random.nextInt(genotypes.size())));
  }

  private List<VariantContext> read(String sample, List<String> records) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t").append(sample);
    records.forEach(record -> text.append('\n').append(record.replace(' ', '\t')));
    Path file = Files.writeString(folder.resolve(sample + ".vcf"), text.append('\n'));
    List<VariantContext> contexts = new ArrayList<>();
    try (FeatureReader<VariantContext> reader =
            AbstractFeatureReader.<VariantContext, LineIterator>getFeatureReader(
                file.toString(), new VCFCodec(), false);
        CloseableTribbleIterator<VariantContext> all = reader.iterator()) {
      all.forEach(contexts::add);
    }
    return contexts;
  }

  private static List<Allele> alternates(VariantContext context) {
    return context.getAlternateAlleles().stream().filter(a -> !a.isNonRefAllele()).toList();
  }

  /** For every place and alternate that any sample lists, all samples are looked through. */
  private static Map<String, String> slowJoin(Map<String, List<VariantContext>> samples) {
    Map<Integer, TreeSet<String>> places = new TreeMap<>();
    for (List<VariantContext> records : samples.values()) {
      for (VariantContext record : records) {
        for (Allele alternate : alternates(record)) {
          places
              .computeIfAbsent(record.getStart(), p -> new TreeSet<>())
              .add(alternate.getBaseString());
        }
      }
    }
    Map<String, String> rows = new TreeMap<>();
    places.forEach(
        (place, listed) -> {
          List<Genotype> genotypes = new ArrayList<>();
          samples.values().forEach(records -> genotypes.add(speaking(records, place)));
          for (String alternate : listed) {
            rows.put("1 " + place + " A " + alternate, counts(genotypes, alternate));
          }
        });
    return rows;
  }

  /** Returns the genotype of the record there, or of the block around it; null if there is none. */
  private static Genotype speaking(List<VariantContext> records, int place) {
    Genotype spoken = null;
    for (VariantContext record : records) {
      if (record.getStart() <= place && record.getEnd() >= place) {
        spoken = record.getGenotype(0);
      }
    }
    return spoken;
  }

  private static String counts(List<Genotype> genotypes, String alternate) {
    int[] n = new int[7]; // missing, partial, hom ref, het, hom alt, ac, an
    for (Genotype genotype : genotypes) {
      List<Allele> known =
          genotype == null
              ? List.of()
              : genotype.getAlleles().stream().filter(Allele::isCalled).toList();
      n[6] += known.size();
      n[5] += (int) known.stream().filter(a -> is(a, alternate)).count();
      if (known.isEmpty()) {
        n[0]++;
      } else if (known.size() < genotype.getPloidy()) {
        n[1]++;
      } else if (genotype.isHet()) {
        n[3]++;
      } else if (genotype.isHomRef()) {
        n[2]++;
      } else if (is(known.get(0), alternate)) {
        n[4]++;
      }
    }
    return Arrays.toString(n);
  }

  private static boolean is(Allele allele, String alternate) {
    return allele.isNonReference() && allele.getBaseString().equals(alternate);
  }

  private static String counts(VariantSummary row) {
    return List.of(
            row.nMissing(),
            row.nPartial(),
            row.nHomRef(),
            row.nHet(),
            row.nHomAlt(),
            row.ac(),
            row.an())
        .toString();
  }
}
