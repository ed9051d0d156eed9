package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Genes, known alleles, populations and names of sequences, from files to files. */
class VariantAxesTest {
  private static final String HEADER =
      "##fileformat=VCFv4.2\n#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT Ann Bob Cy\n";
  private static final String[] RECORDS = {
    "1 100 . A G 30 PASS . GT 0/1 0/0 1/1",
    "1 200 . AT A,T . q10 . GT 1/2 ./0 0/0",
    "1 300 . C T . q10;s50 . GT 0/1 0/1 0/0",
    "2 100 . C A 5.5 . . GT 1/1 ./. 0/1",
  };

  @TempDir private Path folder;

  private Path vcf(String name, String header, String... records) throws IOException {
    return Files.writeString(
        folder.resolve(name), (header + String.join("\n", records) + "\n").replace(' ', '\t'));
  }

  private Path tsv(String name, String... lines) throws IOException {
    return Files.writeString(
        folder.resolve(name), (String.join("\n", lines) + "\n").replace(' ', '\t'));
  }

  private Ledger run(Path input, String... more) throws UsageException {
    List<String> args = new ArrayList<>(Arrays.asList(more));
    args.add("--input=" + input);
    args.add("--output=" + folder.resolve("out"));
    args.add("--runner=DirectRunner");
    SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
            .as(SummarizeVariantsOptions.class);
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

  private JsonNode cohort() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/cohort.json").toFile());
  }

  @Test
  void everyFilterHasItsCounters() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    run(input);
    JsonNode q10 = cohort().get("by_filter").get("q10");
    assertEquals(2, q10.get("n_records").asInt());
    assertEquals(0, q10.get("n_filtered_out").asInt());
    assertEquals(3, q10.get("n_alleles").asInt());
    assertEquals(3, q10.get("n_het").asInt());
    run(input, "--filters=pass");
    q10 = cohort().get("by_filter").get("q10");
    assertEquals(2, q10.get("n_records").asInt());
    assertEquals(2, q10.get("n_filtered_out").asInt());
    assertEquals(3, q10.get("n_alleles").asInt());
    assertEquals(0, q10.get("n_het").asInt());
    assertEquals(1, cohort().get("by_filter").get("PASS").get("n_het").asInt());
    assertEquals(4, cohort().get("by_filter").size());
  }

  @Test
  void knownAllelesHaveColumnsAtTheEnd() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    run(input);
    String[] columns = header("samples.tsv");
    Path known = tsv("known.tsv", "contig pos ref alt", "chr1 100 A G", "chr1 300 C A", "? 1");
    Ledger ledger = run(input, "--known=" + known);
    assertEquals(
        List.of(1L),
        ledger.stages().stream()
            .filter(s -> s.stage().equals("Read known sites"))
            .map(s -> s.rejected())
            .toList());
    assertEquals("novelty", header("variants.tsv")[header("variants.tsv").length - 1]);
    assertEquals(
        List.of("known", "novel", "novel", "novel", "novel"),
        table("variants.tsv").stream().map(row -> row.get("novelty")).toList());
    assertEquals(List.of(columns), Arrays.asList(header("samples.tsv")).subList(0, columns.length));
    Map<String, String> cy = table("samples.tsv").get(2);
    assertEquals("2", cy.get("n_known"));
    assertEquals("1", cy.get("n_novel"));
    assertEquals("2", cy.get("n_ti_known"));
    assertEquals("0", cy.get("ti_tv_novel"));
    assertEquals("1", table("regions.tsv").get(0).get("n_known"));
    assertEquals("3", table("regions.tsv").get(0).get("n_novel"));
    assertEquals(1, cohort().get("known").get("n_known").asInt());
    assertEquals(4, cohort().get("known").get("n_novel").asInt());
  }

  private String[] header(String name) throws IOException {
    return Files.readAllLines(folder.resolve("out").resolve(name)).get(0).split("\t", -1);
  }

  @Test
  void knownSitesOnOtherSequencesFailTheRun() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    Path known = tsv("known.tsv", "chr9 100 A G");
    String message =
        assertThrows(PipelineExecutionException.class, () -> run(input, "--known=" + known))
            .getCause()
            .getMessage();
    assertTrue(message.startsWith("None of the 4 records of "), message);
    assertTrue(message.contains("a.vcf") && message.contains("known.tsv"), message);
  }

  @Test
  void populationsHaveATableAndTotals() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    Path table =
        tsv("p.tsv", "sample pop super gender", "Ann N E f", "Bob S E m", "Zoe W E f", "Dan W E m");
    run(input, "--populations=" + table);
    List<Map<String, String>> rows = table("populations.tsv");
    assertEquals(5 * 3, rows.size());
    Map<String, String> first = rows.get(0);
    assertEquals("E", first.get("population"));
    assertEquals("1", first.get("ac"));
    assertEquals("4", first.get("an"));
    assertEquals("0.25", first.get("af"));
    JsonNode populations = cohort().get("populations");
    assertEquals(2, populations.get("n_samples_with_population").asInt());
    assertEquals(1, populations.get("n_samples_without_population").asInt());
    assertEquals(2, populations.get("n_unknown_samples").asInt());
    assertEquals(1, populations.get("n_populations_without_sample").asInt());
    JsonNode n = populations.get("by_population").get("N");
    assertEquals(1, n.get("n_samples").asInt());
    assertEquals(4, n.get("n_records").asInt());
    assertEquals(5, n.get("n_alleles").asInt());
    for (String file : List.of("populations.tsv", "cohort.json")) {
      assertFalse(Files.readString(folder.resolve("out").resolve(file)).contains("Ann"), file);
    }
  }

  @Test
  void tablesWithAByteOrderMarkAreReadAsThoseWithout() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    Path populations = tsv("p.tsv", "\uFEFFsample pop gender", "Ann N f", "Bob S m");
    Path regions = tsv("r.bed", "\uFEFF1 0 150 first");
    run(input, "--populations=" + populations, "--regions=" + regions);
    assertEquals(5 * 2, table("populations.tsv").size());
    assertEquals("1", table("regions.tsv").get(0).get("n_records"));
    tsv("p.tsv", "\uFEFFAnn N");
    run(input, "--populations=" + populations);
    assertEquals(1, cohort().get("populations").get("n_samples_with_population").asInt());
  }

  @Test
  void aTableWithoutAnySampleOfTheRecordsFailsTheRun() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    Path table = tsv("p.tsv", "Zoe W");
    String message =
        assertThrows(PipelineExecutionException.class, () -> run(input, "--populations=" + table))
            .getCause()
            .getMessage();
    assertTrue(message.contains("None of the 3 samples") && message.contains("p.tsv"), message);
    assertFalse(message.contains("Ann") || message.contains("Zoe"), message);
  }

  @Test
  void genesAreRegions() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    Path gff =
        tsv(
            "genes.txt",
            "##gff-version 3",
            "chr1 x gene 50 250 . + . ID=g1;Name=ONE",
            "chr1 x exon 50 60 . + . ID=e1;Parent=g1",
            "chr1 x gene 150 350 . - . ID=g2;Name=TWO",
            "chr1 x gene 9 - . - . ID=g3",
            "chr2 x gene 500 600 . + . ID=g4");
    Ledger ledger = run(input, "--regions=" + gff);
    assertEquals(
        List.of(1L),
        ledger.stages().stream()
            .filter(s -> s.stage().equals("Read regions"))
            .map(s -> s.rejected())
            .toList());
    assertEquals(
        List.of("1 TWO 2", "1 ONE 2"),
        table("regions.tsv").stream()
            .map(r -> r.get("contig") + " " + r.get("name") + " " + r.get("n_records"))
            .toList());
  }

  @Test
  void filesWithOtherNamesAndOrdersAreOneCohort() throws Exception {
    Path whole = vcf("a.vcf", HEADER, RECORDS);
    String[] options = {
      "--populations=" + tsv("p.tsv", "Ann N", "Bob S", "Cy N"),
      "--known=" + tsv("known.tsv", "1 300 C T"),
      "--regions=1mb"
    };
    run(whole, options);
    Map<String, List<String>> expected = new HashMap<>();
    List<String> files = List.of("variants.tsv", "samples.tsv", "regions.tsv", "populations.tsv");
    for (String file : files) {
      expected.put(file, sorted(file));
    }
    ObjectNode cohort = (ObjectNode) cohort();
    assertEquals("{\"1\":3,\"2\":1}", cohort.remove("records_by_contig").toString());
    Files.createDirectory(folder.resolve("in"));
    vcf("in/1.vcf", HEADER, RECORDS[0], RECORDS[1]);
    vcf(
        "in/2.vcf",
        HEADER.replace("Ann Bob Cy", "Cy Ann Bob"),
        "chr1 300 . C T . q10;s50 . GT 0/0 0/1 0/1",
        "2 100 . C A 5.5 . . GT 0/1 1/1 ./.");
    run(folder.resolve("in/*.vcf"), options);
    for (String file : files) {
      List<String> found = new ArrayList<>(sorted(file));
      found.replaceAll(line -> line.replace("chr1\t", "1\t"));
      if (file.equals("regions.tsv")) {
        assertEquals(2, sorted(file).stream().filter(l -> !l.startsWith("contig")).count());
        assertTrue(sorted(file).stream().noneMatch(line -> line.startsWith("chr1")));
      }
      found.sort(null);
      assertEquals(expected.get(file), found, file);
    }
    ObjectNode apart = (ObjectNode) cohort();
    assertEquals("{\"1\":2,\"2\":1,\"chr1\":1}", apart.remove("records_by_contig").toString());
    assertEquals(cohort, apart);
  }

  private List<String> sorted(String name) throws IOException {
    return Files.readAllLines(folder.resolve("out").resolve(name)).stream().sorted().toList();
  }

  @Test
  void filesThatAreNotThereAreRefused() throws Exception {
    Path input = vcf("a.vcf", HEADER, RECORDS);
    for (String option : List.of("known", "populations", "contigAliases")) {
      String message =
          assertThrows(UsageException.class, () -> run(input, "--" + option + "=/nowhere/x.tsv"))
              .getMessage();
      assertTrue(message.contains("--" + option) && message.contains("x.tsv"), message);
    }
    Path aliases = tsv("aliases.tsv", "chr1 chr2");
    String message =
        assertThrows(UsageException.class, () -> run(input, "--contigAliases=" + aliases))
            .getMessage();
    assertTrue(message.contains("line 1"), message);
  }
}
