package org.healthbeam.pipelines.summarizevariants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.variant.variantcontext.VariantContext;
import htsjdk.variant.vcf.VCFFileReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same summaries as a table, a compressed table and a VCF, read by others. */
class VariantFormatTest {
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      #CHROM POS ID REF ALT QUAL FILTER INFO FORMAT Ann Bob Cid
      """
          .replace(' ', '\t');

  @TempDir private Path folder;

  private Path run(String name, String text, String format) throws Exception {
    Path input = Files.writeString(folder.resolve(name + ".vcf"), text);
    Path output = folder.resolve(name);
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(
                "--input=" + input,
                "--output=" + output,
                "--format=" + format,
                "--runner=DirectRunner")
            .as(SummarizeVariantsOptions.class);
    SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();
    pipeline.check(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline built = Pipeline.create(options);
    pipeline.build(built, options, rejects);
    rejects.all(built);
    built.run().waitUntilFinish();
    return output;
  }

  /** Records of several sequences, stretches, alternates, filters and ploidies, in no order. */
  private static List<String> records() {
    Random random = new Random(5);
    String[] genotypes = {"0/0", "0/1", "1/1", "./.", "./1", "0", "1", "1|0"};
    List<String> lines = new ArrayList<>();
    for (String contig : List.of("10", "2", "X", "MT", "GL000192.1", "1")) {
      for (int i = 0; i < 60; i++) {
        int pos = 1 + random.nextInt(1_000_000);
        String alt = i % 5 == 0 ? "G,<DEL>" : i % 7 == 0 ? "G,*" : "G";
        String filter = List.of("PASS", ".", "q10", "q10;s50").get(random.nextInt(4));
        StringBuilder line = new StringBuilder();
        line.append(String.join("\t", contig, pos + "", i % 3 == 0 ? "rs" + i : ".", "A", alt));
        line.append('\t').append(i % 4 == 0 ? "." : i * 1.5).append('\t').append(filter);
        line.append("\t.\tGT:DP:GQ");
        for (int s = 0; s < 3; s++) {
          line.append('\t').append(genotypes[random.nextInt(genotypes.length)]);
          line.append(":" + random.nextInt(40) + ":" + random.nextInt(99));
        }
        lines.add(line.toString());
      }
    }
    Collections.shuffle(lines, random);
    return lines;
  }

  private static List<String> sortedLines(Path file) throws IOException {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(new BgzfInputStream(Files.newInputStream(file)), UTF_8))) {
      return text.lines().sorted().toList();
    }
  }

  /** Returns what the table says of each alternate, as bcftools query prints it below. */
  private static Set<String> queried(Path table) throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> columns = List.of(lines.get(0).split("\t"));
    Set<String> rows = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(columns.get(i), cells[i]);
      }
      rows.add(
          String.join(
              " ",
              Arrays.stream(
                      ("contig pos id ref alt filter ac an n_hom_ref n_het n_hom_alt n_hap_ref"
                              + " n_hap_alt n_missing n_partial")
                          .split(" "))
                  .map(row::get)
                  .toList()));
    }
    return rows;
  }

  @Test
  void compressedTableHasTheLinesOfThePlainOne() throws Exception {
    Path out = run("both", HEADER + String.join("\n", records()) + "\n", "tsv,tsv.gz");
    List<String> plain = Files.readAllLines(out.resolve("variants.tsv"));
    assertTrue(plain.size() > 360);
    assertEquals(plain.stream().sorted().toList(), sortedLines(out.resolve("variants.tsv.gz")));
    assertFalse(Files.exists(out.resolve("variants.vcf.gz")));
  }

  @Test
  void vcfIsSortedAndTheSameBytesInWhateverOrderTheRecordsCome() throws Exception {
    List<String> records = records();
    Path one = run("one", HEADER + String.join("\n", records) + "\n", "vcf.gz");
    Collections.reverse(records);
    Path two = run("two", HEADER + String.join("\n", records) + "\n", "vcf.gz");
    assertArrayEquals(
        Files.readAllBytes(one.resolve("variants.vcf.gz")),
        Files.readAllBytes(two.resolve("variants.vcf.gz")));
    assertFalse(Files.exists(one.resolve("variants.tsv")));
    List<String> contigs = new ArrayList<>();
    int last = 0;
    try (VCFFileReader reader = new VCFFileReader(one.resolve("variants.vcf.gz"), false)) {
      for (VariantContext site : reader) {
        if (contigs.isEmpty() || !contigs.get(contigs.size() - 1).equals(site.getContig())) {
          contigs.add(site.getContig());
          last = 0;
        }
        assertTrue(last <= site.getStart());
        last = site.getStart();
      }
    }
    assertEquals(List.of("1", "2", "10", "X", "MT", "GL000192.1"), contigs);
  }

  @Test
  void bcftoolsReadsTheVcfWithoutAWarningAndFindsTheNumbersOfTheTable() throws Exception {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(p -> Files.isExecutable(Path.of(p, "bcftools"))),
        "no bcftools on the path");
    Path out = run("b", HEADER + String.join("\n", records()) + "\n", "tsv,vcf.gz");
    String vcf = out.resolve("variants.vcf.gz").toString();
    bcftools("view", "-Ob", "-o", folder.resolve("b.bcf").toString(), vcf);
    bcftools("index", "--tbi", vcf);
    String[] printed =
        bcftools(
                "query",
                "-f",
                "%CHROM %POS %ID %REF %ALT %FILTER %AC %AN %N_HOM_REF %N_HET %N_HOM_ALT %N_HAP_REF"
                    + " %N_HAP_ALT %N_MISSING %N_PARTIAL\\n",
                folder.resolve("b.bcf").toString())
            .split("\n");
    assertEquals(queried(out.resolve("variants.tsv")), new TreeSet<>(List.of(printed)));
    String inRegion = bcftools("view", "-H", "-r", "X:1-500000", vcf);
    assertFalse(inRegion.isEmpty());
    assertTrue(inRegion.lines().allMatch(l -> l.startsWith("X\t")));
  }

  @Test
  void bcftoolsReadsTheVcfWhateverTheNamesOfFilters() throws Exception {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(p -> Files.isExecutable(Path.of(p, "bcftools"))),
        "no bcftools on the path");
    String records =
        "1\t10\t.\tA\tG\t.\tQD<2.0;MQ>40\t.\tGT\t0/1\t0/0\t1/1\n"
            + "1\t20\t.\tA\tG\t.\ta,b\t.\tGT\t0/1\t0/0\t1/1\n";
    Path out = run("names", HEADER + records, "vcf.gz");
    String vcf = out.resolve("variants.vcf.gz").toString();
    assertEquals(
        "10 QD%3C2.0;MQ%3E40\n20 a%2Cb\n",
        bcftools("query", "-t", "1", "-f", "%POS %FILTER\\n", vcf));
  }

  @Test
  void aContigOfTheAssemblyIsDeclaredWithoutItsBrackets() throws Exception {
    String record = "<ctg1>\t30\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\t0/0\t1/1\n";
    Path out = run("contig", HEADER + record, "vcf.gz");
    List<String> lines = sortedLines(out.resolve("variants.vcf.gz"));
    assertTrue(lines.contains("##contig=<ID=ctg1>"));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("<ctg1>\t30\t")));
  }

  @Test
  void vcfOfNoRecordIsAHeader() throws Exception {
    Path out = run("none", HEADER, "tsv.gz,vcf.gz");
    assertEquals(1, sortedLines(out.resolve("variants.tsv.gz")).size());
    List<String> lines = sortedLines(out.resolve("variants.vcf.gz"));
    assertTrue(lines.stream().allMatch(l -> l.startsWith("#")));
    assertTrue(lines.contains("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"));
  }

  @Test
  void anUnknownFormatIsRefused() {
    for (String value : List.of("csv", "tsv,", "ndjson")) {
      assertThrows(UsageException.class, () -> VariantFormat.of(value), value);
    }
  }

  private String bcftools(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bcftools"));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int status = process.waitFor();
    assertEquals("", Files.readString(err), args[0]);
    assertEquals(0, status, args[0]);
    return Files.readString(out);
  }
}
