package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.io.stream.EndOfStream;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Samples whose files come while the run goes on, from files to files. */
class ArrivingSamplesPipelineTest {
  private static final String[] SAMPLES = {"Ann", "Bob", "Cid", "Dee"};

  @TempDir private Path folder;
  private Path arrivals;
  private Path withdrawn;
  private final SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();

  @BeforeEach
  void makeFolders() throws IOException {
    arrivals = Files.createDirectory(folder.resolve("arrivals"));
    withdrawn = Files.createDirectory(folder.resolve("withdrawn"));
  }

  private SummarizeVariantsOptions options(Path input, String out, String... more) {
    List<String> args = new ArrayList<>(Arrays.asList(more));
    args.add("--input=" + input + "/*.vcf");
    args.add("--output=" + folder.resolve(out));
    args.add("--runner=DirectRunner");
    args.add("--joinSamples=true");
    if (args.stream().noneMatch(arg -> arg.startsWith("--regions="))) {
      args.add("--regions=10kb");
    }
    return PipelineOptionsFactory.fromArgs(args.toArray(new String[0]))
        .as(SummarizeVariantsOptions.class);
  }

  private SummarizeVariantsOptions arriving(String out, String... more) {
    List<String> args = new ArrayList<>(Arrays.asList(more));
    args.add("--streaming=true");
    args.add("--lookEvery=50ms");
    args.add("--reviseEvery=20ms");
    args.add("--withdrawn=" + withdrawn + "/*.txt");
    return options(arrivals, out, args.toArray(new String[0]));
  }

  private PipelineResult start(SummarizeVariantsOptions options) throws UsageException {
    pipeline.check(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline built = Pipeline.create(options);
    pipeline.build(built, options, rejects);
    rejects.all(built);
    return built.run();
  }

  /** A file is whole when it appears, with a time of its own. */
  private void put(Path file, String content, long seconds) throws IOException {
    Path hidden = folder.resolve("hidden");
    Files.writeString(hidden, content);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_700_000_000_000L + 1000 * seconds));
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String file(String sample, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    text.append("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t");
    text.append(sample).append('\n');
    for (int r = 0; r < 60; r++) {
      int pos = 500 + 900 * r;
      String genotype = List.of("0/0", "0/1", "1/1", "./.").get(random.nextInt(4));
      if (random.nextInt(3) == 0) {
        text.append(
            "2\t%d\t.\tA\t<NON_REF>\t.\t.\tEND=%d\tGT:DP\t0/0:11\n".formatted(pos, pos + 99));
      } else if (random.nextBoolean()) {
        String alt = random.nextBoolean() ? "G" : "AT";
        text.append("1\t%d\t.\tA\t%s\t30\tPASS\t.\tGT:DP:GQ\t".formatted(pos, alt));
        text.append("%s:%d:%d\n".formatted(genotype, random.nextInt(60), random.nextInt(99)));
      }
    }
    return text.toString();
  }

  private List<String> sorted(String out, String name) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve(name)).stream().sorted().toList();
  }

  private void assertSameAsBatch(String out, Path files, String... more) throws Exception {
    start(options(files, "batch", more)).waitUntilFinish();
    for (String name : List.of("variants.tsv", "samples.tsv", "regions.tsv")) {
      assertEquals(sorted("batch", name), sorted(out, name), name);
    }
    assertEquals(
        Files.readString(folder.resolve("batch/cohort.json")),
        Files.readString(folder.resolve(out).resolve("cohort.json")));
  }

  @Test
  @Timeout(180)
  void whatWasThereAndWithdrawnIsThatOfOneBatch() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    for (int i = 0; i < SAMPLES.length; i++) {
      put(arrivals.resolve(SAMPLES[i] + ".vcf"), file(SAMPLES[i], i), 10);
    }
    put(arrivals.resolve("Bob-corrected.vcf"), file("Bob", 17), 30);
    put(withdrawn.resolve("first.txt"), " Bob \n\nDee\nnobody\n", 20);
    put(in.resolve("a.vcf"), file("Ann", 0), 0);
    put(in.resolve("b.vcf"), file("Bob", 17), 0);
    put(in.resolve("c.vcf"), file("Cid", 2), 0);
    SummarizeVariantsOptions options = arriving("out", "--lookFor=600ms");
    assertEquals(PipelineResult.State.DONE, start(options).waitUntilFinish());
    pipeline.finish(options);
    assertSameAsBatch("out", in);
    assertTrue(sorted("out", "variants.tsv").size() > 20);
  }

  @Test
  @Timeout(180)
  void ofTwoFilesOfASampleTheFirstByTimeCountsWhoeverIsFoundFirst() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    put(arrivals.resolve("a-second.vcf"), file("Ann", 17), 30);
    put(arrivals.resolve("ann.vcf"), file("Ann", 0), 10);
    put(arrivals.resolve("bob.vcf"), file("Bob", 1), 20);
    put(in.resolve("a.vcf"), file("Ann", 0), 0);
    put(in.resolve("b.vcf"), file("Bob", 1), 0);
    SummarizeVariantsOptions options = arriving("out", "--lookFor=600ms");
    pipeline.check(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline built = Pipeline.create(options);
    pipeline.build(built, options, rejects);
    PAssert.that(rejects.all(built))
        .satisfies(
            all -> {
              List<Rejected> found = new ArrayList<>();
              all.forEach(found::add);
              assertEquals(1, found.size());
              Rejected only = found.get(0);
              assertTrue(only.source().endsWith("a-second.vcf"), only.source());
              assertEquals("2", only.position());
              return null;
            });
    assertEquals(PipelineResult.State.DONE, built.run().waitUntilFinish());
    pipeline.finish(options);
    assertSameAsBatch("out", in);
  }

  /** One file calls the sequences otherwise and is withdrawn, others do and stay. */
  @Test
  @Timeout(180)
  void sequencesOfSeveralNamesAndRegionsOfAFileAreThoseOfABatch() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    Path aliases = Files.writeString(folder.resolve("aliases.tsv"), "2\tscaffold_2\n");
    Path bed =
        Files.writeString(
            folder.resolve("genes.bed"),
            "chr1\t0\t20000\tone\nNC_000001.11\t5000\t50000\ttwo\nscaffold_2\t0\t30000\tthree\n"
                + "3\t0\t10\tnobody\nbroken\n");
    String other = file("Bob", 1).replace("\n1\t", "\nchr1\t").replace("\n2\t", "\nscaffold_2\t");
    put(arrivals.resolve("ann.vcf"), file("Ann", 0).replace("\n1\t", "\nchr1\t"), 10);
    put(arrivals.resolve("bob.vcf"), other, 20);
    put(arrivals.resolve("cid.vcf"), file("Cid", 2).replace("\n1\t", "\n01\t"), 20);
    put(arrivals.resolve("dee.vcf"), file("Dee", 3), 40);
    put(withdrawn.resolve("dee.txt"), "Dee\n", 50);
    put(in.resolve("a.vcf"), file("Ann", 0).replace("\n1\t", "\nchr1\t"), 0);
    put(in.resolve("b.vcf"), other, 0);
    put(in.resolve("c.vcf"), file("Cid", 2).replace("\n1\t", "\n01\t"), 0);
    Files.writeString(aliases, "2\tscaffold_2\n1\t01\n");
    String[] more = {"--contigAliases=" + aliases, "--regions=" + bed};
    SummarizeVariantsOptions options = arriving("out", with(more, "--lookFor=600ms"));
    assertEquals(PipelineResult.State.DONE, start(options).waitUntilFinish());
    pipeline.finish(options);
    assertSameAsBatch("out", in, more);
    List<String> regions = sorted("out", "regions.tsv");
    assertEquals(4, regions.size(), regions::toString);
    assertTrue(regions.get(0).startsWith("01\t0\t20000\tone\t"), regions.get(0));
  }

  @Test
  @Timeout(180)
  void recordsOfRegionsAloneAreThoseOfABatch() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    Path bed =
        Files.writeString(folder.resolve("genes.bed"), "chr1\t0\t20000\tone\n2\t9000\t9500\ttwo\n");
    for (int i = 0; i < SAMPLES.length; i++) {
      put(arrivals.resolve(SAMPLES[i] + ".vcf"), file(SAMPLES[i], i), 10 + i);
      put(in.resolve(SAMPLES[i] + ".vcf"), file(SAMPLES[i], i), 0);
    }
    Files.delete(in.resolve("Bob.vcf"));
    put(withdrawn.resolve("bob.txt"), "Bob\n", 20);
    String[] more = {"--regions=" + bed, "--onlyRegions=true"};
    SummarizeVariantsOptions options = arriving("out", with(more, "--lookFor=600ms"));
    assertEquals(PipelineResult.State.DONE, start(options).waitUntilFinish());
    pipeline.finish(options);
    assertSameAsBatch("out", in, more);
    List<String> variants = sorted("out", "variants.tsv");
    assertTrue(variants.size() > 5, variants::toString);
    assertTrue(
        variants.stream()
            .filter(row -> row.startsWith("1\t"))
            .allMatch(row -> Integer.parseInt(row.split("\t")[1]) <= 20_000),
        variants::toString);
  }

  @Test
  @Timeout(180)
  void noRecordOfTheRegionsFailsWhenAllIsWritten() throws Exception {
    Path bed = Files.writeString(folder.resolve("genes.bed"), "1\t0\t10\tone\n");
    put(arrivals.resolve("ann.vcf"), file("Ann", 0), 10);
    SummarizeVariantsOptions options =
        arriving("out", "--regions=" + bed, "--onlyRegions=true", "--lookFor=100ms");
    start(options).waitUntilFinish();
    assertThrows(NoCommonSequenceException.class, () -> pipeline.finish(options));
    assertEquals(1, sorted("out", "variants.tsv").size());
  }

  private static String[] with(String[] args, String more) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = more;
    return all;
  }

  @Test
  @Timeout(180)
  void noSequenceInCommonWithTheRegionsFailsWhenAllIsWritten() throws Exception {
    Path bed = Files.writeString(folder.resolve("genes.bed"), "7\t0\t20000\tone\n");
    put(arrivals.resolve("ann.vcf"), file("Ann", 0), 10);
    SummarizeVariantsOptions options = arriving("out", "--regions=" + bed, "--lookFor=100ms");
    start(options).waitUntilFinish();
    NoCommonSequenceException failed =
        assertThrows(NoCommonSequenceException.class, () -> pipeline.finish(options));
    assertTrue(failed.getMessage().contains("--contigAliases"), failed.getMessage());
    assertTrue(sorted("out", "variants.tsv").size() > 1);
  }

  @Test
  @Timeout(180)
  void filesThatComeAndAreWithdrawnReviseAndTheEndIsThatOfOneBatch() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    SummarizeVariantsOptions options = arriving("out");
    Thread run =
        new Thread(
            () -> {
              try {
                start(options).waitUntilFinish();
              } catch (UsageException e) {
                throw new IllegalArgumentException(e);
              }
            });
    run.start();
    put(arrivals.resolve("ann.vcf"), file("Ann", 1), 1);
    awaitRow("samples", "Ann", false);
    put(arrivals.resolve("bob.vcf"), file("Bob", 2), 2);
    awaitRow("samples", "Bob", false);
    put(withdrawn.resolve("bob.txt"), "Bob\n", 3);
    awaitRow("samples", "Bob", true);
    EndOfStream.ask(options);
    run.join();
    pipeline.finish(options);
    put(in.resolve("a.vcf"), file("Ann", 1), 0);
    assertSameAsBatch("out", in);
    assertEquals(2, sorted("out", "samples.tsv").size());
  }

  /** Waits until a part has a row of this sample that is gone or not. */
  private void awaitRow(String table, String sample, boolean gone) throws IOException {
    String ending = "\t" + gone;
    while (rows(table).stream().noneMatch(r -> r.startsWith(sample + "\t") && r.endsWith(ending))) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private List<String> rows(String table) throws IOException {
    List<String> rows = new ArrayList<>();
    Path parts = folder.resolve("out").resolve(table);
    if (Files.exists(parts)) {
      try (Stream<Path> files = Files.list(parts)) {
        for (Path file :
            files.filter(f -> f.getFileName().toString().startsWith("part-")).toList()) {
          rows.addAll(Files.readAllLines(file));
        }
      }
    }
    return rows;
  }

  @Test
  void noFileAtAllIsAnEmptyCohort() throws Exception {
    SummarizeVariantsOptions options = arriving("out", "--lookFor=100ms");
    start(options).waitUntilFinish();
    pipeline.finish(options);
    assertEquals(1, sorted("out", "variants.tsv").size());
    assertTrue(Files.readString(folder.resolve("out/cohort.json")).contains("\"n_samples\" : 0"));
    assertFalse(Files.exists(folder.resolve("out/cohort/part-00000000.jsonl")));
  }

  @Test
  void optionsThatSayNothingHereAreRefused() {
    for (String wrong :
        List.of("--format=vcf.gz", "--lookEvery=0s", "--reviseEvery=never", "--known=pom.xml")) {
      SummarizeVariantsOptions options =
          PipelineOptionsFactory.fromArgs(
                  "--input=a", "--output=b", "--joinSamples=true", "--streaming=true", wrong)
              .as(SummarizeVariantsOptions.class);
      UsageException refused = assertThrows(UsageException.class, () -> pipeline.check(options));
      String name = wrong.substring(0, wrong.indexOf('='));
      assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }
    SummarizeVariantsOptions batch =
        PipelineOptionsFactory.fromArgs("--input=a", "--output=b", "--streaming=true")
            .as(SummarizeVariantsOptions.class);
    assertThrows(UsageException.class, () -> pipeline.check(batch));
  }
}
