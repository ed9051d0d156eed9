package org.healthbeam.transforms.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.hamcrest.Matchers;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.Axes;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownLines;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.lines.VcfBlockCoder;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class SummarizeVariantsTest {
  private static final VcfHeader HEADER = VcfHeader.of(2, List.of("Ann", "Bob"));
  private static final String[] RECORDS = {
    "1 10 a A G 30 PASS AC=1;AN=4 GT:DP 0/1:7 0/0:9",
    "1 2000010 b AT A . q10 AC=4;AN=4 GT:DP 1/1:2 0|1:3",
    "2 10 c A C,T . PASS . GT 1/2 ./.",
    "2 20 d A <NON_REF> . PASS END=29 GT 0/0 0/0",
  };

  private static VcfBlock block(String source, long firstLine, String... records) {
    return new VcfBlock(source, firstLine, HEADER, text(records));
  }

  private static byte[] text(String... records) {
    return (String.join("\n", records).replace(' ', '\t') + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Totals scan(List<VariantSummary> rows, String... records)
      throws RejectedException {
    Totals totals = new Totals();
    totals.expect(HEADER, "a.vcf");
    VariantScan scan = new VariantScan(OnInvalid.STRICT, Filters.all(), Regions.windows(1_000_000));
    for (String record : records) {
      byte[] line = record.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      scan.scan(line, 0, line.length, HEADER, totals, rows::add);
    }
    return totals;
  }

  /** Tells all rows of a bundle as one text. */
  private record Told() implements RowSink<VariantSummary> {
    @Override
    public Rows<VariantSummary> begin() {
      StringBuilder rows = new StringBuilder();
      return new Rows<>() {
        @Override
        public void add(VariantSummary row) {
          rows.append(row.contig()).append(':').append(row.pos()).append(row.alt()).append(' ');
        }

        @Override
        public List<String> finish() {
          return rows.isEmpty() ? List.of() : List.of(rows.toString());
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void summariesThatASinkTakesAreNoElements(TestPipeline pipeline) {
    RowSinks sinks = RowSinks.none().withVariants(new Told()).withVariantElements(false);
    VariantSummaries summaries =
        VcfLines.of(pipeline.apply(Create.of(block("a.vcf", 5, RECORDS))))
            .apply("Summarize", Variants.summarize().writingTo(sinks));
    PAssert.that(summaries.variants()).empty();
    PAssert.that(summaries.writtenVariants().get(0))
        .containsInAnyOrder("1:10G 1:2000010A 2:10C 2:10T ");
    pipeline.run();
  }

  @Test
  void everyAxisOfManyBlocksIsThatOfOneScan(TestPipeline pipeline) throws RejectedException {
    List<VariantSummary> rows = new ArrayList<>();
    Totals whole = scan(rows, RECORDS);
    List<KV<Region, SiteTotals>> regions = new ArrayList<>();
    whole.regions().forEach((region, sites) -> regions.add(KV.of(region, sites)));
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        block("a.vcf", 7, RECORDS[2]),
                        block("a.vcf", 5, RECORDS[0], RECORDS[1]),
                        new VcfBlock("a.vcf", 5, HEADER, new byte[0]),
                        block("a.vcf", 8, RECORDS[3]))))
            .apply("Summarize", Variants.summarize().withWindows(1_000_000));
    PAssert.that(summaries.variants()).containsInAnyOrder(rows);
    PAssert.thatSingleton(summaries.cohort()).isEqualTo(whole.cohort());
    PAssert.that(summaries.regions()).containsInAnyOrder(regions);
    pipeline.run();
  }

  /** A list and a table that stand in the code. */
  private record Lines<T>(List<String> lines, boolean known) implements Reference<T> {
    @Override
    @SuppressWarnings("unchecked")
    public T load() throws IOException {
      BufferedReader text = new BufferedReader(new StringReader(String.join("\n", lines)));
      return (T)
          (known
              ? KnownLines.read("known", text, ContigNames.builtIn())
              : Populations.read("populations", text));
    }
  }

  @Test
  void populationsAndKnownAllelesOfManyBlocksAreThoseOfOneScan(TestPipeline pipeline)
      throws Exception {
    Reference<KnownSites> known = new Lines<>(List.of("chr1\t10\tA\tG", "2\t10\tA\tT"), true);
    Reference<Populations> populations = new Lines<>(List.of("Ann\tN,All", "Bob\tAll"), false);
    List<VariantSummary> rows = new ArrayList<>();
    List<PopulationSummary> byPopulation = new ArrayList<>();
    Totals whole = new Totals();
    whole.expect(HEADER, "a.vcf");
    VariantScan scan =
        new VariantScan(
            OnInvalid.STRICT,
            Filters.all(),
            new Axes(
                ContigNames.builtIn(),
                Regions.windows(1_000_000),
                known.load(),
                populations.load()));
    for (String record : RECORDS) {
      byte[] line = record.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      scan.scan(
          line,
          0,
          line.length,
          HEADER,
          whole,
          new VariantScan.Rows() {
            @Override
            public void variant(VariantSummary row) {
              rows.add(row);
            }

            @Override
            public void population(PopulationSummary row) {
              byPopulation.add(row);
            }
          });
    }
    assertEquals(8, byPopulation.size());
    assertEquals(2, whole.cohort().sites().get(SiteCounter.KNOWN));
    List<KV<Region, SiteTotals>> regions = new ArrayList<>();
    whole.regions().forEach((region, sites) -> regions.add(KV.of(region, sites)));
    List<VcfBlock> blocks = new ArrayList<>();
    for (int i = RECORDS.length - 1; i >= 0; i--) {
      blocks.add(block("a.vcf", 5 + i, RECORDS[i]));
    }
    VariantSummaries summaries =
        VcfLines.of(pipeline.apply(Create.of(blocks)))
            .apply(
                "Summarize",
                Variants.summarize()
                    .withWindows(1_000_000)
                    .withKnown(known)
                    .withPopulations(populations));
    PAssert.that(summaries.variants()).containsInAnyOrder(rows);
    PAssert.that(summaries.populations()).containsInAnyOrder(byPopulation);
    PAssert.thatSingleton(summaries.cohort()).isEqualTo(whole.cohort());
    PAssert.that(summaries.regions()).containsInAnyOrder(regions);
    pipeline.run();
  }

  @Test
  void sequencesAreCalledAsInTheRecords(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        block("b.vcf", 5, "chr1 20 a A G . . . GT 0/1 0/0"),
                        block("a.vcf", 5, "1 10 a A G . . . GT 0/1 0/0"),
                        block("b.vcf", 6, "chr2 10 a A G . . . GT 0/1 0/0"))))
            .apply("Summarize", Variants.summarize().withWindows(100));
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
        .containsInAnyOrder("1=2", "chr2=1");
    pipeline.run();
  }

  @Test
  void filesOfTwoAssembliesFailTheRun(TestPipeline pipeline) {
    VcfLines.of(
            pipeline.apply(
                Create.of(
                    block("a.vcf", 5, "NC_000001.10 20 a A G . . . GT 0/1 0/0"),
                    block("b.vcf", 5, "NC_000002.12 20 a A G . . . GT 0/1 0/0"))))
        .apply("Summarize", Variants.summarize().withWindows(100));
    String message = assertThrows(PipelineExecutionException.class, pipeline::run).getMessage();
    assertTrue(message.contains("GRCh37") && message.contains("GRCh38"), message);
  }

  @Test
  void brokenLinesAreRejectedWithTheirPlaceAndTheRestIsCounted(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    VariantSummaries summaries =
        VcfLines.of(
                pipeline.apply(
                    Create.of(
                        block("a.vcf", 5, RECORDS[0], "1 x . A C . . . GT 0/1 0/0"),
                        block("a.vcf", 7, RECORDS[1], "1 9 . A C . PASS . GT 0/1 0/7", ""))))
            .apply(
                "Summarize", Variants.summarize().withFilters(Filters.pass()).rejectedTo(rejects));
    PAssert.that(
            rejects
                .all(pipeline)
                .apply(
                    "Places",
                    MapElements.into(TypeDescriptors.strings())
                        .via(r -> r.source() + ":" + r.position() + " " + r.reason().code())))
        .containsInAnyOrder("a.vcf:6:2 invalid-field", "a.vcf:8:11 invariant", "a.vcf:9 malformed");
    PAssert.thatSingleton(summaries.cohort())
        .satisfies(
            cohort -> {
              assertEquals(1, cohort.sites().get(SiteCounter.RECORDS));
              assertEquals(1, cohort.filteredOut());
              return null;
            });
    PipelineResult result = pipeline.run();
    StageLedger stage = rejects.ledger(result.metrics()).stages().get(0);
    assertTrue(stage.isConserved(), stage::toString);
    assertEquals(5, stage.in());
    assertEquals(
        Map.of(
            "counted", 1L,
            "filtered", 1L,
            "rejected:invalid-field", 1L,
            "rejected:invariant", 1L,
            "rejected:malformed", 1L),
        new TreeMap<>(stage.outcomes()));
  }

  @Test
  void strictFailsWithFileLineAndRuleButWithoutTheRecord(TestPipeline pipeline) {
    VcfLines.of(
            pipeline.apply(
                Create.of(block("a.vcf", 5, RECORDS[0], "1 SECRET . A C . . . GT 0/1 0/0"))))
        .apply("Summarize", Variants.summarize().onInvalid(OnInvalid.STRICT));
    String message = assertThrows(PipelineExecutionException.class, pipeline::run).getMessage();
    assertTrue(message.contains("a.vcf:6") && message.contains("POS"), message);
    assertTrue(!message.contains("SECRET"), message);
  }

  @Test
  void filesOfOtherSamplesFailTheRun(TestPipeline pipeline) {
    VcfHeader other = VcfHeader.of(2, List.of("Ann", "Cy"));
    VcfLines.of(
            pipeline.apply(
                Create.of(
                    block("a.vcf", 5, RECORDS[0]),
                    new VcfBlock("b.vcf", 5, other, text(RECORDS[1])))))
        .apply("Summarize", Variants.summarize());
    String message = assertThrows(PipelineExecutionException.class, pipeline::run).getMessage();
    assertTrue(message.contains("do not have the same samples"), message);
  }

  @Test
  void noInputGivesAnEmptyCohort(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(pipeline.apply(Create.empty(VcfBlockCoder.of())))
            .apply("Summarize", Variants.summarize().withWindows(10));
    PAssert.thatSingleton(summaries.cohort()).isEqualTo(new CohortTotals());
    PAssert.that(summaries.regions()).empty();
    pipeline.run();
  }

  @Test
  void listedRegionsMayOverlap(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(pipeline.apply("Blocks", Create.of(block("a.vcf", 5, RECORDS))))
            .apply(
                "Summarize",
                Variants.summarize()
                    .withRegions(
                        pipeline
                            .apply(
                                "Regions",
                                Create.of(
                                    new Region("1", 9, 10, "one"),
                                    new Region("1", 0, 100, "wide"),
                                    new Region("2", 29, 30, "outside"),
                                    new Region("2", 20, 30, "none"),
                                    new Region("2", 0, 20, "two")))
                            .apply(View.asList())));
    PAssert.that(
            summaries
                .regions()
                .apply(
                    "Records",
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            kv ->
                                kv.getKey().name() + "=" + kv.getValue().get(SiteCounter.RECORDS))))
        .containsInAnyOrder("one=1", "wide=1", "two=2", "none=0");
    pipeline.run();
  }

  @Test
  void unboundedInputIsSummarisedWindowByWindow(TestPipeline pipeline) throws RejectedException {
    TestStream<VcfBlock> stream =
        TestStream.create(VcfBlockCoder.of())
            .addElements(
                TimestampedValue.of(block("a.vcf", 5, RECORDS[0]), Instant.ofEpochMilli(0)),
                TimestampedValue.of(block("a.vcf", 6, RECORDS[1]), Instant.ofEpochMilli(70_000)))
            .addElements(
                TimestampedValue.of(block("a.vcf", 7, RECORDS[2]), Instant.ofEpochMilli(1_000)))
            .advanceWatermarkToInfinity();
    VariantSummaries summaries =
        VcfLines.of(
                pipeline
                    .apply(stream)
                    .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1)))))
            .apply("Summarize", Variants.summarize());
    PAssert.that(summaries.cohort())
        .inWindow(new IntervalWindow(Instant.ofEpochMilli(0), Instant.ofEpochMilli(60_000)))
        .containsInAnyOrder(scan(new ArrayList<>(), RECORDS[0], RECORDS[2]).cohort());
    PAssert.that(summaries.cohort())
        .inWindow(new IntervalWindow(Instant.ofEpochMilli(60_000), Instant.ofEpochMilli(120_000)))
        .containsInAnyOrder(scan(new ArrayList<>(), RECORDS[1]).cohort());
    pipeline.run();
  }

  @Test
  void totalsMergeInAnyOrder() throws RejectedException {
    List<CohortTotals> parts = new ArrayList<>();
    for (String record : RECORDS) {
      parts.add(scan(new ArrayList<>(), record).cohort());
    }
    CombineFnTester.testCombineFn(
        new MergeCohort(), parts, scan(new ArrayList<>(), RECORDS).cohort());
  }

  @Test
  void sitesMergeInAnyOrder() throws RejectedException {
    List<SiteTotals> parts = new ArrayList<>();
    for (String record : RECORDS) {
      parts.add(scan(new ArrayList<>(), record).cohort().sites());
    }
    CombineFnTester.testCombineFn(
        new MergeSites(), parts, Matchers.is(scan(new ArrayList<>(), RECORDS).cohort().sites()));
  }

  @Test
  void codersReadBackWhatTheyWriteAndAreDeterministic() throws Exception {
    List<VariantSummary> rows = new ArrayList<>();
    Totals totals = scan(rows, RECORDS);
    for (VariantSummary row : rows) {
      CoderProperties.coderDecodeEncodeEqual(VariantSummaryCoder.of(), row);
    }
    CoderProperties.coderDecodeEncodeEqual(
        PopulationSummaryCoder.of(),
        new PopulationSummary(
            "1", 5, "A", "C", "N", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
    CoderProperties.coderDecodeEncodeEqual(CohortTotalsCoder.of(), totals.cohort());
    CoderProperties.coderDecodeEncodeEqual(CohortTotalsCoder.of(), new CohortTotals());
    CoderProperties.coderDecodeEncodeEqual(SiteTotalsCoder.of(), totals.cohort().sites());
    CoderProperties.coderDecodeEncodeEqual(RegionCoder.of(), new Region("1", 0, 9, "x"));
    CoderProperties.coderDecodeEncodeEqual(VcfBlockCoder.of(), block("a.vcf", 5, RECORDS));
    CoderProperties.coderDecodeEncodeEqual(
        VcfBlockCoder.of(), new VcfBlock("a.vcf", 5, VcfHeader.of(5, List.of()), new byte[0]));
    CoderProperties.coderDeterministic(
        CohortTotalsCoder.of(), totals.cohort(), scan(new ArrayList<>(), RECORDS).cohort());
    for (var coder :
        List.of(
            VariantSummaryCoder.of(),
            PopulationSummaryCoder.of(),
            CohortTotalsCoder.of(),
            SiteTotalsCoder.of(),
            RegionCoder.of(),
            VcfBlockCoder.of())) {
      CoderProperties.coderSerializable(coder);
      coder.verifyDeterministic();
    }
  }
}
