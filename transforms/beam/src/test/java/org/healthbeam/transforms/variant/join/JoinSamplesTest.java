package org.healthbeam.transforms.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class JoinSamplesTest {
  private static final String ANN_1 = "1 10 a A G 30 PASS . GT:DP 0/1:7";
  private static final String ANN_2 = "2 30000 c A C,T . PASS . GT 1/2";
  private static final String BOB_1 = "1 1 . N <NON_REF> . PASS END=40000 GT:DP 0/0:9";
  private static final String BOB_2 = "1 10 b A G 60 PASS . GT:DP 1/1:20";

  static List<VcfBlock> file(String sample, String name, String... records) {
    VcfHeader header = VcfHeader.of(2, List.of(sample));
    List<VcfBlock> blocks = new ArrayList<>();
    blocks.add(new VcfBlock(name, 4, header, new byte[0]));
    long line = 4;
    for (String record : records) {
      byte[] bytes = (record.replace(' ', '\t') + "\n").getBytes(StandardCharsets.UTF_8);
      blocks.add(new VcfBlock(name, line++, header, bytes));
    }
    return blocks;
  }

  @SafeVarargs
  private static List<VcfBlock> all(List<VcfBlock>... files) {
    List<VcfBlock> blocks = new ArrayList<>();
    for (List<VcfBlock> file : files) {
      blocks.addAll(0, file);
    }
    return blocks;
  }

  /** What one file of all samples comes to, whose records are these. */
  private static Totals scan(List<String> samples, List<VariantSummary> rows, String... records)
      throws RejectedException {
    VcfHeader header = VcfHeader.of(2, samples);
    Totals totals = new Totals();
    totals.expect(header, "");
    VariantScan scan = new VariantScan(OnInvalid.STRICT, Filters.all(), Regions.windows(1_000_000));
    for (String record : records) {
      byte[] line = record.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      scan.scan(line, 0, line.length, header, totals, rows::add);
    }
    return totals;
  }

  @Test
  void filesOfOneSampleAreThatOfOneFileOfAll(TestPipeline pipeline) throws RejectedException {
    List<VariantSummary> rows = new ArrayList<>();
    Totals whole =
        scan(
            List.of("Ann", "Bob", "Cid"),
            rows,
            "1 10 a;b A G 60 PASS . GT:DP 0/1:7 1/1:20 ./.:.",
            "2 30000 c A C,T . PASS . GT 1/2 ./. ./.");
    List<KV<Region, SiteTotals>> regions = new ArrayList<>();
    whole.regions().forEach((region, sites) -> regions.add(KV.of(region, sites)));
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        all(
                            file("Ann", "ann.vcf", ANN_1, ANN_2),
                            file("Bob", "bob.vcf", BOB_2),
                            file("Cid", "cid.vcf")))))
            .apply("Join", Variants.joinSamples().withBins(1000).withWindows(1_000_000));
    PAssert.that(summaries.variants()).containsInAnyOrder(rows);
    PAssert.thatSingleton(summaries.cohort()).isEqualTo(whole.cohort());
    PAssert.that(summaries.regions()).containsInAnyOrder(regions);
    pipeline.run();
  }

  @Test
  void withdrawnSampleIsAsIfItsFilesWereNotThere(TestPipeline pipeline) throws RejectedException {
    List<VariantSummary> rows = new ArrayList<>();
    Totals whole = scan(List.of("Ann"), rows, "1 10 a A G 30 PASS . GT:DP 0/1:7", ANN_2);
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        all(
                            file("Ann", "ann.vcf", ANN_1, ANN_2),
                            file("Bob", "bob.vcf", BOB_2, "3 5 . A C . . . GT 1/1"),
                            file("Bob", "again.vcf", BOB_2)))))
            .apply(
                "Join",
                Variants.joinSamples()
                    .withoutSamples(pipeline.apply("Withdrawn", Create.of("Bob", "Nobody"))));
    PAssert.that(summaries.variants()).containsInAnyOrder(rows);
    PAssert.thatSingleton(summaries.cohort()).isEqualTo(whole.cohort());
    pipeline.run();
  }

  @Test
  void namesOfOneSequenceAreJoinedUnderTheFirst(TestPipeline pipeline) throws Exception {
    List<VariantSummary> rows = new ArrayList<>();
    Totals totals =
        scan(
            List.of("Ann", "Bob", "Cid"),
            rows,
            "1 10 . A G . PASS . GT 0/1 1/1 ./.",
            "X 5 . A G . PASS . GT ./. ./. 0/1");
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        all(
                            file("Ann", "ann.vcf", "chr1 10 . A G . PASS . GT 0/1"),
                            file("Bob", "bob.vcf", "1 10 . A G . PASS . GT 1/1"),
                            file("Cid", "cid.vcf", "X 5 . A G . PASS . GT 0/1")))))
            .apply("Join", Variants.joinSamples());
    PAssert.that(summaries.variants()).containsInAnyOrder(rows);
    PAssert.thatSingleton(summaries.cohort()).isEqualTo(totals.cohort());
    pipeline.run();
  }

  @Test
  void aSampleOnOneSequenceUnderTwoNamesInTwoFilesFails(TestPipeline pipeline) {
    assertFails(
        pipeline,
        "bob.vcf have the same sample on the same sequence",
        file("Ann", "ann.vcf", "chr1 10 . A G . PASS . GT 0/1"),
        file("Ann", "bob.vcf", "1 10 . A G . PASS . GT 1/1"));
  }

  @Test
  void namesOfTwoAssembliesFail(TestPipeline pipeline) {
    assertFails(
        pipeline,
        "ann.vcf: the names of the sequences are those of GRCh37, and in bob.vcf those of GRCh38",
        file("Ann", "ann.vcf", "NC_000001.10 10 . A G . PASS . GT 0/1"),
        file("Bob", "bob.vcf", "NC_000002.12 10 . A G . PASS . GT 1/1"));
  }

  @Test
  void theOlderMitochondrionIsNotJoinedWithTheOther(TestPipeline pipeline) throws Exception {
    VcfHeader.Scan scan = new VcfHeader.Scan(OnInvalid.STRICT);
    for (String header :
        List.of(
            "##fileformat=VCFv4.2",
            "##contig=<ID=chrM,length=16571>",
            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn")) {
      byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
      scan.line(bytes, 0, bytes.length);
    }
    VcfHeader old = scan.header();
    byte[] line = "chrM\t10\t.\tA\tG\t.\tPASS\t.\tGT\t1\n".getBytes(StandardCharsets.UTF_8);
    assertFails(
        pipeline,
        "vcf call two sequences chrM",
        List.of(
            new VcfBlock("ann.vcf", 4, old, new byte[0]), new VcfBlock("ann.vcf", 4, old, line)),
        file("Bob", "bob.vcf", "chrM 10 . A G . PASS . GT 1"));
  }

  @SafeVarargs
  private static void assertFails(TestPipeline pipeline, String sentence, List<VcfBlock>... files) {
    VcfLines.of(pipeline.apply(Create.of(all(files)))).apply("Join", Variants.joinSamples());
    PipelineExecutionException failure =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    assertTrue(failure.getCause().getMessage().contains(sentence), failure.getMessage());
  }

  @Test
  void anotherNameOfAWithdrawnSamplesFileIsAsIfItWereNotThere(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        all(
                            file("Ann", "ann.vcf", "MT 10 . A G . . . GT 1"),
                            file("Bob", "bob.vcf", "M 10 . A G . . . GT 1")))))
            .apply(
                "Join",
                Variants.joinSamples()
                    .withWindows(1_000_000)
                    .withoutSamples(pipeline.apply("Withdrawn", Create.of("Bob"))));
    PAssert.that(
            summaries
                .regions()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            kv ->
                                kv.getKey().contig()
                                    + "="
                                    + kv.getValue().get(SiteCounter.RECORDS))))
        .containsInAnyOrder("MT=1");
    pipeline.run();
  }

  @Test
  void absentSamplesAreWhatIsSaid(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        all(
                            file("Ann", "ann.vcf", ANN_1, ANN_2),
                            file("Bob", "bob.g.vcf", BOB_1)))))
            .apply("Join", Variants.joinSamples().withAbsent(AbsentGenotype.REFERENCE));
    PAssert.that(summaries.variants())
        .satisfies(
            rows -> {
              rows.forEach(
                  row -> {
                    assertEquals(1, row.nHomRef());
                    assertEquals(row.pos() == 10 ? 2 : 0, row.depth().n());
                  });
              return null;
            });
    pipeline.run();
  }

  @Test
  void brokenLinesAreRejectedAndTheRestIsJoined(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        file(
                            "Ann",
                            "a.vcf",
                            ANN_1,
                            "1 x . A C . . . GT 0/1",
                            "1 9 . A C . q . GT 1"))))
            .apply("Join", Variants.joinSamples().withFilters(Filters.pass()).rejectedTo(rejects));
    PAssert.that(summaries.variants())
        .satisfies(
            rows -> {
              assertEquals(1, count(rows));
              return null;
            });
    PAssert.thatSingleton(rejects.all(pipeline))
        .satisfies(
            reject -> {
              assertEquals("a.vcf 5:2", reject.source() + " " + reject.position());
              return null;
            });
    StageLedger stage = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(3, stage.in());
    assertEquals(1, stage.rejected());
  }

  private static long count(Iterable<?> rows) {
    return StreamSupport.stream(rows.spliterator(), false).count();
  }

  @Test
  void sampleOnOneSequenceInTwoFilesFails(TestPipeline pipeline) {
    pipeline.enableAbandonedNodeEnforcement(false);
    VcfLines.of(
            pipeline.apply(
                Create.of(all(file("Ann", "b.vcf", ANN_1), file("Ann", "a.vcf", ANN_1)))))
        .apply("Join", Variants.joinSamples());
    PipelineExecutionException failure =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    assertTrue(
        failure.getCause().getMessage().startsWith("a.vcf and b.vcf have the same sample"),
        failure.getMessage());
  }

  @Test
  void sampleInFilesOfOtherSequencesIsOneSample(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(all(file("Ann", "1.vcf", ANN_1), file("Ann", "2.vcf", ANN_2)))))
            .apply("Join", Variants.joinSamples());
    PAssert.thatSingleton(summaries.cohort())
        .satisfies(
            cohort -> {
              assertEquals(1, cohort.samples().summaries().size());
              assertEquals(2, cohort.samples().summaries().get(0).nHet());
              return null;
            });
    pipeline.run();
  }

  @Test
  void fileWithoutSampleFails(TestPipeline pipeline) {
    VcfBlock sites = new VcfBlock("sites.vcf", 3, VcfHeader.of(2, List.of()), new byte[0]);
    VcfLines.of(pipeline.apply(Create.of(sites))).apply("Join", Variants.joinSamples());
    PipelineExecutionException failure =
        assertThrows(PipelineExecutionException.class, pipeline::run);
    assertTrue(failure.getMessage().contains("sites.vcf has no sample"), failure.getMessage());
  }

  @Test
  void unboundedInputIsRefused(TestPipeline pipeline) {
    pipeline.enableAbandonedNodeEnforcement(false);
    var blocks =
        pipeline
            .apply(Create.of(file("Ann", "a.vcf", ANN_1)))
            .setIsBoundedInternal(IsBounded.UNBOUNDED);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> VcfLines.of(blocks).apply("Join", Variants.joinSamples()));
    assertTrue(refused.getMessage().contains("joinArrivingSamples"), refused.getMessage());
  }

  @Test
  void codersKeepWhatTheyEncode() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(GenomeBinCoder.of(), new GenomeBin("chr1", 12));
    CoderProperties.coderDecodeEncodeEqual(
        SampleCallsCoder.of(),
        new SampleCalls("Ann", "a.vcf", "1", 3, new byte[] {1, 2}, new byte[] {3}));
  }
}
