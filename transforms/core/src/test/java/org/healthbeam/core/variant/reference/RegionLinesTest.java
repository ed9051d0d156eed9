package org.healthbeam.core.variant.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Region;
import org.junit.jupiter.api.Test;

class RegionLinesTest {
  private final List<Region> regions = new ArrayList<>();
  private final Map<Integer, String> rejects = new TreeMap<>();
  private final List<RegionLines.Outcome> outcomes = new ArrayList<>();

  private void read(String... lines) {
    RegionLines read = new RegionLines();
    for (int i = 0; i < lines.length; i++) {
      try {
        outcomes.add(read.line(lines[i].replace('|', '\t'), regions::add));
      } catch (RejectedException e) {
        rejects.put(i + 1, e.getMessage());
        assertFalse(e.getMessage().contains("SECRET"), e.getMessage());
      }
    }
    read.end(regions::add);
  }

  @Test
  void bedIsReadAsItStands() {
    read("track name=x", "#c", "1|0|10|GENE A|5", "", "2 3 4", "1|SECRET|5", "1|9|5");
    assertEquals(List.of(new Region("1", 0, 10, "GENE A"), new Region("2", 3, 4, "")), regions);
    assertEquals(List.of(6, 7), List.copyOf(rejects.keySet()));
  }

  @Test
  void aBedFileWithNineColumnsIsNoGtf() {
    read("chr1|10|20|5|6|+|10|20|0,0,0");
    assertEquals(List.of(new Region("chr1", 10, 20, "5")), regions);
  }

  @Test
  void genesOfGtfAreRegionsByName() {
    read(
        "#!genome-build GRCh38.p14",
        "1|havana|gene|11869|14409|.|+|.|gene_id \"ENSG1\"; gene_name \"A; B\"; tag x;",
        "1|havana|exon|11869|12227|.|+|.|gene_id \"ENSG1\"; gene_name \"A; B\";",
        "X|havana|gene|5|9|.|-|.|gene_id \"ENSG2\";",
        "X|havana|gene|5|SECRET|.|-|.|gene_id \"ENSG2\";",
        "X|havana|gene|0|5|.|-|.|gene_id \"ENSG2\";",
        "X|havana|gene|7|5|.|-|.|gene_id \"ENSG2\";",
        "X|havana|gene|5|7|.|-|.|note \"SECRET\"",
        "SECRET|havana");
    assertEquals(
        List.of(new Region("1", 11868, 14409, "A; B"), new Region("X", 4, 9, "ENSG2")), regions);
    assertEquals(List.of(5, 6, 7, 8, 9), List.copyOf(rejects.keySet()));
    assertEquals(
        List.of(
            RegionLines.Outcome.EMPTY,
            RegionLines.Outcome.REGION,
            RegionLines.Outcome.OTHER,
            RegionLines.Outcome.REGION),
        outcomes);
  }

  @Test
  void genesOfOneNameHaveTheirId() {
    read(
        "1|h|gene|1|5|.|+|.|gene_id \"E1\"; gene_name \"Y_RNA\"",
        "2|h|gene|1|5|.|+|.|gene_id \"E2\"; gene_name \"Y_RNA\"",
        "2|h|gene|1|5|.|+|.|gene_id \"E3\"; gene_name \"C\"");
    assertEquals(
        List.of("Y_RNA (E1)", "Y_RNA (E2)", "C"), regions.stream().map(Region::name).toList());
  }

  @Test
  void withoutGeneRowsAGeneIsWhatItsRowsSpan() {
    read(
        "1|x|exon|100|200|.|+|.|gene_id \"A\"; transcript_id \"A.1\";",
        "1|x|exon|300|400|.|+|.|gene_id \"A\"; transcript_id \"A.1\";",
        "1|x|exon|50|60|.|+|.|gene_id \"A\"; transcript_id \"A.2\";",
        "2|x|exon|7|9|.|+|.|gene_id \"B\"; gene_name \"Bee\";");
    assertEquals(List.of(new Region("1", 49, 400, "A"), new Region("2", 6, 9, "Bee")), regions);
  }

  @Test
  void genesOfGff3AreRegions() {
    read(
        "##gff-version 3",
        "##sequence-region 1 1 248956422",
        "1|e|gene|11|20|.|+|.|ID=gene:E1;Name=A%3BB;biotype=x",
        "1|e|mRNA|11|20|.|+|.|ID=t:1;Parent=gene:E1",
        "###",
        "1|e|ncRNA_gene|30|40|.|+|.|ID=gene:E2;gene_id=E2",
        "1|e|pseudogene|30|45|.|+|.|ID=gene:E3",
        "1|e|gene|30|45|.|+|.|Note=none",
        "##FASTA",
        ">1",
        "ACGT");
    assertEquals(
        List.of(
            new Region("1", 10, 20, "A;B"),
            new Region("1", 29, 40, "E2"),
            new Region("1", 29, 45, "gene:E3")),
        regions);
    assertEquals(List.of(8), List.copyOf(rejects.keySet()));
  }

  @Test
  void gff3IsToldByItsAttributesWithoutAVersionLine() {
    read("NC_000001.11|RefSeq|gene|11|20|.|+|.|ID=gene-A;Name=A");
    assertEquals(List.of(new Region("NC_000001.11", 10, 20, "A")), regions);
  }

  @Test
  void whatIsNeitherIsRejectedUntilALineIs() {
    read("SECRET", "name|of|columns", "1|5|9");
    assertEquals(List.of(new Region("1", 5, 9, "")), regions);
    assertEquals(List.of(1, 2), List.copyOf(rejects.keySet()));
  }
}
