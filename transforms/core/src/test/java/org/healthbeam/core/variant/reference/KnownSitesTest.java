package org.healthbeam.core.variant.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KnownSitesTest {

  private static KnownSites read(String... lines) throws IOException {
    return KnownLines.read(
        "known",
        new BufferedReader(new StringReader(String.join("\n", lines).replace(' ', '\t'))),
        ContigNames.builtIn());
  }

  private static boolean has(KnownSites sites, String contig, int pos, String ref, String alt) {
    KnownSites.Cursor cursor = sites.cursor();
    return cursor.on(contig) && cursor.has(pos, ref, alt);
  }

  @Test
  void allelesAreTheSameWhateverTheyShare() throws IOException {
    KnownSites sites = read("chr1 100 GCACA GCA", "1 200 A t");
    assertTrue(has(sites, "1", 100, "GCA", "G"));
    assertTrue(has(sites, "NC_000001.11", 100, "gcacatt", "gcatt"));
    assertFalse(has(sites, "1", 102, "ACA", "A"));
    assertTrue(has(sites, "1", 199, "CAG", "CTG"));
    assertFalse(has(sites, "1", 200, "T", "A"));
    assertFalse(has(sites, "2", 200, "A", "T"));
    assertEquals(2, sites.size());
  }

  @Test
  void longAllelesAndOtherBasesAreExact() throws IOException {
    String longer = "ACGTTGCATGCCAGTAG";
    KnownSites sites =
        read("1 5 A " + longer, "1 5 A " + longer + "C", "1 9 A N", "1 5 A " + longer);
    assertEquals(3, sites.size());
    assertTrue(has(sites, "1", 5, "A", longer));
    assertTrue(has(sites, "1", 5, "A", longer + "C"));
    assertFalse(has(sites, "1", 5, "A", longer + "T"));
    assertFalse(has(sites, "1", 6, "A", longer));
    assertTrue(has(sites, "1", 9, "a", "n"));
    assertFalse(has(sites, "1", 9, "A", "C"));
  }

  @Test
  void vcfAndTablesAreReadAlike() throws IOException {
    KnownSites vcf =
        read(
            "##fileformat=VCFv4.2",
            "#CHROM POS ID REF ALT QUAL FILTER INFO",
            "1 5 rs1 A C,<DEL>,* . . .",
            "1 6 rs2 A . . . .",
            "1 7 rs3 A",
            "1 x rs4 A C . . .",
            "1 8 rs5 5 C . . .",
            "1 8 rs5 A C,, . . .");
    assertEquals(1, vcf.size());
    assertEquals(1, vcf.counts().used());
    assertEquals(1, vcf.counts().passedOver());
    List<Long> bad = new ArrayList<>();
    vcf.counts().bad((line, why, bytes) -> bad.add(line));
    assertEquals(List.of(5L, 6L, 7L, 8L), bad);
    for (String header : List.of("contig pos ref alt", "#contig pos ref alt")) {
      KnownSites table = read(header, "1 5 A C,G", "chr1 5 A C");
      assertEquals(2, table.size());
      assertEquals(2, table.counts().used());
    }
  }

  @Test
  void whatIsNoListIsAnError() {
    String[] lines = new String[KnownLines.MAX_BAD + 1];
    java.util.Arrays.fill(lines, "{}");
    String message = assertThrows(IOException.class, () -> read(lines)).getMessage();
    assertTrue(message.startsWith("known: ") && message.contains("no sites"), message);
  }

  /** One allele as it might be written. */
  private record Allele(String contig, int pos, String ref, String alt) {
    String line() {
      return String.join("\t", contig, "" + pos, ref, alt);
    }

    /** The slow way: bases are cut off one by one. */
    Allele minimal() {
      String r = ref;
      String a = alt;
      int p = pos;
      while (r.length() > 1 && a.length() > 1 && r.endsWith(a.substring(a.length() - 1))) {
        r = r.substring(0, r.length() - 1);
        a = a.substring(0, a.length() - 1);
      }
      while (r.length() > 1 && a.length() > 1 && r.charAt(0) == a.charAt(0)) {
        r = r.substring(1);
        a = a.substring(1);
        p++;
      }
      return new Allele(contig, p, r, a);
    }
  }

  @Property(tries = 300)
  void listsSayWhatASetOfMinimalAllelesSays(
      @ForAll("alleles") List<Allele> known, @ForAll("alleles") List<Allele> asked)
      throws IOException {
    KnownSites sites =
        KnownLines.read(
            "known",
            new BufferedReader(
                new StringReader(String.join("\n", known.stream().map(Allele::line).toList()))),
            ContigNames.builtIn());
    Set<Allele> set = new HashSet<>();
    known.forEach(allele -> set.add(allele.minimal()));
    assertEquals(set.size(), sites.size());
    KnownSites.Cursor cursor = sites.cursor();
    List<Allele> inOrder = new ArrayList<>(asked);
    inOrder.addAll(known);
    String contig = "";
    for (int round = 0; round < 2; round++) {
      for (Allele allele : inOrder) {
        boolean on = true;
        if (!allele.contig.equals(contig)) {
          on = cursor.on(allele.contig);
          contig = on ? allele.contig : "";
        }
        boolean expected = set.contains(allele.minimal());
        assertEquals(expected, on && cursor.has(allele.pos, allele.ref, allele.alt), allele::line);
      }
      inOrder.sort(Comparator.comparing(Allele::contig).thenComparing(Allele::pos));
    }
  }

  @Provide
  Arbitrary<List<Allele>> alleles() {
    Arbitrary<String> bases =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                9, Arbitraries.strings().withChars("ACGT").ofMinLength(1).ofMaxLength(4)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.strings().withChars("ACN").ofMinLength(1).ofMaxLength(20)));
    return Combinators.combine(
            Arbitraries.of("1", "2", "x"), Arbitraries.integers().between(1, 40), bases, bases)
        .as(Allele::new)
        .list()
        .ofMaxSize(200);
  }
}
