package org.healthbeam.transforms.variant.join;

import static org.healthbeam.transforms.variant.join.JoinSamplesTest.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.variant.lines.VcfBlockCoder;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class JoinArrivingSamplesTest {
  private static final List<VcfBlock> ANN =
      file("Ann", "ann.vcf", "1 10 . A G . PASS . GT 0/1", "1 90000 . C T . PASS . GT 1/1");
  private static final List<VcfBlock> BOB =
      file("Bob", "bob.vcf", "1 10 . A G . PASS . GT 1/1", "1 20 . A C . PASS . GT 0/1");
  private static final List<VcfBlock> CID =
      file("Cid", "cid.g.vcf", "1 1 . N <NON_REF> . . END=100000 GT 0/0");

  private static TestStream.Builder<VcfBlock> arrive(
      TestStream.Builder<VcfBlock> stream, List<VcfBlock> blocks, long time) {
    TestStream.Builder<VcfBlock> result = stream;
    for (VcfBlock block : blocks) {
      result = result.addElements(TimestampedValue.of(block, Instant.ofEpochMilli(time)));
    }
    return result.advanceProcessingTime(Duration.standardMinutes(1));
  }

  /** What is left of revisions: alternate, called alternate and all alleles, missing samples. */
  private static Map<String, String> newest(Iterable<VariantRevision> revisions) {
    Map<String, VariantRevision> newest = new TreeMap<>();
    for (VariantRevision revision : revisions) {
      newest.merge(
          revision.pos() + revision.ref() + ">" + revision.alt(),
          revision,
          (a, b) -> a.revision() > b.revision() ? a : b);
    }
    Map<String, String> result = new TreeMap<>();
    newest.forEach(
        (allele, revision) -> {
          VariantSummary s = revision.summary();
          if (s != null) {
            result.put(allele, s.ac() + "/" + s.an() + " missing " + s.nMissing());
          }
        });
    return result;
  }

  @Test
  void samplesThatComeAndGoReviseTheSummaries(TestPipeline pipeline) {
    TestStream.Builder<VcfBlock> stream = TestStream.create(VcfBlockCoder.of());
    stream = arrive(stream, ANN, 1_000);
    stream = arrive(stream, BOB, 2_000);
    stream = arrive(stream, CID, 3_000);
    TestStream<String> withdrawn =
        TestStream.create(StringUtf8Coder.of())
            .advanceProcessingTime(Duration.standardMinutes(5))
            .addElements(TimestampedValue.of("Bob", Instant.ofEpochMilli(4_000)))
            .advanceProcessingTime(Duration.standardMinutes(5))
            .advanceWatermarkToInfinity();
    PCollection<VariantRevision> revisions =
        VcfLines.of(pipeline.apply("Files", stream.advanceWatermarkToInfinity()))
            .apply(
                "Join",
                Variants.joinArrivingSamples()
                    .withWithdrawals(pipeline.apply("Withdrawals", withdrawn)))
            .variants();
    PAssert.that(revisions)
        .satisfies(
            all -> {
              assertEquals(
                  Map.of("10A>G", "1/4 missing 0", "90000C>T", "2/4 missing 0"), newest(all));
              return null;
            });
    pipeline.run();
  }

  @Test
  void everyArrivalAndWithdrawalIsARevision(TestPipeline pipeline) {
    TestStream.Builder<VcfBlock> stream = TestStream.create(VcfBlockCoder.of());
    stream = arrive(stream, ANN, 1_000);
    stream = arrive(stream, BOB, 2_000);
    PCollection<VariantRevision> revisions =
        VcfLines.of(pipeline.apply("Files", stream.advanceWatermarkToInfinity()))
            .apply("Join", Variants.joinArrivingSamples())
            .variants();
    PAssert.that(revisions)
        .satisfies(
            all -> {
              List<String> seen = new ArrayList<>();
              for (VariantRevision revision : all) {
                VariantSummary s = revision.summary();
                seen.add(revision.pos() + " " + revision.revision() + " " + s.ac() + "/" + s.an());
              }
              seen.sort(null);
              assertEquals(
                  List.of("10 1 1/2", "10 2 3/4", "20 2 1/2", "90000 1 2/2", "90000 2 2/2"), seen);
              return null;
            });
    pipeline.run();
  }

  @Test
  void withdrawalBeforeTheFilesAndAgainAfterIsByTime(TestPipeline pipeline) {
    TestStream.Builder<VcfBlock> stream =
        TestStream.create(VcfBlockCoder.of()).advanceProcessingTime(Duration.standardMinutes(5));
    stream = arrive(stream, CID, 3_000);
    stream = arrive(stream, ANN, 1_000);
    stream = arrive(stream, file("Bob", "corrected.vcf", "1 10 . A G . PASS . GT 0/0"), 5_000);
    stream = arrive(stream, BOB, 2_000);
    PCollection<String> withdrawn =
        pipeline.apply(
            "Withdrawals",
            Create.timestamped(TimestampedValue.of("Bob", Instant.ofEpochMilli(4_000)))
                .withCoder(StringUtf8Coder.of()));
    PCollection<VariantRevision> revisions =
        VcfLines.of(pipeline.apply("Files", stream.advanceWatermarkToInfinity()))
            .apply("Join", Variants.joinArrivingSamples().withWithdrawals(withdrawn))
            .variants();
    PAssert.that(revisions)
        .satisfies(
            all -> {
              assertEquals(
                  Map.of("10A>G", "1/6 missing 0", "90000C>T", "2/4 missing 1"), newest(all));
              return null;
            });
    pipeline.run();
  }

  /**
   * Ann's second file has sequence 1 too, and 2, which the first has not; 1 is also found first.
   */
  private static final List<VcfBlock> ANN_AGAIN =
      file(
          "Ann",
          "ann-again.vcf",
          "1 10 . A G . PASS . GT 1/1",
          "1 50000 . C G . PASS . GT 1/1",
          "2 7 . G T . PASS . GT 0/1");

  @Test
  void ofTwoFilesOfASampleTheFirstByTimeCountsAndTheOtherIsRejected(TestPipeline pipeline) {
    TestStream.Builder<VcfBlock> stream = TestStream.create(VcfBlockCoder.of());
    stream = arrive(stream, ANN_AGAIN, 4_000);
    stream = arrive(stream, CID, 3_000);
    stream = arrive(stream, ANN, 1_000);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VariantRevision> revisions =
        VcfLines.of(pipeline.apply("Files", stream.advanceWatermarkToInfinity()))
            .apply("Join", Variants.joinArrivingSamples().rejectedTo(rejects))
            .variants();
    PAssert.that(revisions)
        .satisfies(
            all -> {
              assertEquals(
                  Map.of(
                      "10A>G",
                      "1/4 missing 0",
                      "90000C>T",
                      "2/4 missing 0",
                      "7G>T",
                      "1/2 missing 1"),
                  newest(all));
              return null;
            });
    PAssert.that(rejects.all(pipeline))
        .satisfies(
            all -> {
              List<String> seen = new ArrayList<>();
              for (Rejected rejected : all) {
                seen.add(
                    String.join(
                        " ",
                        rejected.stage(),
                        rejected.reason().code(),
                        rejected.source(),
                        rejected.position()));
              }
              assertEquals(List.of("Find repeated samples invariant ann-again.vcf 3"), seen);
              return null;
            });
    PipelineResult run = pipeline.run();
    assertEquals(
        "{rejected:invariant=1}",
        rejects.ledger(run.metrics()).stages().stream()
            .filter(stage -> stage.stage().equals("Find repeated samples"))
            .findFirst()
            .orElseThrow()
            .outcomes()
            .toString());
  }

  @Test
  void whereTheFirstFileOfASampleIsWithdrawnTheSecondCountsAndNothingIsRejected(
      TestPipeline pipeline) {
    TestStream.Builder<VcfBlock> stream = TestStream.create(VcfBlockCoder.of());
    stream = arrive(stream, CID, 3_000);
    for (VcfBlock block : ANN) {
      stream = stream.addElements(TimestampedValue.of(block, Instant.ofEpochMilli(1_000)));
    }
    stream = arrive(stream, ANN_AGAIN, 4_000);
    PCollection<String> withdrawn =
        pipeline.apply(
            "Withdrawals",
            Create.timestamped(TimestampedValue.of("Ann", Instant.ofEpochMilli(2_000)))
                .withCoder(StringUtf8Coder.of()));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VariantRevision> revisions =
        VcfLines.of(pipeline.apply("Files", stream.advanceWatermarkToInfinity()))
            .apply(
                "Join",
                Variants.joinArrivingSamples().withWithdrawals(withdrawn).rejectedTo(rejects))
            .variants();
    PAssert.that(revisions)
        .satisfies(
            all -> {
              assertEquals(
                  Map.of(
                      "10A>G",
                      "2/4 missing 0",
                      "50000C>G",
                      "2/4 missing 0",
                      "7G>T",
                      "1/2 missing 1"),
                  newest(all));
              return null;
            });
    PAssert.that(rejects.all(pipeline)).empty();
    pipeline.run();
  }

  @Test
  void strictFailsOnTwoFilesOfASampleAndNamesThemOnly() {
    Pipeline pipeline = Pipeline.create();
    List<TimestampedValue<VcfBlock>> blocks = new ArrayList<>();
    ANN.forEach(block -> blocks.add(TimestampedValue.of(block, Instant.ofEpochMilli(1_000))));
    ANN_AGAIN.forEach(block -> blocks.add(TimestampedValue.of(block, Instant.ofEpochMilli(9_000))));
    VcfLines.of(pipeline.apply("Files", Create.timestamped(blocks).withCoder(VcfBlockCoder.of())))
        .apply(
            "Join",
            Variants.joinArrivingSamples()
                .onInvalid(OnInvalid.STRICT)
                .rejectedTo(Rejects.with(PayloadHash.salted())));
    Exception failed = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        failed.getMessage().contains("ann.vcf and ann-again.vcf have the same sample"),
        failed.getMessage());
    assertFalse(failed.getMessage().contains("Ann"), failed.getMessage());
  }

  /** What pipelines of this JVM gave. */
  private static final Queue<Object> SEEN = new ConcurrentLinkedQueue<>();

  private static final class Keep<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element T element) {
      SEEN.add(element);
    }
  }

  @Test
  void theLastTotalsAreThoseOfTheSamplesThatAreInJoinedAtOnce() {
    List<VcfBlock> again = file("Bob", "again.vcf", "1 20 . A C . PASS . GT 1/1");
    List<VcfBlock> dee = file("Dee", "dee.vcf", "1 10 . A G . PASS . GT:DP:GQ 1/1:30:40");
    List<VcfBlock> eve = file("Eve", "eve.vcf"); // without a record
    TestStream.Builder<VcfBlock> stream = TestStream.create(VcfBlockCoder.of());
    stream = arrive(stream, ANN, 1_000);
    stream = arrive(stream, BOB, 2_000);
    stream = arrive(stream, again, 5_000);
    stream = arrive(stream, dee, 3_000);
    stream = arrive(stream, eve, 3_000);
    stream = arrive(stream, CID, 3_000);
    TestStream<String> withdrawn =
        TestStream.create(StringUtf8Coder.of())
            .addElements(TimestampedValue.of("Dee", Instant.ofEpochMilli(3_500)))
            .advanceProcessingTime(Duration.standardMinutes(4))
            .addElements(TimestampedValue.of("Bob", Instant.ofEpochMilli(4_000)))
            .advanceWatermarkToInfinity();
    SEEN.clear();
    Pipeline arriving = Pipeline.create();
    VcfLines.of(arriving.apply("Files", stream.advanceWatermarkToInfinity()))
        .apply(
            "Join",
            Variants.joinArrivingSamples()
                .withWindows(50_000)
                .withWithdrawals(arriving.apply("Withdrawals", withdrawn)))
        .totals()
        .apply("Keep", ParDo.of(new Keep<>()));
    arriving.run().waitUntilFinish();
    TotalsRevision last = null;
    Map<Region, SiteTotals> regions = new HashMap<>();
    long revisions = SEEN.size();
    for (long revision = 1; revision <= revisions; revision++) {
      for (Object seen : SEEN) {
        if (((TotalsRevision) seen).revision() == revision) {
          last = (TotalsRevision) seen;
          regions.putAll(last.regions());
        }
      }
    }
    regions.values().removeIf(SiteTotals::isNothing);

    SEEN.clear();
    Pipeline batch = Pipeline.create();
    List<VcfBlock> in = new ArrayList<>();
    List.of(ANN, again, CID, eve).forEach(in::addAll);
    VariantSummaries once =
        VcfLines.of(batch.apply("Files", Create.of(in).withCoder(VcfBlockCoder.of())))
            .apply("Join", Variants.joinSamples().withWindows(50_000));
    once.cohort().apply("Keep cohort", ParDo.of(new Keep<>()));
    once.regions().apply("Keep regions", ParDo.of(new Keep<>()));
    batch.run().waitUntilFinish();
    Map<Object, Object> expected = new HashMap<>();
    for (Object seen : SEEN) {
      if (seen instanceof KV<?, ?> region) {
        expected.put(region.getKey(), region.getValue());
      } else {
        assertEquals(seen, last.cohort());
      }
    }
    assertEquals(expected, regions);
    assertEquals(List.of("Ann", "Bob", "Cid", "Eve"), last.cohort().samples().names());
    assertEquals(revisions, last.revision());
    assertTrue(revisions > 1, "it was told more than once");
  }

  /** Only its name is looked at. */
  private static final class SparkLikeRunner
      extends PipelineRunner<org.apache.beam.sdk.PipelineResult> {
    @SuppressWarnings("unused") // called by Beam
    public static SparkLikeRunner fromOptions(PipelineOptions options) {
      return new SparkLikeRunner();
    }

    @Override
    public org.apache.beam.sdk.PipelineResult run(org.apache.beam.sdk.Pipeline pipeline) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void sparkIsRefused() {
    PipelineOptions options = org.apache.beam.sdk.options.PipelineOptionsFactory.create();
    options.setRunner(SparkLikeRunner.class);
    PCollection<VcfBlock> blocks =
        org.apache.beam.sdk.Pipeline.create(options)
            .apply(Create.of(ANN).withCoder(VcfBlockCoder.of()));
    UnsupportedOperationException refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> VcfLines.of(blocks).apply("Join", Variants.joinArrivingSamples()));
    assertTrue(refused.getMessage().contains("joinSamples"), refused.getMessage());
  }

  @Test
  void codersKeepWhatTheyEncode() throws Exception {
    SampleCalls calls = new SampleCalls("Ann", "a.vcf", "1", 3, new byte[] {1}, new byte[] {2});
    for (CohortEvent event :
        List.of(
            CohortEvent.arrival("Ann", 5),
            CohortEvent.withdrawal("Ann", -5),
            CohortEvent.file("Ann", "a.vcf", 6),
            CohortEvent.named("chr1", 2),
            CohortEvent.calls(calls, 7))) {
      CoderProperties.coderDecodeEncodeEqual(CohortEventCoder.of(), event);
    }
    for (SampleFile file :
        List.of(new SampleFile("1", "chr1", "a.vcf", 3, 1_000), SampleFile.withdrawal(-5))) {
      CoderProperties.coderDecodeEncodeEqual(SampleFile.FileCoder.of(), file);
    }
    CoderProperties.coderDecodeEncodeEqual(
        VariantRevisionCoder.of(), new VariantRevision("1", 5, "A", "C", 3, null));
  }
}
