package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline, from files to files. */
class SummarizeVariantsPipelineTest {
  private static final String VCF =
      """
      ##fileformat=VCFv4.2
      #CHROM POS ID REF ALT QUAL FILTER INFO FORMAT Ann Bob
      1 100 rs1 A G 30 PASS AC=1;AN=4 GT:DP:GQ 0/1:10:20 0/0:14:40
      1 200 . AT A,* . q10 AC=1,1;AN=3 GT 1/2 ./0
      1 x . A G . . . GT 0/0 0/0
      2 100 . C <DEL> 5.5 PASS . GT 1 .
      """
          .replace(' ', '\t');

  @TempDir private Path folder;

  private Ledger run(String input, String... more) throws UsageException {
    String[] args = Arrays.copyOf(more, more.length + 3);
    args[more.length] = "--input=" + input;
    args[more.length + 1] = "--output=" + folder.resolve("out");
    args[more.length + 2] = "--runner=DirectRunner";
    SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(args).as(SummarizeVariantsOptions.class);
    pipeline.check(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline built = Pipeline.create(options);
    pipeline.build(built, options, rejects);
    rejects.all(built);
    Ledger ledger = rejects.ledger(built.run().metrics());
    assertEquals(List.of(), ledger.violations());
    return ledger;
  }

  private List<Map<String, String>> table(String name) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("out").resolve(name));
    String[] columns = lines.get(0).split("\t", -1);
    return lines.stream()
        .skip(1)
        .sorted()
        .map(
            line -> {
              String[] cells = line.split("\t", -1);
              assertEquals(columns.length, cells.length, line);
              Map<String, String> row = new HashMap<>();
              for (int i = 0; i < cells.length; i++) {
                row.put(columns[i], cells[i]);
              }
              return row;
            })
        .toList();
  }

  private String line(String name, String start) throws IOException {
    return Files.readAllLines(folder.resolve("out").resolve(name)).stream()
        .filter(l -> l.startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void writesEveryTable() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    Ledger ledger = run(input.toString(), "--regions=1mb");
    assertEquals(1, ledger.stages().get(1).rejected());
    assertEquals(
        "1\t100\trs1\tA\tG\tsnp\tPASS\t30\t2\t0\t0\t1\t1\t0\t0\t0\t1\t4\t0.25\t0.25\t1\t0.5\t0\t1"
            + "\t0.5\t1\t12\t2\t10\t14\t30\t10\t20\t40",
        line("variants.tsv", "1\t100"));
    List<Map<String, String>> variants = table("variants.tsv");
    assertEquals(4, variants.size());
    Map<String, String> deletion = variants.get(2);
    assertEquals("deletion", deletion.get("type"));
    assertEquals("1", deletion.get("n_called"));
    assertEquals("1", deletion.get("n_partial"));
    assertEquals("1", deletion.get("n_het"));
    assertEquals("", deletion.get("qual"));
    assertEquals("", deletion.get("dp_mean"));
    assertEquals("symbolic", variants.get(3).get("type"));
    assertEquals("1", variants.get(3).get("n_hap_alt"));

    Map<String, String> ann = table("samples.tsv").get(0);
    assertEquals("Ann", ann.get("sample"));
    assertEquals("3", ann.get("n_called"));
    assertEquals("2", ann.get("n_het"));
    assertEquals("1", ann.get("n_hap_alt"));
    assertEquals("1", ann.get("n_snp"));
    assertEquals("1", ann.get("n_star"));
    assertEquals("4", ann.get("n_singleton"));
    assertEquals("4", ann.get("n_private"));

    List<Map<String, String>> regions = table("regions.tsv");
    assertEquals(2, regions.size());
    assertEquals("2", regions.get(0).get("n_records"));
    assertEquals("1000000", regions.get(0).get("end"));

    JsonNode cohort = new ObjectMapper().readTree(folder.resolve("out/cohort.json").toFile());
    assertEquals(3, cohort.get("n_sites").asInt());
    assertEquals(2, cohort.get("n_samples").asInt());
    assertEquals(0, cohort.get("n_ac_disagrees").asInt());
    assertEquals(1, cohort.get("records_by_filter").get("q10").asInt());
    assertEquals(1, cohort.get("records_by_type").get("mixed").asInt());
    assertEquals(1, cohort.get("n_qual_missing").asInt());
  }

  @Test
  void whatTheCohortTellsOfItsAllelesIsARecountOfTheTable() throws Exception {
    int samples = 40;
    StringBuilder text = new StringBuilder("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT");
    text.append("\tQUAL\tFILTER\tINFO\tFORMAT");
    IntStream.range(0, samples).forEach(s -> text.append("\tS").append(s));
    List<String> genotypes = List.of("0/0", "0/1", "1/1", "./.", "0/2", "1/2", "1", "0", "0/.");
    List<String> alternates = List.of("G,T", "AT,C", "AC,<DEL>", "*,G");
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      text.append("\n1\t%d\t.\tA\t%s\t.\tPASS\t.\tGT".formatted(i + 1, alternates.get(i % 4)));
      int kinds = 1 + random.nextInt(genotypes.size());
      for (int s = 0; s < samples; s++) {
        text.append('\t').append(genotypes.get(random.nextInt(kinds)));
      }
    }
    run(Files.writeString(folder.resolve("a.vcf"), text.append('\n')).toString());

    JsonNode cohort = new ObjectMapper().readTree(folder.resolve("out/cohort.json").toFile());
    List<Map<String, String>> rows = table("variants.tsv");
    assertEquals(rows.size(), cohort.get("n_alleles").asInt());
    for (String column : List.of("p_hwe", "p_hwe_midp")) {
      Map<Double, Integer> expected = new TreeMap<>();
      for (Map<String, String> row : rows) {
        int ac = Integer.parseInt(row.get("ac"));
        if (ac > 0 && ac < Integer.parseInt(row.get("an")) && !row.get(column).isEmpty()) {
          double size = -Math.log10(Double.parseDouble(row.get(column)));
          expected.merge(Math.round(size * 100) / 100.0, 1, Integer::sum);
        }
      }
      Map<Double, Integer> actual = new TreeMap<>();
      cohort
          .get(column)
          .forEach(bin -> actual.put(bin.get("minus_log10_p").asDouble(), bin.get("n").asInt()));
      assertTrue(expected.size() > 20);
      assertEquals(expected, actual);
    }
  }

  @Test
  void remarksNameFilePlaceAndRuleAndCostNothing() throws Exception {
    String header = "##fileformat=VCFv4.2\n##INFO=<ID=X,Number=1,Type=Int,Description=\"x\">";
    String text =
        VCF.replace("##fileformat=VCFv4.2", header)
            .replace("DP:GQ\t0/1:10:20\t0/0:14:40", "DP:PL\t0/1:10:2,0,2\t0/0:14:0,1");
    Path input = Files.writeString(folder.resolve("a.vcf"), text);
    Ledger ledger = run(input.toString());
    assertEquals(1, ledger.stages().get(1).rejected());
    assertEquals(4, table("variants.tsv").size());
    List<Map<String, String>> remarks = table("remarks.tsv");
    assertEquals(2, remarks.size());
    Map<String, String> broken = remarks.get(0);
    assertTrue(broken.get("source").endsWith("a.vcf"));
    assertEquals(
        List.of("2", "", "meta_type", "value", "VCF 4.2: 1.2.2 and 1.2.4", "1"),
        Stream.of("line", "column", "rule", "severity", "clause", "n_lines")
            .map(broken::get)
            .toList());
    assertEquals("sample_number", remarks.get(1).get("rule"));
    assertEquals("4", remarks.get(1).get("line"));
    assertEquals("11", remarks.get(1).get("column"));
  }

  @Test
  void aHeaderWithoutRecordsGivesTablesWithoutRows() throws Exception {
    Path input =
        Files.writeString(folder.resolve("a.vcf"), VCF.substring(0, VCF.indexOf("1\t100")));
    run(input.toString());
    assertEquals(0, table("variants.tsv").size());
    assertEquals(2, table("samples.tsv").size());
    assertEquals("", table("samples.tsv").get(0).get("call_rate"));
    assertEquals(0, table("regions.tsv").size());
  }

  @Test
  void samplesBecomePseudonymsWithAKey() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef");
    run(input.toString(), "--pseudonymKeyFile=" + key);
    for (String name : List.of("variants.tsv", "samples.tsv", "regions.tsv", "cohort.json")) {
      assertFalse(Files.readString(folder.resolve("out").resolve(name)).contains("Ann"), name);
    }
    assertTrue(table("samples.tsv").get(0).get("sample").matches("[0-9a-f]{32}"));
  }

  @Test
  void aBedFileNamesItsRegions() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    Path bed = Files.writeString(folder.resolve("r.bed"), "1\t99\t100\tone\n1\t0\t500\tall\n");
    run(input.toString(), "--regions=" + bed, "--filters=pass");
    assertEquals(
        List.of("all", "one"), table("regions.tsv").stream().map(r -> r.get("name")).toList());
    assertEquals("1", table("regions.tsv").get(0).get("n_records"));
    assertEquals(2, table("variants.tsv").size());
  }

  @Test
  void regionsOnOtherSequencesThanAllRecordsFailTheRun() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    Path bed = Files.writeString(folder.resolve("r.bed"), "ctg1\t0\t500\tall\n");
    Throwable failure =
        assertThrows(
                PipelineExecutionException.class, () -> run(input.toString(), "--regions=" + bed))
            .getCause();
    assertEquals(NoCommonSequenceException.class, failure.getClass());
    assertTrue(failure.getMessage().startsWith("None of the 3 records"), failure.getMessage());
    assertTrue(failure.getMessage().contains("a.vcf"), failure.getMessage());
    assertTrue(failure.getMessage().contains("r.bed"), failure.getMessage());
    Path aliases = Files.writeString(folder.resolve("aliases.tsv"), "1\tctg1\n");
    run(input.toString(), "--regions=" + bed, "--contigAliases=" + aliases);
    assertEquals("1", table("regions.tsv").get(0).get("contig"));
    // One sequence in common is enough, even where no record lies in a region.
    Files.writeString(bed, "ctg1\t0\t500\tall\n2\t0\t5\tnone\n");
    run(input.toString(), "--regions=" + bed);
    assertEquals(0, table("regions.tsv").size());
  }

  @Test
  void onlyRecordsInRegionsAreCountedOnEveryAxis() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    Path bed = Files.writeString(folder.resolve("r.bed"), "1\t100\t201\tone\n");
    run(input.toString(), "--regions=" + bed, "--onlyRegions=true");
    assertEquals(
        List.of("200", "200"), table("variants.tsv").stream().map(r -> r.get("pos")).toList());
    assertEquals("1", table("samples.tsv").get(0).get("n_called"));
    JsonNode cohort = new ObjectMapper().readTree(folder.resolve("out/cohort.json").toFile());
    assertEquals(1, cohort.get("n_sites").asInt());
    Files.writeString(bed, "1\t300\t400\tnone\n");
    String message =
        assertThrows(
                PipelineExecutionException.class,
                () -> run(input.toString(), "--regions=" + bed, "--onlyRegions=true"))
            .getMessage();
    assertTrue(message.contains("No record of"), message);
    assertThrows(UsageException.class, () -> run(input.toString(), "--onlyRegions=true"));
  }

  @Test
  void filesByContigAreOneCohort() throws Exception {
    String header = VCF.substring(0, VCF.indexOf("1\t100"));
    Files.writeString(folder.resolve("chr1.vcf"), VCF.substring(0, VCF.indexOf("1\tx")));
    Files.writeString(
        folder.resolve("chr2.vcf"),
        header.replace("Ann\tBob", "Bob\tAnn") + "2\t100\t.\tC\t<DEL>\t5.5\tPASS\t.\tGT\t.\t1\n");
    run(folder + "/chr*.vcf");
    List<String> apart = sorted("samples.tsv");
    String rows = String.join("\n", sorted("variants.tsv"));
    Path whole = Files.writeString(folder.resolve("a.vcf"), VCF);
    run(whole.toString());
    assertEquals(sorted("samples.tsv"), apart);
    assertEquals(String.join("\n", sorted("variants.tsv")), rows);
  }

  private List<String> sorted(String name) throws IOException {
    return Files.readAllLines(folder.resolve("out").resolve(name)).stream().sorted().toList();
  }

  @Test
  void aRegionThatIsNeitherFileNorWidthIsRefused() throws IOException {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    String message =
        assertThrows(UsageException.class, () -> run(input.toString(), "--regions=5megs"))
            .getMessage();
    assertTrue(message.contains("5megs") && message.contains("1mb"), message);
    assertThrows(UsageException.class, () -> run(input.toString(), "--filters=PASS,"));
  }

  @Test
  void keywordsOfFiltersStandAloneWhateverTheirCase() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    for (String filters : List.of("all,q10", "q10,ALL", "Pass,q10")) {
      String message =
          assertThrows(UsageException.class, () -> run(input.toString(), "--filters=" + filters))
              .getMessage();
      assertTrue(message.contains(filters) && message.contains("stand alone"), message);
    }
    run(input.toString(), "--filters=ALL");
    assertEquals(4, table("variants.tsv").size());
    run(input.toString(), "--filters=Pass");
    assertEquals(2, table("variants.tsv").size());
    run(input.toString(), "--filters=PASS,q10");
    int both = table("variants.tsv").size();
    assertTrue(both > 2);
    run(input.toString(), "--filters=PASS, q10");
    assertEquals(both, table("variants.tsv").size());
  }

  @Test
  void tablesOfOtherToolsAreWrittenWhenAskedFor() throws Exception {
    Path input = Files.writeString(folder.resolve("a.vcf"), VCF);
    run(input.toString());
    assertFalse(Files.exists(folder.resolve("out/bcftools.stats.txt")));
    Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef");
    run(input.toString(), "--compat=bcftools,PLINK2", "--pseudonymKeyFile=" + key);
    assertEquals(
        "SN\t0\tnumber of records:\t3", line("bcftools.stats.txt", "SN\t0\tnumber of rec"));
    assertTrue(line("bcftools.stats.txt", "PSC").matches("PSC\t0\t[0-9a-f]{32}\t0\t.*"));
    assertEquals(
        "1\t200\t.\tAT\tA,*\t3\t1,1\t0.333333,0.333333\t0.333333\t2\t0,0\t1,1\t0,0\t1,1\t1,1\t0.5",
        line("bcftools.fill-tags.tsv", "1\t200"));
    assertEquals("1\t.\tAT\tA,*\t0.5,0.5\t2", line("plink2.afreq", "1\t.\tAT"));
    assertTrue(line("plink2.smiss", "#").equals("#IID\tMISSING_CT\tOBS_CT\tF_MISS"));
    assertThrows(
        UsageException.class, () -> run(input.toString(), "--compat=hail", "--joinSamples=true"));
    String message =
        assertThrows(UsageException.class, () -> run(input.toString(), "--compat=bcftools,plonk"))
            .getMessage();
    assertTrue(message.contains("plonk") && message.contains("bcftools"), message);
  }

  @Test
  void thousandGenomesComeOutAsStored() throws Exception {
    String shared =
        System.getProperty(
            "healthbeam.shared", System.getProperty("healthbeam.root", ".") + "/../shared");
    Path file =
        Path.of(shared, "data/vcf/1kg-phaseIII-v5a.20130502.genotypes.chr22-16-16.5mb.vcf.gz");
    Assumptions.assumeTrue(Files.exists(file), "no 1000 Genomes file in the shared data");
    run(file.toString());
    JsonNode cohort = new ObjectMapper().readTree(folder.resolve("out/cohort.json").toFile());
    assertEquals(6109, cohort.get("n_an_compared").asInt());
    assertEquals(0, cohort.get("n_an_disagrees").asInt());
    assertEquals(6139, cohort.get("n_ac_compared").asInt());
    assertEquals(0, cohort.get("n_ac_disagrees").asInt());
    assertEquals(6139, table("variants.tsv").size());
    assertEquals(2504, table("samples.tsv").size());
  }
}
