package org.healthbeam.core.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.VariantSummary;
import org.junit.jupiter.api.Test;

/** Each rule of joining, one by one. */
class BinJoinTest {
  private static final String CARRIER = "1 100 rs1 A C 50 PASS . GT:DP:GQ 0/1:10:30";

  // Order of counts: missing, partial, hom ref, het, hom alt, hap ref, hap alt.

  @Test
  void blockIsReferenceAndWhatIsNotCoveredIsMissing() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "1 1 . N <NON_REF> . . END=200 GT:DP:GQ 0/0:20:40")
            .file("c", "1 1 . N <NON_REF> . . END=99 GT:DP:GQ 0/0:20:40")
            .file("d", "1 101 . N <NON_REF> . . END=200 GT:DP:GQ 0/0:20:40")
            .join();
    assertEquals(List.of(2, 0, 1, 1, 0, 0, 0), text.genotypes("1 100 A C"));
    VariantSummary row = text.row("1 100 A C");
    assertEquals(4, row.an());
    assertEquals(1, row.ac());
    assertEquals(15, row.depth().mean(1));
    assertEquals(35, row.quality().mean(VariantSummary.QUALITY_SCALE));
    assertEquals("rs1", row.id());
    assertEquals(1, text.sample("b").nHomRef());
    assertEquals(1, text.sample("c").nMissing());
    assertEquals(1, text.sample("a").singletons());
  }

  @Test
  void absentIsReferenceOnlyWhereAskedFor() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "2 5 . G T . PASS . GT 1/1")
            .file("c", "1 100 . A C . PASS . GT ./.")
            .absent(AbsentGenotype.REFERENCE)
            .join();
    assertEquals(List.of(1, 0, 1, 1, 0, 0, 0), text.genotypes("1 100 A C"));
    assertEquals(List.of(0, 0, 2, 0, 1, 0, 0), text.genotypes("2 5 G T"));
    assertEquals(1, text.sample("a").nHomRef());
    assertEquals(1, text.sample("c").nMissing());
  }

  @Test
  void blockOfUnknownGenotypeIsMissingWhateverAbsentIs() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "1 1 . N <*> . . END=200 GT ./.")
            .absent(AbsentGenotype.REFERENCE)
            .join();
    assertEquals(List.of(1, 0, 0, 1, 0, 0, 0), text.genotypes("1 100 A C"));
  }

  @Test
  void otherAlternatesOfTheSameReferenceAreOneSite() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "1 100 rs2 A G 60 q10 . GT 1/1")
            .file("c", "1 100 . A G,C,<NON_REF> . PASS . GT 1/2")
            .join();
    assertEquals(List.of(0, 0, 0, 2, 0, 0, 0), text.genotypes("1 100 A C"));
    assertEquals(List.of(0, 0, 0, 2, 1, 0, 0), text.genotypes("1 100 A G"));
    assertEquals(6, text.row("1 100 A C").an());
    assertEquals(2, text.row("1 100 A C").ac());
    assertEquals(3, text.row("1 100 A G").ac());
    assertEquals("rs1;rs2", text.row("1 100 A G").id());
    assertEquals("q10", text.row("1 100 A G").filter());
    assertEquals(60, text.row("1 100 A G").qual());
    assertEquals(1, text.cohort.sites().get(SiteCounter.MULTIALLELIC));
  }

  @Test
  void recordsSplitByAlternateAreOneGenotype() {
    JoinedText text =
        JoinedText.files()
            .file("a", "1 100 . A C . PASS . GT 1/0", "1 100 . A G . PASS . GT 0/1")
            .file("b", "1 100 . A C . PASS . GT 1/.", "1 100 . A G . PASS . GT ./1")
            .file("c", "1 100 . A C . PASS . GT 1/1", "1 100 . A G . PASS . GT 0/1")
            .file("d", "1 100 . A C . PASS . GT 0/1", "1 100 . A G . PASS . GT 0/0")
            .join();
    assertEquals(List.of(1, 0, 0, 3, 0, 0, 0), text.genotypes("1 100 A C"));
    assertEquals(3, text.row("1 100 A C").ac());
    assertEquals(2, text.row("1 100 A G").ac());
  }

  @Test
  void deletionHidesItsBasesAndNotTheOneBeforeThem() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER, "1 102 . A C . PASS . GT 0/1")
            .file("het", "1 100 . AATT A . PASS . GT 0/1")
            .file("hom", "1 100 . AATT A . PASS . GT 1/1")
            .file("ref", "1 100 . AATT A . PASS . GT 0/0")
            .join();
    assertEquals(List.of(0, 0, 3, 1, 0, 0, 0), text.genotypes("1 100 A C"));
    // The base at 102 is gone in one, or both, of the chromosomes.
    assertEquals(List.of(1, 1, 1, 1, 0, 0, 0), text.genotypes("1 102 A C"));
    assertEquals(2 + 1 + 2, text.row("1 102 A C").an());
    // The SNP at 100 is before what the deletion changes; nothing is known of its carrier's rest.
    assertEquals(List.of(0, 0, 2, 1, 1, 0, 0), text.genotypes("1 100 AATT A"));
  }

  @Test
  void insertionIsSeenBySamplesWithAnotherRecordThere() {
    JoinedText text =
        JoinedText.files()
            .file("a", "1 100 . A AT . PASS . GT 0/1")
            .file("b", "1 100 . AC A . PASS . GT 1/1")
            .join();
    assertEquals(List.of(0, 0, 1, 1, 0, 0, 0), text.genotypes("1 100 A AT"));
    assertEquals(List.of(0, 0, 1, 0, 1, 0, 0), text.genotypes("1 100 AC A"));
  }

  @Test
  void theRecordThatBeginsLastSpeaks() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file(
                "b",
                "1 1 . N <NON_REF> . . END=300 GT:DP 0/0:5",
                "1 90 . N <NON_REF> . . END=100 GT:DP ./.:0")
            .file(
                "c",
                "1 1 . N <NON_REF> . . END=300 GT:DP ./.:5",
                "1 90 . N <NON_REF> . . END=99 GT:DP 0/0:9")
            .file("d", "1 99 . AA A . . . GT 1/1", "1 100 . N <*> . . END=120 GT 0/0")
            .join();
    assertEquals(List.of(2, 0, 1, 1, 0, 0, 0), text.genotypes("1 100 A C"));
  }

  @Test
  void haploidAndPolyploidBlocksKeepTheirPloidy() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "1 100 . A C . PASS . GT 1")
            .file("c", "1 1 . N <NON_REF> . . END=200 GT 0")
            .file("d", "1 1 . N <NON_REF> . . END=200 GT 0/0/0")
            .file("e", "1 1 . N <NON_REF> . . END=200 GT 0/.")
            .join();
    assertEquals(List.of(0, 1, 1, 1, 0, 1, 1), text.genotypes("1 100 A C"));
    assertEquals(2 + 1 + 1 + 3 + 1, text.row("1 100 A C").an());
    assertEquals(1, text.sample("c").nHapRef());
    assertEquals(1, text.sample("d").nHomRef());
    assertEquals(1, text.sample("e").nPartial());
    assertEquals("{1=2, 2=1, 3=1}", text.cohort.ploidies().toString());
  }

  @Test
  void filteredRecordIsUnknownAndMakesNoSite() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "1 100 . A C . q10 . GT 1/1", "1 120 . A G . q10 . GT 1/1")
            .absent(AbsentGenotype.REFERENCE)
            .filters(Filters.pass())
            .join();
    assertEquals(List.of(1, 0, 0, 1, 0, 0, 0), text.genotypes("1 100 A C"));
    assertEquals(1, text.rows.size());
    assertEquals(2, text.cohort.filteredOut());
  }

  @Test
  void allelesAreJoinedWhateverTheirCaseAndNotNormalised() {
    JoinedText text =
        JoinedText.files()
            .file("a", "1 100 . a c . PASS . GT 0/1")
            .file("b", "1 100 . A C . PASS . GT 0/1")
            .file("c", "1 100 . AT CT . PASS . GT 0/1")
            .join();
    assertEquals(List.of(0, 1, 0, 2, 0, 0, 0), text.genotypes("1 100 A C"));
    assertEquals(List.of(0, 2, 0, 1, 0, 0, 0), text.genotypes("1 100 AT CT"));
  }

  @Test
  void spanOverManyBinsSpeaksInEach() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER, "1 100000 . G T . PASS . GT 1/1")
            .file("b", "1 1 . N <NON_REF> . . END=200000 GT:DP 0/0:7")
            .width(1000)
            .join();
    assertEquals(List.of(0, 0, 1, 1, 0, 0, 0), text.genotypes("1 100 A C"));
    assertEquals(List.of(0, 0, 1, 0, 1, 0, 0), text.genotypes("1 100000 G T"));
    assertEquals(200_000 + 2, text.cohort.sites().get(SiteCounter.CALLED_BASES));
    long inRegions =
        text.regions.values().stream().mapToLong(r -> r.get(SiteCounter.CALLED_BASES)).sum();
    assertEquals(200_002, inRegions);
    assertEquals(2, text.sample("b").nHomRef());
  }

  @Test
  void sampleLeftOutLeavesNoTrace() {
    JoinedText text =
        JoinedText.files()
            .file("a", CARRIER)
            .file("b", "1 120 . A G . PASS . GT 1/1", CARRIER)
            .leaveOut("b")
            .join();
    JoinedText without = JoinedText.files().file("a", CARRIER).join();
    assertEquals(without.rows, text.rows);
    assertEquals(without.cohort, text.cohort);
    assertTrue(text.rows.size() == 1);
  }

  @Test
  void depthOfABlockIsItsLeastWhereItHasThat() {
    JoinedText joined =
        JoinedText.files()
            .file("a", "1 100 . A C . PASS . GT:DP:MIN_DP 0/1:30:20")
            .file("b", "1 90 . A <NON_REF> . PASS END=110 GT:DP:GQ:MIN_DP 0/0:40:50:7")
            .file("c", "1 90 . A <NON_REF> . PASS END=110 GT:DP 0/0:11")
            .file("d", "1 90 . A <NON_REF> . PASS END=110 GT:DP:MIN_DP 0/0:11:.")
            .join();
    Moments depth = joined.row("1 100 A C").depth();
    assertEquals(3, depth.n());
    assertEquals(7, depth.min(1));
    assertEquals(30, depth.max(1));
    assertEquals(16, depth.mean(1));
  }

  @Test
  void genotypeThatFailedIsMissingOnlyWhereAskedFor() {
    String[] ann = {"1 100 . A C . PASS . GT:FT:DP 0/1:LowGQ;q10:9"};
    String[] bob = {"1 100 . A C . PASS . GT:DP:FT 0/1:8:PASS"};
    String[] cid = {"1 90 . A <NON_REF> . PASS END=110 GT:FT 0/0:q10"};
    String[] dee = {"1 100 . A C . PASS . GT:DP:FT 1/1:7:."};
    String[] eve = {"1 100 . A C . PASS . GT:DP:FT 1/1:6"};
    JoinedText kept = JoinedText.files();
    JoinedText missing = JoinedText.files().failed(FailedGenotypes.MISSING);
    for (JoinedText text : List.of(kept, missing)) {
      text.file("ann", ann).file("bob", bob).file("cid", cid).file("dee", dee).file("eve", eve);
      text.join();
    }
    assertEquals(List.of(0, 0, 1, 2, 2, 0, 0), kept.genotypes("1 100 A C"));
    assertEquals(List.of(2, 0, 0, 1, 2, 0, 0), missing.genotypes("1 100 A C"));
    assertEquals(4, kept.row("1 100 A C").depth().n());
    assertEquals(3, missing.row("1 100 A C").depth().n());
    // What a file of one sample has is still a site.
    assertEquals(
        List.of(1, 0, 0, 0, 0, 0, 0),
        JoinedText.files()
            .failed(FailedGenotypes.MISSING)
            .file("ann", ann)
            .join()
            .genotypes("1 100 A C"));
  }
}
