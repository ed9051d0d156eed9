package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of PLINK 2's reports is its own. */
class PlinkTest {
  private static final OtherTool PLINK = new OtherTool("plink2");
  private static final List<String> REPORTS =
      List.of("afreq", "vmiss", "hardy", "scount", "smiss", "het");

  static List<Path> realFiles() {
    return BcftoolsTest.realFiles();
  }

  @ParameterizedTest
  @MethodSource("realFiles")
  void reportsOfRealFilesAreEqual(Path file) throws IOException {
    Assumptions.assumeTrue(Files.exists(file), file.getFileName() + " is not there");
    for (String report : REPORTS) {
      OtherTool.assertSameLines(theirs(file, report), ours(file, report));
    }
  }

  @Property(tries = 20)
  void reportsOfGeneratedFilesAreEqual(@ForAll long seed) throws IOException {
    // The next test says why no genotype of three alleles or more is half-missing.
    RandomVcf vcf =
        new RandomVcf(seed).withPartialUpTo(2).withContigs("1", "chr2", "GL1", "X", "Y", "MT");
    String text = vcf.text(30, 1 + (int) Math.floorMod(seed, 20L));
    for (String report : REPORTS) {
      BcftoolsTest.compare(
          text, file -> OtherTool.assertSameLines(theirs(file, report), ours(file, report)));
    }
  }

  @Test
  void aThirdAlleleIsMissingToUsAndNothingToPlinkIfItIsADot() throws IOException {
    String vcf =
        new RandomVcf(1).withContigs().text(0, 2)
            + "1 1 . A G . . . GT 0/1/. 0/0\n1 2 . A G . . . GT 0/1/1 0/0\n".replace(' ', '\t');
    BcftoolsTest.compare(
        vcf,
        file -> {
          List<String> theirs = theirs(file, "afreq");
          assertEquals("1\t.\tA\tG\t0.25\t4", theirs.get(1));
          assertEquals("1\t.\tA\tG\t0\t2", theirs.get(2));
          List<String> ours = ours(file, "afreq");
          assertEquals("1\t.\tA\tG\t0\t2", ours.get(1));
          assertEquals("1\t.\tA\tG\t0\t2", ours.get(2));
        });
  }

  private static List<String> ours(Path file, String report) throws IOException {
    CompatRun run = CompatRun.of(file);
    for (TotalsTable table : TotalsTable.values()) {
      if (table.file().equals("plink2." + report)) {
        return run.lines(table);
      }
    }
    List<String> lines = new ArrayList<>();
    for (SiteTable table : SiteTable.values()) {
      if (table.file().equals("plink2." + report)) {
        lines.add(String.join("\t", table.columns()));
        lines.addAll(run.rows(table));
      }
    }
    assertTrue(lines.size() > 0, report);
    return lines;
  }

  private static List<String> theirs(Path file, String report) throws IOException {
    String command =
        switch (report) {
          case "afreq" -> "--freq";
          case "scount" -> "--sample-counts";
          case "hardy" -> "--hardy";
          case "het" -> "--het --bad-freqs";
          default -> "--missing";
        };
    return PLINK.lines(
        "out=$(mktemp -d) && plink2 --vcf \"$0\" --allow-extra-chr --vcf-half-call missing"
            + " --threads 1 --memory 640 --out $out/p "
            + command
            + " >&2 && cat $out/p."
            + report
            + "; status=$?; rm -r $out; exit $status",
        file);
  }
}
