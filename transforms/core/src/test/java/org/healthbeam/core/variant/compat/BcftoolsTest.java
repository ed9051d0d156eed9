package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code bcftools stats} and every cell of {@code +fill-tags} is the tool's own. */
class BcftoolsTest {
  private static final OtherTool BCFTOOLS = new OtherTool("bcftools");

  static List<Path> realFiles() {
    String root = System.getProperty("healthbeam.root", "../..");
    Path shared =
        Path.of(System.getProperty("healthbeam.shared", root + "/../shared")).resolve("data/vcf");
    return List.of(
        Path.of(root, "samples/data/variants/cohort.vcf.gz"),
        shared.resolve("1kg-phaseIII-v5a.20130502.genotypes.chr22-16-16.5mb.vcf.gz"),
        shared.resolve("CEUTrio.HiSeq.WGS.b37.NA12878.20.21.vcf"));
  }

  @ParameterizedTest
  @MethodSource("realFiles")
  void statisticsOfRealFilesAreEqual(Path file) throws IOException {
    Assumptions.assumeTrue(Files.exists(file), file.getFileName() + " is not there");
    assertSameStatistics(file);
  }

  @ParameterizedTest
  @MethodSource("realFiles")
  void tagsOfRealFilesAreEqual(Path file) throws IOException {
    Assumptions.assumeTrue(Files.exists(file), file.getFileName() + " is not there");
    assertSameTags(file);
  }

  @Property(tries = 40)
  void statisticsOfGeneratedFilesAreEqual(@ForAll long seed) throws IOException {
    int samples = 1 + (int) Math.floorMod(seed, 9L);
    compare(new RandomVcf(seed).text(60, samples), BcftoolsTest::assertSameStatistics);
  }

  @Property(tries = 4)
  void statisticsOfGeneratedCohortsAreEqual(@ForAll long seed) throws IOException {
    compare(new RandomVcf(seed).text(30, 130), BcftoolsTest::assertSameStatistics);
  }

  @Property(tries = 40)
  void tagsOfGeneratedFilesAreEqual(@ForAll long seed) throws IOException {
    // With three alleles in one genotype bcftools stops; the next test says why nothing is phased.
    RandomVcf vcf = new RandomVcf(seed).withDistinct(2);
    String text = vcf.text(60, 1 + (int) Math.floorMod(seed, 30L)).replace('|', '/');
    compare(text, BcftoolsTest::assertSameTags);
  }

  @Test
  void aMissingAlleleBehindABarIsMissingToUsAndNotToBcftools() throws IOException {
    String vcf =
        new RandomVcf(1).withContigs().text(0, 2)
            + "1 1 . A G . . . GT 0|. 0/0\n1 2 . A G . . . GT 0/. 0/0\n".replace(' ', '\t');
    compare(
        vcf,
        file -> {
          assertEquals(List.of("0", "0.5"), theirTags(file, List.of("F_MISSING")));
          List<String> ours = CompatRun.of(file).rows(SiteTable.BCFTOOLS_FILL_TAGS);
          assertTrue(ours.stream().allMatch(row -> row.endsWith("\t0.5")), ours::toString);
        });
  }

  @Test
  void withThreeAllelesInOneGenotypeBcftoolsStopsAndWeLeaveTheTestsOut() throws IOException {
    String vcf =
        new RandomVcf(1).withContigs().text(0, 2)
            + "1 1 . A G,T . . . GT 0/1/2 0/0\n".replace(' ', '\t');
    compare(
        vcf,
        file -> {
          String failure =
              assertThrows(AssertionError.class, () -> theirTags(file, List.of("HWE")))
                  .getMessage();
          assertTrue(failure.contains("bcftools failed"), failure);
          assertEquals(
              List.of("1\t1\t.\tA\tG,T\t5\t1,1\t0.2,0.2\t0.2\t2\t0,0\t1,1\t0,0\t.,.\t.,.\t0"),
              CompatRun.of(file).rows(SiteTable.BCFTOOLS_FILL_TAGS));
        });
  }

  @Test
  void anAcOfAnotherNumberOfAllelesIsAsGoodAsNone() throws IOException {
    String vcf =
        new RandomVcf(1).withContigs().text(0, 2)
            + "1 1 . A G . . AC=2,1;AN=4 GT 0/1 0/1\n1 2 . A G,T . . AC=2;AN=4 GT 0/1 0/1\n"
                .replace(' ', '\t');
    compare(vcf, BcftoolsTest::assertSameStatistics);
  }

  @Test
  void withoutSamplesNothingIsMissing() throws IOException {
    String vcf =
        """
        ##fileformat=VCFv4.2
        ##contig=<ID=1>
        #CHROM POS ID REF ALT QUAL FILTER INFO
        1 1 . A G . . .
        """
            .replace(' ', '\t');
    compare(vcf, BcftoolsTest::assertSameTags);
  }

  interface Comparison {
    void of(Path file) throws IOException;
  }

  static void compare(String vcf, Comparison comparison) throws IOException {
    Path file = Files.createTempFile("generated", ".vcf");
    try {
      Files.writeString(file, vcf);
      comparison.of(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void assertSameStatistics(Path file) throws IOException {
    List<String> theirs = BCFTOOLS.lines("bcftools stats -s - \"$0\"", file);
    List<String> ours = CompatRun.of(file).lines(TotalsTable.BCFTOOLS_STATS);
    OtherTool.assertSameLines(numbers(theirs), numbers(ours));
    assertTrue(ours.get(0).startsWith("# This file was produced by bcftools stats"));
  }

  /** The lines of numbers, and of the names of columns, but not the comments and the file. */
  private static List<String> numbers(List<String> lines) {
    return lines.stream().filter(BcftoolsTest::isNumbers).toList();
  }

  static boolean isNumbers(String line) {
    boolean columns = line.startsWith("# ") && line.contains("\t[2]id");
    return columns || !(line.startsWith("#") || line.startsWith("ID\t"));
  }

  private static void assertSameTags(Path file) throws IOException {
    List<String> theirs = theirTags(file, FillTags.COLUMNS);
    List<String> ours = CompatRun.of(file).rows(SiteTable.BCFTOOLS_FILL_TAGS);
    OtherTool.assertSameLines(theirs, ours);
  }

  /** What the file has in INFO is taken out first, since it stays where there are no genotypes. */
  static List<String> theirTags(Path file, List<String> columns) throws IOException {
    String format = String.join("\\t", columns.stream().map(column -> "%" + column).toList());
    return BCFTOOLS.lines(
        "bcftools annotate -x INFO \"$0\" | bcftools +fill-tags -- -t all,F_MISSING"
            + " | bcftools query -f '"
            + format
            + "\\n'",
        file);
  }
}
