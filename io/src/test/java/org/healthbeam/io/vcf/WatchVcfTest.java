package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.io.text.WatchFiles;
import org.healthbeam.io.text.WatchLines;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class WatchVcfTest {
  @TempDir private Path folder;

  @Test
  void filesAreReadOnceAndBrokenOnesAreRejects(TestPipeline pipeline) throws Exception {
    String text =
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\n";
    Files.writeString(folder.resolve("a.vcf"), text + "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\n");
    Files.writeString(folder.resolve("b.vcf"), "no VCF\n");
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VcfBlock> blocks =
        pipeline
            .apply(
                "Watch",
                WatchVcf.of(
                        WatchFiles.matching(List.of(folder + "/*.vcf"), Duration.millis(50))
                            .untilAfter(Duration.millis(500)))
                    .rejectedTo(rejects))
            .blocks();
    PAssert.that(blocks)
        .satisfies(
            all -> {
              Map<String, Integer> bytes = new TreeMap<>();
              for (VcfBlock block : all) {
                bytes.merge(
                    Path.of(block.source()).getFileName().toString(),
                    block.bytes().length,
                    Integer::sum);
              }
              assertEquals(Map.of("a.vcf", 23), bytes);
              return null;
            });
    rejects.all(pipeline);
    StageLedger stage = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(2, stage.in());
    assertEquals(1, stage.rejected());
  }

  @Test
  void aFileThatTwoPatternsMatchIsReadOnce(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("names.txt"), "Ann\nBob\n");
    PCollection<String> lines =
        pipeline.apply(
            "Watch",
            WatchLines.of(
                WatchFiles.matching(
                        List.of(folder + "/*.txt", folder + "/names.*"), Duration.millis(50))
                    .untilAfter(Duration.millis(500))));
    PAssert.that(lines).containsInAnyOrder("Ann", "Bob");
    pipeline.run();
  }

  @Test
  void timeOfALineIsThatOfItsFileWhereThatIsAskedFor(TestPipeline pipeline) throws Exception {
    Instant changed = Instant.parse("2020-05-06T07:08:09Z");
    Path names = Files.writeString(folder.resolve("names.txt"), "Ann\nBob\n");
    Files.setLastModifiedTime(names, FileTime.fromMillis(changed.getMillis()));
    PCollection<String> lines =
        pipeline
            .apply(
                "Watch",
                WatchLines.of(
                    WatchFiles.matching(List.of(folder + "/*.txt"), Duration.millis(50))
                        .untilAfter(Duration.millis(200))
                        .atTimeOfFile()))
            .apply("Times", ParDo.of(new WithTime()));
    PAssert.that(lines).containsInAnyOrder("Ann " + changed, "Bob " + changed);
    pipeline.run();
  }

  private static final class WithTime extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line, @Timestamp Instant time, OutputReceiver<String> out) {
      out.output(line + " " + time);
    }
  }

  @Test
  void looksNeedTimeBetweenThem() {
    assertThrows(
        IllegalArgumentException.class, () -> WatchVcf.from(List.of("a.vcf"), Duration.ZERO));
  }
}
