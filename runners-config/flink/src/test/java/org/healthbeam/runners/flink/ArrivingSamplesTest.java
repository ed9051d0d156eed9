package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.config.Profile;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.variant.join.SummaryRevisions;
import org.healthbeam.transforms.variant.lines.VcfBlockCoder;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Samples that come and go on embedded Flink end as those that are in. */
@Tag("slow")
class ArrivingSamplesTest {
  /** What was emitted; the workers are in this JVM. */
  private static final Queue<VariantRevision> REVISIONS = new ConcurrentLinkedQueue<>();

  private static final Queue<TotalsRevision> TOTALS = new ConcurrentLinkedQueue<>();

  private static List<TimestampedValue<VcfBlock>> file(String sample, long time, String... lines) {
    VcfHeader header = VcfHeader.of(2, List.of(sample));
    List<TimestampedValue<VcfBlock>> blocks = new ArrayList<>();
    String name = sample + ".vcf";
    Instant at = Instant.ofEpochMilli(time);
    blocks.add(TimestampedValue.of(new VcfBlock(name, 4, header, new byte[0]), at));
    for (String line : lines) {
      byte[] bytes = (line.replace(' ', '\t') + "\n").getBytes(StandardCharsets.UTF_8);
      blocks.add(TimestampedValue.of(new VcfBlock(name, 4, header, bytes), at));
    }
    return blocks;
  }

  @Test
  void theLastRevisionsAreThoseOfTheSamplesThatAreIn() throws Exception {
    List<TimestampedValue<VcfBlock>> blocks = new ArrayList<>();
    blocks.addAll(
        file("Ann", 1_000, "1 10 . A G . PASS . GT 0/1", "1 90000 . C T . PASS . GT 1/1"));
    blocks.addAll(file("Bob", 2_000, "1 10 . A G . PASS . GT 1/1", "2 20 . A C . PASS . GT 0/1"));
    blocks.addAll(file("Cid", 3_000, "1 1 . N <NON_REF> . . END=100000 GT 0/0"));
    blocks.addAll(file("Dee", 3_000, "2 20 . A C . PASS . GT 1/1"));
    Collections.shuffle(blocks, new Random(5));
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                Profile.ofRunner("flink", true).values().entrySet().stream()
                    .map(each -> "--" + each.getKey() + "=" + each.getValue())
                    .toArray(String[]::new))
            .as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(2);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<String> withdrawn =
        pipeline.apply(
            "Withdrawals",
            Create.timestamped(TimestampedValue.of("Bob", Instant.ofEpochMilli(5_000)))
                .withCoder(StringUtf8Coder.of()));
    SummaryRevisions revisions =
        VcfLines.of(
                pipeline.apply("Files", Create.timestamped(blocks).withCoder(VcfBlockCoder.of())))
            .apply(
                "Join",
                Variants.joinArrivingSamples()
                    .every(Duration.millis(20))
                    .withWindows(50_000)
                    .withWithdrawals(withdrawn));
    revisions.variants().apply("Keep", ParDo.of(new Keep()));
    revisions.totals().apply("Keep totals", ParDo.of(new KeepTotals()));
    REVISIONS.clear();
    TOTALS.clear();
    pipeline.run().waitUntilFinish();
    Map<String, VariantRevision> newest = new TreeMap<>();
    for (VariantRevision revision : REVISIONS) {
      newest.merge(
          revision.contig() + ":" + revision.pos(),
          revision,
          (a, b) -> a.revision() > b.revision() ? a : b);
    }
    Map<String, String> seen = new TreeMap<>();
    newest.forEach(
        (place, r) ->
            seen.put(
                place,
                r.summary() == null
                    ? "gone"
                    : r.summary().ac() + "/" + r.summary().an() + " " + r.summary().nMissing()));
    assertEquals(Map.of("1:10", "1/4 1", "1:90000", "2/4 1", "2:20", "2/2 2"), seen);
    checkTotals();
  }

  /** Ann has two records with Dee missing, Cid a block, Dee one record; Bob is gone. */
  private static void checkTotals() {
    TotalsRevision last =
        TOTALS.stream().max(Comparator.comparingLong(TotalsRevision::revision)).orElseThrow();
    List<String> samples = new ArrayList<>();
    for (SampleSummary s : last.cohort().samples().summaries()) {
      samples.add(
          String.join(
              " ",
              s.sample(),
              "" + s.nHomRef(),
              "" + s.nHet(),
              "" + s.nHomAlt(),
              "" + s.nMissing()));
    }
    assertEquals(List.of("Ann 0 1 1 1", "Cid 2 0 0 1", "Dee 0 0 1 2"), samples);
    assertEquals(3, last.cohort().sites().get(SiteCounter.RECORDS));
    Map<String, Long> windows = new TreeMap<>();
    TOTALS.stream()
        .sorted(Comparator.comparingLong(TotalsRevision::revision))
        .forEach(
            r ->
                r.regions()
                    .forEach(
                        (region, sites) ->
                            windows.put(
                                region.contig() + ":" + region.start(),
                                sites.get(SiteCounter.RECORDS))));
    assertEquals(Map.of("1:0", 1L, "1:50000", 1L, "2:0", 1L), windows);
  }

  /** Keeps the totals. */
  private static final class KeepTotals extends DoFn<TotalsRevision, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element TotalsRevision revision) {
      TOTALS.add(revision);
    }
  }

  /** Keeps what it is given. */
  private static final class Keep extends DoFn<VariantRevision, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VariantRevision revision) {
      REVISIONS.add(revision);
    }
  }
}
