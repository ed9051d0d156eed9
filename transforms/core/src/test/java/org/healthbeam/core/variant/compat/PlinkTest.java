package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of PLINK 2's reports is its own. */
class PlinkTest {
  private static final OtherTool PLINK = new OtherTool("plink2");
  static final List<String> REPORTS = List.of("afreq", "vmiss", "hardy", "scount", "smiss", "het");

  static List<Path> realFiles() {
    return BcftoolsTest.realFiles();
  }

  @ParameterizedTest
  @MethodSource("realFiles")
  void reportsOfRealFilesAreEqual(Path file) throws IOException {
    Assumptions.assumeTrue(Files.exists(file), file.getFileName() + " is not there");
    for (String report : REPORTS) {
      assertSameReport(report, theirs(file, report), ours(file, report));
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
          text, file -> assertSameReport(report, theirs(file, report), ours(file, report)));
    }
  }

  /** As many heterozygotes as expected: PLINK's sum of what is expected lacks the last bit. */
  @Test
  void noInbreedingIsNothingButARoundingError() throws IOException {
    RandomVcf vcf =
        new RandomVcf(-227399).withPartialUpTo(2).withContigs("1", "chr2", "GL1", "X", "Y", "MT");
    BcftoolsTest.compare(
        vcf.text(30, 2),
        file -> {
          assertEquals("S0\t14\t14\t27\t-2.22045e-16", theirs(file, "het").get(1));
          assertEquals("S0\t14\t14\t27\t0", ours(file, "het").get(1));
        });
  }

  private static void assertSameReport(String report, List<String> theirs, List<String> ours) {
    boolean rounded = report.equals("het");
    OtherTool.assertSameLines(
        rounded ? withoutRoundingErrors(theirs) : theirs,
        rounded ? withoutRoundingErrors(ours) : ours);
  }

  /** F is a difference of numbers near 1; below 1e-14 nothing of it is left but their last bits. */
  private static List<String> withoutRoundingErrors(List<String> het) {
    return het.stream().map(line -> line.replaceFirst("\t-?[0-9.]+e-1[5-9]$", "\t0")).toList();
  }

  @Test
  void zerosBeforeTheNumberOfAChromosomeDoNotCount() throws IOException {
    StringBuilder vcf = new StringBuilder(new RandomVcf(1).withContigs().text(0, 2));
    for (String contig : List.of("Chr01", "02", "chr0X", "chr027")) {
      vcf.append(contig).append(" 1 . A G . . . GT 0/1 0/0\n".replace(' ', '\t'));
    }
    BcftoolsTest.compare(
        vcf.toString(),
        file -> {
          for (String report : List.of("afreq", "hardy")) {
            OtherTool.assertSameLines(theirs(file, report), ours(file, report));
          }
        });
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
    return ours(CompatRun.of(file), report);
  }

  static List<String> ours(CompatRun run, String report) {
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
    return theirs(file).getOrDefault(report, List.of());
  }

  /** Returns the reports of one run by their names, without those that PLINK does not write. */
  static Map<String, List<String>> theirs(Path file) throws IOException {
    List<String> lines =
        PLINK.lines(
            """
            out=$(mktemp -d)
            run() {
              plink2 --vcf "$0" --allow-extra-chr --vcf-half-call missing --threads 1 \
                --memory 640 --out $out/p --freq --missing --hardy --sample-counts "$@" >&2
            }
            # Where no variant is left for --het it stops before all reports are written.
            run --het --bad-freqs || run
            status=$?
            cd $out
            for file in p.[avhs]*; do echo "= ${file#p.}"; cat $file; done
            rm -r $out
            exit $status
            """,
            file);
    Map<String, List<String>> reports = new HashMap<>();
    String report = "";
    for (String line : lines) {
      if (line.startsWith("= ")) {
        report = line.substring(2);
        reports.put(report, new ArrayList<>());
      } else {
        reports.get(report).add(line);
      }
    }
    return reports;
  }
}
