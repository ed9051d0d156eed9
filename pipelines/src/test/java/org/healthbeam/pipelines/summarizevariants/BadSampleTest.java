package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.pipelines.run.PipelineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a cohort with one bad sample to the report that names it. */
class BadSampleTest {
  private static final int SAMPLES = 30;
  private static final int BAD = 17;
  private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("sample\\d+");

  @TempDir private Path folder;

  /** Sample 17 is mixed with another (too many heterozygotes), read thinly and called badly. */
  private static String cohort(boolean bad) {
    Random random = new Random(11);
    StringBuilder vcf = new StringBuilder("##fileformat=VCFv4.2\n");
    for (int contig = 1; contig <= 2; contig++) {
      vcf.append("##contig=<ID=" + contig + ">\n");
    }
    vcf.append("##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n");
    vcf.append("##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n");
    vcf.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
    for (int s = 0; s < SAMPLES; s++) {
      vcf.append("\tsample").append(s);
    }
    vcf.append('\n');
    for (int i = 0; i < 2_000; i++) {
      vcf.append(1 + i / 1_000).append('\t').append(1_000 + 50 * (i % 1_000));
      vcf.append(i % 3 == 0 ? "\t.\tA\tC" : "\t.\tA\tG").append("\t.\tPASS\t.\tGT:DP");
      double frequency = 0.05 + 0.4 * random.nextDouble();
      for (int s = 0; s < SAMPLES; s++) {
        boolean wrong = bad && s == BAD;
        int one = random.nextDouble() < frequency ? 1 : 0;
        int two = random.nextDouble() < frequency ? 1 : 0;
        boolean changed = random.nextDouble() < 0.3;
        if (wrong && changed) {
          two = 1 - one;
        }
        boolean missing = random.nextDouble() < 0.2;
        String genotype = wrong && missing ? "./." : Math.min(one, two) + "/" + Math.max(one, two);
        int depth = (wrong ? 6 : 30) + random.nextInt(8);
        vcf.append('\t').append(genotype).append(':').append(depth);
      }
      vcf.append('\n');
    }
    return vcf.toString();
  }

  private String report(String name, String vcf, String... more) throws Exception {
    Path input = Files.writeString(folder.resolve(name + ".vcf"), vcf);
    Path output = folder.resolve(name);
    List<String> args = new java.util.ArrayList<>(List.of(more));
    args.addAll(List.of("--input=" + input, "--output=" + output, "--runner=DirectRunner"));
    assertEquals(0, PipelineRun.run(new SummarizeVariantsPipeline(), args.toArray(new String[0])));
    return Files.readString(output.resolve("report.html"));
  }

  private static String table(String html) {
    int from = html.indexOf("Samples that stand out");
    assertTrue(from >= 0, "no table of samples that stand out");
    return html.substring(from, html.indexOf("</table>", from));
  }

  @Test
  void theBadSampleAloneIsNamedWithWhatIsBadAboutIt() throws Exception {
    String table = table(report("bad", cohort(true), "--format=tsv.gz"));
    Set<String> named = new TreeSet<>();
    Matcher names = NAME.matcher(table);
    while (names.find()) {
      named.add(names.group());
    }
    assertEquals(Set.of("sample" + BAD), named);
    for (String measure : List.of("het/hom ratio", "missing calls", "mean depth")) {
      assertTrue(
          ROW.matcher(table).results().anyMatch(row -> row.group(1).contains(measure)), measure);
    }
  }

  @Test
  void withAKeyThePseudonymIsNamed() throws Exception {
    Path key = Files.writeString(folder.resolve("secret.key"), "0123456789abcdef");
    String html = report("key", cohort(true), "--pseudonymKeyFile=" + key);
    assertTrue(ROW.matcher(table(html)).results().count() >= 3);
    assertFalse(NAME.matcher(html).find());
  }

  @Test
  void aCohortWithoutABadSampleHasNoSuchTable() throws Exception {
    assertFalse(report("good", cohort(false)).contains("Samples that stand out"));
  }
}
