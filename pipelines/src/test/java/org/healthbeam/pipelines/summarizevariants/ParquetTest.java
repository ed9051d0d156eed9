package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.run.TypedTable;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB and Avro read of the tables in formats with types. */
class ParquetTest {
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      #CHROM POS ID REF ALT QUAL FILTER INFO FORMAT
      """
          .replace(' ', '\t')
          .strip();

  @TempDir private Path folder;

  private Path run(String... more) throws Exception {
    Path output = folder.resolve("out" + more.length);
    List<String> args =
        new ArrayList<>(
            List.of("--output=" + output, "--format=tsv,parquet,avro", "--runner=DirectRunner"));
    args.addAll(List.of(more));
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(new String[0]))
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

  private Path vcf(String name, List<String> samples, int records, long seed) throws Exception {
    Random random = new Random(seed);
    String[] genotypes = {"0/0", "0/1", "1/1", "./.", "./1", "0", "1", "1|0"};
    StringBuilder text = new StringBuilder(HEADER);
    samples.forEach(sample -> text.append('\t').append(sample));
    for (int i = 1; i <= records; i++) {
      String id = i % 3 == 0 ? "rs" + i + "\u00e9" : ".";
      String qual = i % 4 == 0 ? "." : "" + i * 1.5;
      text.append("\n").append(i % 2 == 0 ? "1" : "X").append('\t').append(i * 1000L);
      text.append('\t').append(id).append("\tA\t").append(i % 5 == 0 ? "G,<DEL>" : "G");
      text.append('\t').append(qual).append("\tPASS\t.\tGT:DP:GQ");
      for (int s = 0; s < samples.size(); s++) {
        text.append('\t').append(genotypes[random.nextInt(genotypes.length)]);
        text.append(":" + random.nextInt(40) + ":" + random.nextInt(99));
      }
    }
    return Files.writeString(folder.resolve(name), text.append('\n'));
  }

  private static List<String> hidden(Path output) throws Exception {
    try (Stream<Path> files = Files.list(output)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".temp-beam-parts"))
          .toList();
    }
  }

  @Test
  void allTablesHaveTheCellsOfTheText() throws Exception {
    Path one = vcf("a.vcf", List.of("Ann", "Bob", "Cid"), 400, 1);
    Path two = vcf("b.vcf", List.of("Ann", "Bob", "Cid"), 300, 2);
    Path known = Files.writeString(folder.resolve("known.tsv"), "1\t2000\tA\tG\n");
    Path groups = Files.writeString(folder.resolve("groups.tsv"), "Ann\tP1\nBob\tP1,P2\n");
    Path output =
        run(
            "--input=" + one + "," + two,
            "--known=" + known,
            "--populations=" + groups,
            "--regions=50kb");
    TypedTable.assertSame(output, "variants", 700);
    TypedTable.assertSame(output, "populations", 1400);
    TypedTable.assertSame(output, "samples", 2);
    TypedTable.assertSame(output, "regions", 10);
    assertEquals(List.of(), hidden(output));
  }

  @Test
  void joinedSamplesHaveThemToo() throws Exception {
    Path ann = vcf("ann.vcf", List.of("Ann"), 60, 3);
    Path bob = vcf("bob.vcf", List.of("Bob"), 60, 4);
    Path output = run("--input=" + ann + "," + bob, "--joinSamples=true");
    TypedTable.assertSame(output, "variants", 50);
    TypedTable.assertSame(output, "samples", 1);
    TypedTable.assertSame(output, "regions", 1);
  }

  @Test
  void aTableWithoutARowHasItsColumns() throws Exception {
    Path output = run("--input=" + vcf("none.vcf", List.of("Ann"), 0, 5));
    TypedTable.assertSame(output, "variants", 0);
    TypedTable.assertSame(output, "regions", 0);
    assertFalse(Files.exists(output.resolve("populations.parquet")));
  }
}
