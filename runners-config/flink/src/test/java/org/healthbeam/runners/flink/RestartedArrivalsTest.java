package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.healthbeam.config.Profile;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsOptions;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples arrive at a job on Flink that fails while it reads one of them and goes on from its last
 * checkpoint, or is stopped with a savepoint and goes on: what is written is that of a batch.
 */
@Tag("slow")
class RestartedArrivalsTest {
  @TempDir private Path folder;
  private final SummarizeVariantsPipeline pipeline = new SummarizeVariantsPipeline();

  @AfterEach
  void failNoMore() {
    FailingDisk.fail(0);
  }

  private SummarizeVariantsOptions options(String input, String out, String... more) {
    List<String> args = new ArrayList<>(Arrays.asList(more));
    args.add("--input=" + input);
    args.add("--output=" + folder.resolve(out));
    args.add("--joinSamples=true");
    args.add("--regions=50kb");
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
        .as(SummarizeVariantsOptions.class);
  }

  /** A stream on Flink whose checkpoints are a moment apart. */
  private SummarizeVariantsOptions arriving(String input, String withdrawn) throws Exception {
    List<String> args = new ArrayList<>();
    Profile.ofRunner("flink", true).values().forEach((k, v) -> args.add("--" + k + "=" + v));
    args.add("--streaming=true");
    args.add("--lookEvery=100ms");
    args.add("--lookFor=1h");
    args.add("--reviseEvery=100ms");
    args.add("--withdrawn=" + withdrawn);
    SummarizeVariantsOptions options = options(input, "out", args.toArray(String[]::new));
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setAttachedMode(false);
    flink.setShutdownSourcesAfterIdleMs(0L); // as for all streams that end
    flink.setStateBackend("filesystem");
    flink.setStateBackendStoragePath(folder.resolve("checkpoints").toUri().toString());
    flink.setCheckpointingInterval(200L);
    flink.setMinPauseBetweenCheckpoints(0L);
    return options;
  }

  private PipelineResult start(SummarizeVariantsOptions options) throws Exception {
    pipeline.check(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline built = Pipeline.create(options);
    pipeline.build(built, options, rejects);
    rejects.all(built);
    return built.run();
  }

  private static String file(String sample, long seed, int records) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    text.append("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t");
    text.append(sample).append('\n');
    for (int r = 0; r < records; r++) {
      String genotype = List.of("0/0", "0/1", "1/1", "./.").get(random.nextInt(4));
      String alt = List.of("G", "T", "AT").get(random.nextInt(3));
      text.append("1\t%d\t.\tA\t%s\t30\tPASS\t.\tGT:DP\t".formatted(500 + 5 * r, alt));
      text.append("%s:%d\n".formatted(genotype, random.nextInt(60)));
    }
    return text.toString();
  }

  /** A file is whole when it appears, with a time of its own. */
  private void put(Path file, String content, long seconds) throws IOException {
    Path hidden = folder.resolve("hidden");
    Files.writeString(hidden, content);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_700_000_000_000L + 1000 * seconds));
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  @Timeout(300)
  void whatIsWrittenIsThatOfABatchThoughTheJobFailedInItsMidst() throws Exception {
    Path arrivals = Files.createDirectory(folder.resolve("arrivals"));
    Path withdrawn = Files.createDirectory(folder.resolve("withdrawn"));
    Path in = Files.createDirectory(folder.resolve("in"));
    Path large = arrivals.resolve("dee.vcf.text");
    SummarizeVariantsOptions options =
        arriving(arrivals + "/*.vcf," + FailingDisk.name(large), withdrawn + "/*.txt");
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFlinkMaster("[local]");
    flink.setParallelism(2);
    flink.setNumberOfExecutionRetries(3);
    flink.setExecutionRetryDelay(10L);
    PipelineResult run = start(options);
    try {
      arriveAndFail(arrivals, withdrawn, large);
      put(in.resolve("b.vcf"), file("Bob", 2, 300), 0);
      put(in.resolve("d.vcf"), Files.readString(large), 0);
      put(in.resolve("e.vcf"), file("Eve", 5, 300), 0);
      awaitBatchOf(in);
    } finally {
      run.cancel();
    }
    assertEndIsThatOfTheBatch(options);
  }

  @Test
  @Timeout(300)
  @SuppressWarnings("try") // That its close may be interrupted is Flink's own.
  void whatCameAndWentWhileTheJobWasStoppedCountsWhenItGoesOnWithAnotherParallelism()
      throws Exception {
    Path arrivals = Files.createDirectory(folder.resolve("arrivals"));
    Path withdrawn = Files.createDirectory(folder.resolve("withdrawn"));
    Path in = Files.createDirectory(folder.resolve("in"));
    SummarizeVariantsOptions options =
        arriving(arrivals + "/*.vcf," + arrivals + "/*.g.vcf", withdrawn + "/*.txt");
    put(arrivals.resolve("ann.vcf"), file("Ann", 1, 300), 10);
    put(arrivals.resolve("bob.g.vcf"), file("Bob", 2, 300), 20);
    put(withdrawn.resolve("cid.txt"), "Cid\n", 25);
    try (MiniCluster cluster = cluster()) {
      JobID job = startOn(cluster, options, 1, null);
      awaitRow("Ann", false);
      awaitRow("Bob", false);
      String savepoint = stop(cluster, job);

      put(arrivals.resolve("cid.vcf"), file("Cid", 4, 300), 24);
      put(arrivals.resolve("bob-again.vcf"), file("Bob", 6, 300), 40);
      put(arrivals.resolve("eve.vcf"), file("Eve", 5, 300), 40);
      put(withdrawn.resolve("ann.txt"), "Ann\n", 50);
      put(arrivals.resolve("ann-corrected.vcf"), file("Ann", 7, 300), 60);
      put(arrivals.resolve("dee.vcf"), file("Dee", 3, 300), 60);
      put(withdrawn.resolve("dee.txt"), "Dee\n", 70);
      startOn(cluster, options, 2, savepoint);
      put(in.resolve("a.vcf"), file("Ann", 7, 300), 0);
      put(in.resolve("b.vcf"), file("Bob", 2, 300), 0);
      put(in.resolve("e.vcf"), file("Eve", 5, 300), 0);
      awaitBatchOf(in);
    }
    assertEndIsThatOfTheBatch(options);
  }

  private static MiniCluster cluster() throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .setConfiguration(new Configuration().set(RestOptions.BIND_PORT, "0"))
                .build());
    cluster.start();
    return cluster;
  }

  private JobID startOn(
      MiniCluster cluster,
      SummarizeVariantsOptions options,
      int parallelism,
      @Nullable String savepoint)
      throws Exception {
    URI address = cluster.getRestAddress().get();
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFlinkMaster(address.getHost() + ":" + address.getPort());
    flink.setFilesToStage(List.of());
    flink.setParallelism(parallelism);
    flink.setSavepointPath(savepoint);
    start(options);
    return cluster.listJobs().get().stream()
        .filter(job -> !job.getJobState().isGloballyTerminalState())
        .map(JobStatusMessage::getJobId)
        .findFirst()
        .orElseThrow();
  }

  /** Stops the job and returns where its savepoint lies. */
  private String stop(MiniCluster cluster, JobID job) throws Exception {
    String savepoint =
        cluster
            .stopWithSavepoint(
                job,
                folder.resolve("savepoints").toUri().toString(),
                false,
                SavepointFormatType.CANONICAL)
            .get();
    cluster.requestJobResult(job).get();
    return savepoint;
  }

  private void awaitBatchOf(Path in) throws Exception {
    SummarizeVariantsOptions batch = options(in + "/*.vcf", "batch");
    batch.setRunner(DirectRunner.class);
    start(batch).waitUntilFinish();
    await(() -> newest("variants", 0, 1, 3, 4).equals(sorted("batch", "variants.tsv")));
    await(() -> newest("samples", 0).equals(sorted("batch", "samples.tsv")));
    await(() -> newest("regions", 0, 1, 2, 3).equals(sorted("batch", "regions.tsv")));
    long last = lastRevision();
    await(() -> rows("cohort").stream().anyMatch(r -> r.startsWith("{\"revision\":" + last + ",")));
  }

  private void assertEndIsThatOfTheBatch(SummarizeVariantsOptions options) throws IOException {
    pipeline.finish(options);
    for (String name : List.of("variants.tsv", "samples.tsv", "regions.tsv", "cohort.json")) {
      assertEquals(sorted("batch", name), sorted("out", name), name);
    }
  }

  private void arriveAndFail(Path arrivals, Path withdrawn, Path large) throws Exception {
    put(arrivals.resolve("ann.vcf"), file("Ann", 1, 300), 10);
    put(arrivals.resolve("bob.vcf"), file("Bob", 2, 300), 20);
    put(withdrawn.resolve("cid.txt"), "Cid\n", 25);
    awaitRow("Ann", false);
    awaitRow("Bob", false);

    FailingDisk.fail(1);
    String dee = file("Dee", 3, 34_000);
    assertTrue(dee.length() > FailingDisk.BYTES, "fails when part of it is read");
    put(large, dee, 30);
    awaitRow("Dee", false);
    assertEquals(0, FailingDisk.failuresLeft(), "it has failed");

    put(arrivals.resolve("cid.vcf"), file("Cid", 4, 300), 24);
    put(arrivals.resolve("bob-again.vcf"), file("Bob", 6, 300), 40);
    put(arrivals.resolve("eve.vcf"), file("Eve", 5, 300), 40);
    put(withdrawn.resolve("ann.txt"), "Ann\n", 50);
    awaitRow("Ann", true);
    awaitRow("Eve", false);
  }

  private List<String> sorted(String out, String name) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve(name)).stream().sorted().toList();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    while (!condition.holds()) {
      LockSupport.parkNanos(100_000_000);
    }
  }

  /** Waits until a part, which a checkpoint has made whole, has the sample in or gone. */
  private void awaitRow(String sample, boolean gone) throws IOException {
    await(
        () ->
            rows("samples").stream()
                .anyMatch(r -> r.startsWith(sample + "\t") && r.endsWith("\t" + gone)));
  }

  /** Returns the header and the rows that hold, without what tells revisions apart, sorted. */
  private List<String> newest(String table, int... key) throws IOException {
    Map<String, List<String>> newest = new HashMap<>();
    for (String row : rows(table)) {
      List<String> cells = List.of(row.split("\t", -1));
      StringBuilder what = new StringBuilder();
      for (int column : key) {
        what.append(cells.get(column)).append('\t');
      }
      newest.merge(what.toString(), cells, (a, b) -> revision(a) >= revision(b) ? a : b);
    }
    return newest.values().stream()
        .filter(cells -> !cells.get(cells.size() - 1).equals("true"))
        .map(cells -> String.join("\t", cells.subList(0, cells.size() - 2)))
        .sorted()
        .toList();
  }

  private long lastRevision() throws IOException {
    return rows("samples").stream()
        .mapToLong(row -> revision(List.of(row.split("\t", -1))))
        .max()
        .orElseThrow();
  }

  private static long revision(List<String> cells) {
    String revision = cells.get(cells.size() - 2);
    return revision.equals("revision") ? 0 : Long.parseLong(revision);
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
}
