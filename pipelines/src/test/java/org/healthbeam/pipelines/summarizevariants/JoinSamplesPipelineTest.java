package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of one sample each, from files to files. */
class JoinSamplesPipelineTest {
  private static final String[] OUTPUTS = {
    "variants.tsv", "samples.tsv", "regions.tsv", "cohort.json"
  };

  @TempDir private Path folder;

  private Ledger run(String input, String out, String... more) throws UsageException {
    List<String> args = new ArrayList<>(Arrays.asList(more));
    args.add("--input=" + input);
    args.add("--output=" + folder.resolve(out));
    args.add("--runner=DirectRunner");
    SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();
    SummarizeVariantsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(new String[0]))
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

  private List<String> sorted(String out, String name) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve(name)).stream().sorted().toList();
  }

  private void assertSame(String out, String other) throws IOException {
    for (String name : OUTPUTS) {
      assertEquals(sorted(out, name), sorted(other, name), name);
    }
  }

  private static String header(String... samples) {
    return "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
        + String.join("\t", samples)
        + "\n";
  }

  /** Writes one file of all samples, and one for each, where it has all records. */
  private void write(int samples, int records, Path whole, Path apart) throws IOException {
    Random random = new Random(7);
    Files.createDirectories(apart);
    String[] names = new String[samples];
    StringBuilder[] files = new StringBuilder[samples];
    for (int s = 0; s < samples; s++) {
      names[s] = "S%04d".formatted(s);
      files[s] = new StringBuilder(header(names[s]));
    }
    StringBuilder all = new StringBuilder(header(names));
    for (int r = 0; r < records; r++) {
      String site =
          "%d\t%d\trs%d\tAC\t%s\t50\tPASS\t.\tGT:DP:GQ\t"
              .formatted(1 + r % 2, 1000 + 700 * r, r, List.of("A", "GC,ACC", "TC").get(r % 3));
      all.append(site);
      for (int s = 0; s < samples; s++) {
        String genotype =
            List.of("0/0:9:30", "0/1:20:99", "1/1:14:50", "./.:.:.", "0/0:30:80")
                .get(random.nextInt(40) == 0 ? random.nextInt(4) : 4);
        all.append(genotype).append(s + 1 < samples ? '\t' : '\n');
        files[s].append(site).append(genotype).append('\n');
      }
    }
    Files.writeString(whole, all);
    for (int s = 0; s < samples; s++) {
      Files.writeString(apart.resolve(names[s] + ".vcf"), files[s]);
    }
  }

  /** Twelve hundred files, of which few are open at a time. */
  @Test
  @Tag("slow")
  void manyFilesAreThatOfOneFileOfAll() throws Exception {
    Path whole = folder.resolve("whole.vcf");
    Path apart = folder.resolve("apart");
    write(1200, 6, whole, apart);
    run(whole.toString(), "whole-out");
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicLong most = new AtomicLong();
    long before = openFiles();
    Thread watch =
        new Thread(
            () -> {
              while (running.get()) {
                most.accumulateAndGet(openFiles(), Math::max);
                LockSupport.parkNanos(5_000_000);
              }
            });
    watch.setDaemon(true);
    watch.start();
    Ledger ledger = run(apart + "/*.vcf", "apart-out", "--joinSamples=true");
    running.set(false);
    watch.join();
    assertEquals(1200, ledger.stages().get(0).in());
    assertEquals(7_200, ledger.stages().get(1).in());
    assertSame("whole-out", "apart-out");
    assertTrue(most.get() - before < 300, "files open: " + (most.get() - before));
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  @Test
  void withdrawnSamplesAreAsIfTheirFilesWereNotThere() throws Exception {
    Path apart = folder.resolve("apart");
    write(8, 30, folder.resolve("whole.vcf"), apart);
    Path names = Files.writeString(folder.resolve("withdrawn.txt"), "S0002\n\nS0005 \r\ns0007\n");
    Ledger ledger = run(apart + "/*.vcf", "left-out", "--joinSamples=true", "--withdrawn=" + names);
    assertEquals(
        Map.of("left-out", 2L, "in-no-file", 1L),
        ledger.stages().stream()
            .filter(stage -> stage.stage().equals("Withdraw samples"))
            .findFirst()
            .orElseThrow()
            .outcomes());
    assertThrows(
        PipelineExecutionException.class,
        () ->
            run(
                apart + "/*.vcf",
                "strict",
                "--joinSamples=true",
                "--onInvalid=STRICT",
                "--withdrawn=" + names));
    Files.delete(apart.resolve("S0002.vcf"));
    Files.delete(apart.resolve("S0005.vcf"));
    run(apart + "/*.vcf", "deleted-out", "--joinSamples=true");
    assertSame("deleted-out", "left-out");
    assertEquals(1 + 6, sorted("left-out", "samples.tsv").size());
  }

  @Test
  void filesOfOtherSamplesNeedTheOptionAndTheErrorSaysSo() throws Exception {
    Path apart = folder.resolve("apart");
    write(2, 3, folder.resolve("whole.vcf"), apart);
    String message =
        assertThrows(PipelineExecutionException.class, () -> run(apart + "/*.vcf", "out"))
            .getMessage();
    assertTrue(message.contains("--joinSamples=true"), message);
  }

  @Test
  void optionsOfJoiningNeedIt() {
    for (String option :
        List.of("--absent=REFERENCE", "--failedGenotypes=MISSING", "--withdrawn=" + folder)) {
      String message =
          assertThrows(UsageException.class, () -> run("a.vcf", "out", option)).getMessage();
      assertTrue(message.contains("needs --joinSamples=true"), message);
    }
    String message =
        assertThrows(
                UsageException.class,
                () -> run("a.vcf", "out", "--joinSamples=true", "--withdrawn=/no/such/file"))
            .getMessage();
    assertTrue(message.contains("no file that exists"), message);
  }
}
